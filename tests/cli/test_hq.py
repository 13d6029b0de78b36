"""`gemba hq status` and `gemba hq steward`, as typed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid, ticking_clock
from tests.hq.conftest import sealed, walk
from tests.hq.strangers import KEY, enrolled, id_of, packed, spoiled
from tests.packs.stranger import operation

from gemba.hq import intake
from gemba.hq.founding import found
from gemba.work.open_desk import open_desk


@pytest.fixture
def hq(shell: Shell, tmp_path: Path, queue_photo: bytes) -> Path:
    """Headquarters that has taken in one pack of the shell's laptop."""
    folder = tmp_path / "hq"
    found(folder, clock=ticking_clock(), ids=new_uid, name="Meridian", demo=True)
    shell.ok("take-in", folder / "headquarters.card")
    desk = open_desk(shell.store, clock=ticking_clock(), ids=new_uid)
    walk(desk, queue_photo)
    pack = sealed(desk)[0]
    desk.store.close()
    shell.ok("hq", "take-in", pack, "--store", folder, "--out", tmp_path, store=False)
    return folder


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words + "\n"))


def test_the_store_may_be_named_before_the_command_and_is_never_guessed(shell: Shell, hq: Path) -> None:
    assert "1 pack, " in shell("--store", hq, "hq", "status", store=False).out
    said = shell("hq", "status", store=False)
    assert said.code == 2
    assert said.err == "Which store is headquarters' has to be said: --store FOLDER, or GEMBA_HQ_STORE.\n"


def test_status_tells_of_each_laptop(shell: Shell, hq: Path) -> None:
    told = shell.ok("hq", "status", "--store", hq, store=False)
    [laptop] = told["laptops"]
    assert laptop["packs"] == 1
    assert laptop["silent_days"] == 0
    assert told["keys_lying_here"]
    said = shell("hq", "status", "--store", hq, store=False)
    assert "1 pack, " in said.out
    assert "custodians" in said.out
    assert laptop["words"] in said.out


def test_a_laptop_that_was_just_enrolled_is_told_apart_from_a_silent_one(shell: Shell, hq: Path) -> None:
    desk = open_desk(hq, clock=ticking_clock(), ids=new_uid)
    enrolled(desk)
    desk.store.close()
    said = shell("hq", "status", "--store", hq, store=False).out
    assert "1 laptop was enrolled lately and has not been heard of yet." in said
    assert "not yet" in said
    assert "Silent" not in said
    assert "not been heard of for" not in said


def test_what_waits_for_its_proof_is_told_and_looked_at(shell: Shell, hq: Path, tmp_path: Path) -> None:
    bad = spoiled(operation(KEY, 1))
    desk = open_desk(hq, clock=ticking_clock(), ids=new_uid)
    enrolled(desk)
    intake.take_in(desk, packed(desk, tmp_path, "1-1", bad), tmp_path)
    desk.store.close()
    waits = shell("hq", "status", "--store", hq, store=False).out
    assert "1 pack waits until each change's own signature is looked at" in waits
    said = shell("hq", "prove", "--store", hq, store=False)
    assert said.code == 0
    assert said.out.startswith("1 pack was looked at (1 change).")
    assert id_of(bad) in said.out
    told = shell.ok("hq", "status", "--store", hq, store=False)
    assert told["unproven"] == 0
    assert [one["unsigned"] for one in told["laptops"] if "unsigned" in one["needs"]] == [[id_of(bad)]]
    assert id_of(bad) in shell("hq", "status", "--store", hq, store=False).out
    again = shell("hq", "prove", "--store", hq, store=False).out
    assert again == "No pack waits to be looked at.\n"


def test_status_of_a_laptop_is_refused(shell: Shell) -> None:
    said = shell("hq", "status", "--store", shell.store, store=False)
    assert said.code == 2
    assert "is a laptop's" in said.err


def test_stewards_are_added_listed_given_passwords_and_disabled(
    shell: Shell, hq: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "correct horse battery")
    shell.ok("hq", "steward", "add", "Nora", "--role", "steward", "--region", "North", "--store", hq, store=False)
    typed(monkeypatch, "another battery staple")
    assert shell("hq", "steward", "password", "Nora", "--store", hq, store=False).code == 0
    listed = shell.ok("hq", "steward", "list", "--store", hq, store=False)
    assert listed == [{"name": "Nora", "role": "steward", "region": "North", "disabled": False}]
    shell.ok("hq", "steward", "disable", "Nora", "--store", hq, store=False)
    assert shell.ok("hq", "steward", "list", "--store", hq, store=False)[0]["disabled"]


@pytest.mark.parametrize(
    ("name", "password", "more", "words"),
    [
        ("Nora", "short", [], "12 characters"),
        ("Nora", "x" * 2000, [], "1024 characters"),
        ("Nora", "aaaaaaaaaaaaaaaa", [], "too easy"),
        ("a long enough name", "A long enough name", [], "too easy"),
        (" ", "correct horse battery", [], "needs a name"),
        ("Nora", "correct horse battery", ["--region", "Nowhere"], "no place called Nowhere"),
    ],
)
def test_what_is_wrong_with_a_steward_is_said(
    shell: Shell, hq: Path, monkeypatch: pytest.MonkeyPatch, name: str, password: str, more: list[str], words: str
) -> None:
    typed(monkeypatch, password)
    said = shell("hq", "steward", "add", name, *more, "--store", hq, store=False)
    assert said.code == 2
    assert words in said.err
    assert password not in said.err


def test_one_name_is_one_steward(shell: Shell, hq: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in (0, 2):
        typed(monkeypatch, "correct horse battery")
        assert shell("hq", "steward", "add", "Nora", "--store", hq, store=False).code == code
    typed(monkeypatch, "correct horse battery")
    assert "no steward Otto" in shell("hq", "steward", "password", "Otto", "--store", hq, store=False).err


def test_watch_wants_headquarters_and_serves_nothing_of_a_laptop(shell: Shell, tmp_path: Path) -> None:
    for words in (["watch", tmp_path, "--once"], ["serve"]):
        said = shell("hq", *words, "--store", shell.store, store=False)
        assert said.code == 2
        assert "is a laptop's" in said.err


def test_a_single_look_ends_with_a_code_and_a_sentence_when_a_folder_is_missing(
    shell: Shell, hq: Path, tmp_path: Path
) -> None:
    said = shell("hq", "watch", tmp_path / "nowhere", "--once", "--store", hq, store=False)
    assert (said.code, said.out) == (3, "")
    assert f"The folder {tmp_path / 'nowhere'} is not there" in said.err
    said = shell("hq", "watch", tmp_path / "nowhere", "--once", "--json", "--store", hq, store=False)
    assert said.code == 3
    assert json.loads(said.out)["event"] == "trouble"
    assert "is not there" in said.err
    (tmp_path / "inbox").mkdir()
    said = shell("hq", "watch", tmp_path / "inbox", "--once", "--store", hq, store=False)
    assert (said.code, said.out, said.err) == (0, "", "")
    (tmp_path / "inbox" / "half.gemba").write_bytes(b"half of it")
    said = shell("hq", "watch", tmp_path / "inbox", "--once", "--store", hq, store=False)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("half.gemba: ")


def test_a_headquarters_that_was_copied_back_is_told_of_and_goes_on(shell: Shell, hq: Path, tmp_path: Path) -> None:
    shutil.copytree(hq, tmp_path / "copy")
    at = ("--store", hq)
    down = shell.ok("hq", "publish", *at, "--out", tmp_path / "down", store=False)["file"]
    shell.ok("take-in", down)
    shell.ok("place", "add", "Hill")
    pack = shell.ok("pack", "seal", "--out", tmp_path)["file"]
    copied = ("--store", tmp_path / "copy")
    shell.ok("hq", "take-in", pack, *copied, "--out", tmp_path, store=False)
    said = shell("hq", "publish", *copied, "--out", tmp_path / "down", store=False)
    assert said.code == 0
    assert "it is an older copy" in said.err
    assert "gemba hq database --restored" in said.err
    assert shell("hq", "database", *copied, store=False).code == 2
    assert shell("hq", "database", "--restored", "--store", tmp_path / "nothing", store=False).code == 3
    assert shell.ok("hq", "database", "--restored", *copied, store=False) == {"restored": True}
    said = shell("hq", "publish", *copied, "--out", tmp_path / "new", store=False)
    assert (said.code, "older copy" in said.err) == (0, False)
    assert "Publication 1000001" in said.out


def test_a_port_that_is_taken_is_said(shell: Shell, hq: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = shell("hq", "serve", "--port", str(taken.getsockname()[1]), "--store", hq, store=False)
    assert said.code == 3
    assert "another program uses the port" in said.err
