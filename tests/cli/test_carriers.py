"""`gemba carrier` and `gemba send`, as a person uses them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid, ticking_clock

from gemba.carriers import parcel
from gemba.carriers.place import open_place
from gemba.cli.send import _Line
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import holding
from gemba.work.deliver import Progressed
from gemba.work.open_desk import open_desk


@pytest.fixture
def stick(shell: Shell, tmp_path: Path) -> Path:
    card = found(tmp_path / "hq", clock=ticking_clock(), ids=new_uid, demo=True).file
    shell.ok("take-in", card)
    shell.ok("pack", "seal")
    (tmp_path / "stick").mkdir()
    shell.ok("carrier", "add", "stick", tmp_path / "stick")
    return tmp_path / "stick"


def test_a_pack_goes_up_and_its_receipt_comes_down(shell, stick, tmp_path):
    tested = shell.ok("carrier", "test", "stick")
    assert tested["free"] > 0
    sent = shell.ok("send")
    assert [(one["carrier"], one["state"], one["trouble"]) for one in sent["outcomes"]] == [("stick", "done", "")]
    [pack] = sent["packs"]
    assert (pack["state"], pack["ways"][0]["parts_there"]) == ("sent", pack["ways"][0]["parts"])
    hq = open_desk(tmp_path / "hq", clock=ticking_clock(), ids=new_uid)
    with open_place(str(stick)) as place:
        [gathered] = parcel.gather(place, tmp_path)
        place.put(f"down/{gathered.sha256}.receipt", intake.take_in(hq, gathered.file, tmp_path).receipt.read_bytes())
        assert parcel.tidy(place, gathered.sha256)
    hq.store.close()
    said = shell("send")
    assert said.code == 0
    assert "Headquarters holds" in said.out
    assert shell.ok("send")["packs"][0]["state"] == "held"


def test_a_stick_that_is_not_there_is_trouble_and_is_told_in_one_sentence(shell, stick, tmp_path):
    stick.rename(tmp_path / "pocket")
    said = shell("send", "--to", "stick")
    assert said.code == 3
    assert said.err.strip().count("\n") == 0
    assert "is not there" in said.err
    [carrier] = shell.ok("carrier", "list")
    assert "is not there" in carrier["trouble"]
    assert "stick" in shell("carrier", "list").out
    (tmp_path / "pocket").rename(stick)
    assert shell("send", "--to", "stick").code == 0


def test_a_password_is_read_from_a_file_and_shown_nowhere(shell, tmp_path):
    (tmp_path / "password").write_text("correct horse\n")
    given = ("--password-file", tmp_path / "password", "--option", "auth=digest", "--by-hand")
    added = shell.ok("carrier", "add", "dav", "webdavs://steward@dav.example.org/x", *given)
    assert (added["options"], added["automatic"]) == ({"auth": "digest"}, False)
    assert "correct" not in str(added) + shell("carrier", "list").out + str(shell.ok("carrier", "list"))
    shell.ok("carrier", "remove", "dav")
    assert shell.ok("carrier", "list") == []


def test_a_carrier_that_fails_keeps_no_other_from_bringing_its_answers(shell, stick, tmp_path):
    shell.ok("carrier", "add", "away", tmp_path / "away")
    shell.ok("carrier", "add", "third", stick)
    shell("send")
    said = shell("send", "--json")
    assert said.code == 3
    assert {one["carrier"] for one in said.json["answers"]} == {"stick", "third"}
    assert "away is not there" in said.err


def test_two_at_once_are_told_that_one_sends_already(shell, stick):
    turn = shell.store / "turns" / hashlib.sha256(b"stick").hexdigest()[:16]
    turn.mkdir(parents=True)
    with holding.take(turn):
        said = shell("send", "--json")
    assert (said.code, said.json["busy"], said.json["outcomes"]) == (3, ["stick"], [])
    assert "already" in said.err
    assert shell("send").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("carrier", "add", "x", "sftp://u:secret@host/x"),
        ("carrier", "add", "x", "/media", "--option", "password=secret"),
        ("carrier", "add", "x", "/media", "--option", "auth"),
        ("carrier", "add", "x", ""),
        ("carrier", "add", "x", "webdavs://u@host/x", "--option", "timeout=soon"),
        ("carrier", "add", "x", "s3://bucket/a#b"),
        ("carrier", "test", "x"),
        ("carrier", "remove", "x"),
        ("send", "--to", "x"),
        ("send",),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(shell, arguments):
    said = shell(*arguments)
    assert said.code == 2, said.err
    assert said.err.strip().count("\n") == 0
    assert "secret" not in said.err


def test_a_terminal_is_told_how_far_it_is_and_nobody_else(capsys):
    there = Progressed(carrier="stick", pack="ab" * 32, parts=4, parts_there=1, size=400, bytes_there=100)
    for silent in (True, False):
        line = _Line(silent=silent)
        line.told(there)
        line.end()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.split() == ["stick:", "abababababab", "1/4", "25", "%"]
