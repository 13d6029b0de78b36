"""A laptop that several people share, as they use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import Clock, new_uid

from gemba.app import window_wanted
from gemba.cli.world import World
from gemba.hq.founding import found
from gemba.store import keys


@pytest.fixture
def laptop(tmp_path: Path, ticking: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gemba.work.people_stores.shared_laptop", lambda: tmp_path / "people")

    def shell(passphrase: str) -> Shell:
        world = World(
            clock=ticking, ids=new_uid, passphrase=passphrase, window=lambda _: 0, tour=lambda _desk, _out: []
        )
        return Shell(tmp_path / "none", world, capsys)

    return shell


def test_each_opens_their_own_and_work_is_handed_over(laptop, tmp_path: Path, ticking: Clock) -> None:
    card = found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file
    ana, ben = laptop("the phrase of Ana"), laptop("the phrase of Ben")
    assert ana("people", store=False).out.startswith("Nobody")
    assert ana.ok("--person", "Ana", "person", "show", store=False)["name"] == "Ana"
    ben.ok("--person", "Ben", "take-in", card, store=False)
    ana.ok("--person", "Ana", "take-in", card, store=False)
    assert [one["name"] for one in ana.ok("people", store=False)] == ["Ana", "Ben"]
    assert ben("--person", "ana", "person", "show", store=False).code == 3  # it asks for Ana's passphrase
    said = ana("--person", "Ana", "hand-over", "--to", "Cleo", "--out", tmp_path, store=False)
    assert (said.code, "Cleo" in said.err) == (2, True)
    handed = ana.ok("--person", "Ana", "hand-over", "--to", "Ben", "--out", tmp_path / "stick", store=False)
    assert handed["packs"] == 1
    taken = ben.ok("--person", "Ben", "take-in", handed["folder"], store=False)
    assert taken["what"] == "hand-over"


def test_the_window_opens_on_a_person_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gemba.work.people_stores.shared_laptop", lambda: tmp_path)
    assert window_wanted(["--person", "Ana"]) is None  # the command line opens it, once it knows whose store it is


def test_a_new_key_is_given_by_a_command(shell: Shell, laptop, tmp_path: Path, monkeypatch) -> None:
    ana = laptop("the old phrase")
    ana.ok("--person", "Ana", "person", "show", store=False)
    folder = next(tmp_path.glob("people/*/store"))
    before = keys.find_key(folder, passphrase="the old phrase")
    said = ana("--person", "Ana", "rekey", store=False)
    assert (said.code, "GEMBA_NEW_PASSPHRASE" in said.err) == (2, True)
    monkeypatch.setenv("GEMBA_NEW_PASSPHRASE", "the new phrase")
    ana.ok("--person", "Ana", "rekey", store=False)
    assert keys.find_key(folder, passphrase="the new phrase") != before
    assert laptop("the new phrase").ok("--person", "Ana", "person", "show", store=False)["name"] == "Ana"
    assert shell("rekey").code == 2  # a demonstration opens for everybody
