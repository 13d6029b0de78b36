"""A new key: the store opens with the old one or with the new one at every moment, and holds what it held."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

import keyring
import pytest
from tests.store.test_keys import Ring

from gemba.domain.assessments import Answer
from gemba.errors import Refusal, Trouble
from gemba.store import copying, half_rekeyed, keys, opening, rekeying
from gemba.store.checking import check
from gemba.store.opening import open_store

CUT = """
import os, sys
from pathlib import Path
from gemba.store import key_wraps, rekeying
from argon2 import low_level
from cryptography.hazmat.primitives.ciphers import aead
replace, fsync = Path.replace, os.fsync
def rekey(folder, cut, key):
    steps = []
    def step():
        steps.append(1)
        if len(steps) == int(cut):
            os._exit(9)  # the power goes off
    def noted_replace(self, target):
        step()
        replace(self, target)
        step()
    def noted_fsync(handle):
        step()
        fsync(handle)
    Path.replace, os.fsync = noted_replace, noted_fsync
    rekeying.rekey(Path(folder), bytes.fromhex(key), passphrase="the new one")
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        rekey(*line.split())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture(autouse=True)
def ring(monkeypatch):
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    return ring


@pytest.fixture
def locked(tmp_path, time, records):
    """A closed store behind a passphrase, with an answer, a kept file and a copy in safety."""
    folder = tmp_path / "locked"
    key = keys.make_key(folder, passphrase="the old one")
    store = opening.create(folder, key, clock=time, device_name="Laptop", reserve=0)
    records.answer(store, records.begin(store), "/data/a", "1")
    sha256, _ = store.evidence.keep(b"photo")
    copying.copy_database(folder / "gemba.db", folder / "safety" / "gemba-0001-1.db", key)
    store.close()
    return folder, key, sha256


@pytest.fixture
def cutting():
    """A program that changes keys and is cut at the step that it is told."""
    with subprocess.Popen(
        [sys.executable, "-c", CUT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        yield program


def opened(folder, time, sha256, *phrases):
    """Opens with one of the phrases, proves the store, and gives the key."""
    for phrase in phrases:
        with suppress(Trouble):
            key = keys.find_key(folder, passphrase=phrase)
            break
    else:
        raise AssertionError("neither passphrase opens it")
    store = open_store(folder, key, clock=time, reserve=0)
    try:
        with store.reader() as reader:
            assert [answer.value for answer in reader.find(Answer)] == ["1"]
        assert store.evidence.read(sha256) == b"photo"
        assert [p.code for p in check(store)] == ["store.evidence_missing"] * 2  # the made-up template's
    finally:
        store.close()
    assert half_rekeyed.coming(folder) is None
    assert not list(folder.rglob("*.rekeyed*"))
    assert half_rekeyed.opens(folder / "safety" / "gemba-0001-1.db", key)
    return key


def test_a_new_key_opens_everything_and_the_old_one_nothing(locked, time) -> None:
    folder, old, sha256 = locked
    new = rekeying.rekey(folder, old, passphrase="the new one")
    assert new != old
    assert opened(folder, time, sha256, "the new one") == new
    with pytest.raises(Trouble, match=r"store\.wrong_passphrase"):
        keys.find_key(folder, passphrase="the old one")
    with pytest.raises(Trouble, match=r"store\.wrong_key"):
        open_store(folder, old, clock=time, reserve=0)


def test_from_a_passphrase_to_the_keyring_and_back(locked, time, ring) -> None:
    folder, old, sha256 = locked
    rekeying.rekey(folder, old, passphrase=None)
    key = opened(folder, time, sha256, None)
    rekeying.rekey(folder, key, passphrase="once again")
    opened(folder, time, sha256, "once again")
    assert len(ring.kept) == 1  # backups that only the keyring opens still open


def test_cut_short_at_any_step_it_opens_with_either_passphrase(locked, time, tmp_path, cutting) -> None:
    folder, old, sha256 = locked
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    seen = set()
    step = 0
    while True:
        step += 1
        for phrase in ("the old one", "the new one"):
            shutil.rmtree(folder)
            shutil.copytree(whole, folder)
            cutting.stdin.write(f"{folder} {step} {old.hex()}\n")
            cutting.stdin.flush()
            if (code := cutting.stdout.readline().strip()) == "0":
                assert step > 8
                assert len(seen) == 2  # some were undone, some finished
                return
            assert code == "9"
            coming = half_rekeyed.coming(folder)
            begun = coming is not None and coming.store != keys.read(folder).store
            key = opened(folder, time, sha256, phrase, *(() if begun else ("the old one", "the new one")))
            seen.add(key == old)


def test_a_store_that_is_open_keeps_its_key(locked, time) -> None:
    folder, old, sha256 = locked
    store = open_store(folder, old, clock=time, reserve=0)
    with pytest.raises(Trouble, match=r"store\.in_use"):
        rekeying.rekey(folder, old, passphrase="the new one")
    store.close()
    assert opened(folder, time, sha256, "the old one") == old


def test_a_demonstration_gets_no_key_of_its_own(real) -> None:
    store, _, _ = real
    store.close()
    with pytest.raises(Refusal, match=r"store\.demo_has_no_key"):
        rekeying.rekey(store.folder, store.key, passphrase="my own one")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a small file system is mounted by root")
def test_without_room_for_the_copy_the_key_stays(locked, time, tmp_path) -> None:
    folder, old, sha256 = locked
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + 300_000}", "tmpfs", disk], check=False)
    if made.returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        shutil.copytree(folder, disk / "store")
        with pytest.raises(Trouble, match=r"store\.disk_full"):
            rekeying.rekey(disk / "store", old, passphrase="the new one")
        assert opened(disk / "store", time, sha256, "the old one") == old
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
