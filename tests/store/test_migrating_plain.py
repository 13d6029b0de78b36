"""A store that was never encrypted: it is recognised, encrypted and whole; cut short, it is one or the other."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.faults.scene import plain_database

from gemba.domain.assessments import Answer
from gemba.errors import Trouble
from gemba.store import keys, migrating_plain, restoring
from gemba.store.checking import check
from gemba.store.opening import open_store

SECRET = "Zanzibar quayside"


@pytest.fixture
def plain(real, records, tmp_path):
    """A closed store whose database anybody can read, without a key; and a kept file."""
    store, draft, sha256 = real
    records.answer(store, draft, "/data/b", SECRET)
    store.close()
    (store.folder / keys.FILE).unlink()
    plain_database(store.folder / "gemba.db", store.key)
    with sqlite3.connect(store.folder / "gemba.db") as reading:
        assert reading.execute("SELECT count(*) FROM answer").fetchone() == (2,)
    reading.close()
    return store.folder, sha256


def proved(folder, time, sha256, key):
    store = open_store(folder, key, clock=time, reserve=0)
    try:
        with store.reader() as reader:
            assert {answer.value for answer in reader.find(Answer)} == {"1", SECRET}
        assert store.evidence.read(sha256) == b"photo"
        assert [p.code for p in check(store)] == ["store.evidence_missing"] * 2  # the made-up template's
    finally:
        store.close()
    for file in folder.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file


def test_it_is_encrypted_and_holds_what_it_held(plain, time) -> None:
    folder, sha256 = plain
    assert migrating_plain.is_plain(folder / "gemba.db")
    key = migrating_plain.encrypt(folder, passphrase="a passphrase")
    assert not migrating_plain.is_plain(folder / "gemba.db")
    assert keys.find_key(folder, passphrase="a passphrase") == key
    proved(folder, time, sha256, key)


def test_a_log_beside_it_is_not_left_behind(plain, time) -> None:
    folder, _ = plain
    writing = sqlite3.connect(folder / "gemba.db")
    writing.execute("PRAGMA journal_mode=WAL")
    writing.execute("UPDATE answer SET note = 'in the log'")
    writing.commit()
    shutil.copytree(folder, folder.with_name("copy"))  # as a crash leaves it: with a log
    writing.close()
    key = migrating_plain.encrypt(folder.with_name("copy"), passphrase="a passphrase")
    store = open_store(folder.with_name("copy"), key, clock=time, reserve=0)
    with store.reader() as reader:
        assert {answer.note for answer in reader.find(Answer)} == {"in the log"}
    store.close()


@pytest.mark.parametrize("step", range(1, 9))
def test_cut_short_it_is_as_it_was_or_encrypted(plain, time, monkeypatch, step) -> None:
    folder, sha256 = plain
    steps = []
    replace = Path.replace

    class Cut(BaseException):
        pass

    def cut(source, target):
        steps.append(target)
        if len(steps) == step:
            raise Cut
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", cut)
    try:
        migrating_plain.encrypt(folder, passphrase="a passphrase")
    except Cut:
        monkeypatch.undo()
    else:
        assert step > 2
    if migrating_plain.is_plain(folder / "gemba.db"):
        migrating_plain.encrypt(folder, passphrase="a passphrase")
    proved(folder, time, sha256, keys.find_key(folder, passphrase="a passphrase"))


def test_gemba_restore_takes_the_plain_database_alone(plain, time, tmp_path) -> None:
    folder, _ = plain
    restoring.restore(folder / "gemba.db", tmp_path / "again", passphrase="a passphrase")
    key = keys.find_key(tmp_path / "again", passphrase="a passphrase")
    store = open_store(tmp_path / "again", key, clock=time, reserve=0)
    assert store.device.epoch[:4] == "0002"
    with store.reader() as reader:
        assert {answer.value for answer in reader.find(Answer)} == {"1", SECRET}
    store.close()


def test_a_database_of_another_program_is_left_alone(tmp_path) -> None:
    (tmp_path / "store").mkdir()
    with sqlite3.connect(tmp_path / "store" / "gemba.db") as other:
        other.execute("CREATE TABLE photo (id INTEGER PRIMARY KEY)")
    other.close()
    before = (tmp_path / "store" / "gemba.db").read_bytes()
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        migrating_plain.encrypt(tmp_path / "store", passphrase="a passphrase")
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        restoring.restore(tmp_path / "store" / "gemba.db", tmp_path / "again", passphrase="a passphrase")
    assert (tmp_path / "store" / "gemba.db").read_bytes() == before
    assert not (tmp_path / "again").exists()
