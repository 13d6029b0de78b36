"""A backup is of use only where it can be opened."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid
from tests.store.test_keys import Ring

from gemba.cli.world import World
from gemba.store import keys
from gemba.work.open_desk import make_desk


@pytest.fixture
def start(tmp_path, ticking, capsys, monkeypatch):
    """A laptop whose keyring knows the key; gives command lines with and without a passphrase."""
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    folder = tmp_path / "store"
    make_desk(folder, clock=ticking, ids=new_uid, role="headquarters").store.close()

    def shell(passphrase=None, store=folder) -> Shell:
        world = World(
            clock=ticking, ids=new_uid, passphrase=passphrase, window=lambda _: 0, tour=lambda _desk, _out: []
        )
        return Shell(store, world, capsys)

    shell.ring = ring
    return shell


def test_a_backup_that_only_this_laptop_could_open_is_refused(start, tmp_path) -> None:
    said = start()("backup", tmp_path / "b")
    assert (said.code, "GEMBA_PASSPHRASE" in said.err) == (2, True)
    assert not (tmp_path / "b").exists()


def test_the_passphrase_of_the_surroundings_opens_the_backup_on_another_laptop(start, tmp_path) -> None:
    start("word of mouth").ok("backup", tmp_path / "b")
    start.ring.kept.clear()  # another laptop
    start("word of mouth", tmp_path / "again").ok("restore", tmp_path / "b")
    assert start("wrong", tmp_path / "again")("check").code == 3
    assert [wrap.kind for wrap in keys.read(tmp_path / "store").wraps] == ["keyring"]  # the store itself is as it was


def test_a_backup_for_this_account_only_is_made_when_asked_for(start, tmp_path) -> None:
    start("not used").ok("backup", tmp_path / "b", "--this-account-only")
    start(store=tmp_path / "again").ok("restore", tmp_path / "b")
    assert [wrap.kind for wrap in keys.read(tmp_path / "again").wraps] == ["keyring"]


def test_a_demonstration_opens_unasked_after_a_restore_too(shell, tmp_path) -> None:
    shell.ok("backup", tmp_path / "b")  # in a world with a passphrase
    shell.store = tmp_path / "again"
    shell.ok("restore", tmp_path / "b")
    assert keys.find_key(tmp_path / "again", passphrase=None) == keys.find_key(tmp_path / "store", passphrase=None)


def test_a_backup_into_a_folder_that_is_gone_is_told_in_one_sentence(shell: Shell, tmp_path: Path) -> None:
    said = shell("backup", tmp_path / "unplugged" / "store.backup")
    assert said.code == 3
    assert "unplugged" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_restore_says_where_the_store_is_that_was_there(start, tmp_path) -> None:
    start("word of mouth").ok("backup", tmp_path / "b")
    again = start("word of mouth", tmp_path / "again")
    assert again.ok("restore", tmp_path / "b")["aside"] is None
    aside = again.ok("restore", tmp_path / "b", "--overwrite")["aside"]
    assert Path(aside).is_dir()
    assert str(tmp_path / "again-before-restore-2") in again("restore", tmp_path / "b", "--overwrite").out


def test_a_restore_without_its_passphrase_is_done_and_says_what_opens_it(start, tmp_path) -> None:
    start("word of mouth").ok("backup", tmp_path / "b")
    start.ring.kept.clear()  # another laptop
    said = start(None, tmp_path / "again")("restore", tmp_path / "b")
    assert (said.code, "opens with the passphrase" in said.out) == (0, True)
    start("word of mouth", tmp_path / "again").ok("check")


def test_a_backup_that_is_not_there_is_told(start, tmp_path) -> None:
    said = start("word of mouth", tmp_path / "again")("restore", tmp_path / "stick" / "b")
    assert (said.code, "There is no file" in said.err) == (3, True)
    assert not (tmp_path / "again").exists()


def test_a_passphrase_that_is_guessed_in_no_time_is_refused_where_it_is_chosen(start, tmp_path, monkeypatch) -> None:
    for phrase in ("x", "       ", "seven77"):
        new = start(phrase, tmp_path / "new")("place", "list")
        assert (new.code, "at least 8 characters" in new.err) == (2, True)
        assert not (tmp_path / "new").exists()
        assert start(phrase)("backup", tmp_path / "b").code == 2
        monkeypatch.setenv("GEMBA_NEW_PASSPHRASE", phrase)
        assert start()("rekey").code == 2
    start().ok("place", "list")
