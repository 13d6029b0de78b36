"""A restore beside open programs, and cut short at any of its steps."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.domain.assessments import Answer
from gemba.errors import Refusal, Trouble
from gemba.store import backing_up, restoring
from gemba.store.opening import exists, open_store

RESTORE = """
import os, sys
from pathlib import Path
from gemba.store import restoring
steps, rename = [], Path.rename
def cut(source, target):
    steps.append(target)
    if len(steps) == int(sys.argv[3]):
        os._exit(9)  # the power goes off
    return rename(source, target)
Path.rename = cut
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), overwrite=True)
"""


def answers(folder, key, time):
    store = open_store(folder, key, clock=time, reserve=0)
    try:
        with store.reader() as reader:
            return {answer.path for answer in reader.find(Answer)}, store.device.epoch[:4]
    finally:
        store.close()


@pytest.fixture
def backed_up(real, records, tmp_path):
    """A backup, and the closed store with one answer more."""
    store, draft, _ = real
    file = tmp_path / "all.backup"
    backing_up.back_up(store, file)
    records.answer(store, draft, "/data/later", "1")
    store.close()
    return file, store.folder, store.key


def test_a_store_that_is_open_is_not_replaced(real, tmp_path, records) -> None:
    """Else what is answered meanwhile would go to the store that was moved aside."""
    store, draft, _ = real
    file = tmp_path / "all.backup"
    backing_up.back_up(store, file)
    with pytest.raises(Trouble, match=r"store\.in_use"):
        restoring.restore(file, store.folder, overwrite=True)
    records.answer(store, draft, "/data/later", "1")
    with store.reader() as reader:
        assert {answer.path for answer in reader.find(Answer)} == {"/data/a", "/data/later"}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["all.backup", "real"]
    store.close()
    assert restoring.restore(file, store.folder, overwrite=True) == tmp_path / "real-before-restore-1"


def test_a_store_that_was_opened_after_a_restore_is_held_too(backed_up, time) -> None:
    file, folder, key = backed_up
    restoring.restore(file, folder, overwrite=True)
    again = open_store(folder, key, clock=time, reserve=0)
    with pytest.raises(Trouble, match=r"store\.in_use"):
        restoring.restore(file, folder, overwrite=True)
    again.close()


@pytest.mark.parametrize(
    ("step", "there", "expected"),
    [
        (1, True, ({"/data/a", "/data/later"}, "0001")),  # the new one has not been made: all is as it was
        (2, True, ({"/data/a", "/data/later"}, "0001")),  # it has, but the old one is still in its place
        (3, False, ({"/data/a"}, "0002")),  # the old one is aside, the new one is not in its place yet
    ],
)
def test_a_restore_that_is_cut_short_leaves_one_store_or_the_other(backed_up, time, step, there, expected) -> None:
    file, folder, key = backed_up
    cut = subprocess.run([sys.executable, "-c", RESTORE, file, folder, str(step)], check=False)
    assert cut.returncode == 9
    assert folder.exists() is there
    assert exists(folder)
    assert answers(folder, key, time) == expected
    assert not (folder.parent / ".real.ready").exists()
    asides = sorted(folder.parent.glob("real-before-restore-*"))
    if not there:
        assert answers(asides[0], key, time) == ({"/data/a", "/data/later"}, "0001")
    with pytest.raises(Refusal, match=r"store\.exists_already"):
        restoring.restore(file, folder)
    assert restoring.restore(file, folder, overwrite=True) is not None
    assert answers(folder, key, time) == ({"/data/a"}, "0002")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_after_a_cut_another_restore_goes_through(backed_up, time, step) -> None:
    file, folder, key = backed_up
    subprocess.run([sys.executable, "-c", RESTORE, file, folder, str(step)], check=False)
    assert restoring.restore(file, folder, overwrite=True) is not None
    assert answers(folder, key, time) == ({"/data/a"}, "0002")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="shows what was synced only on Linux")
def test_every_step_of_a_restore_is_durable_before_the_next(backed_up, monkeypatch) -> None:
    file, folder, _ = backed_up
    done = []
    rename, fsync = Path.rename, os.fsync

    def noted_rename(source, target):
        done.append("rename")
        return rename(source, target)

    def noted_fsync(handle):
        done.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        return fsync(handle)

    monkeypatch.setattr(Path, "rename", noted_rename)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    restoring.restore(file, folder, overwrite=True)
    assert done[-6:] == ["rename", str(folder.parent)] * 3
    synced = set(done[:-6])
    assert {Path(one).name for one in synced} >= {"gemba.db", "keys.json", "evidence", "outbox"}


def test_a_store_is_not_restored_over_a_file(tmp_path) -> None:
    (tmp_path / "p0.png").write_text("a photo")
    for folder in (tmp_path / "p0.png", tmp_path / "p0.png" / "x"):
        with pytest.raises(Refusal, match=r"store\.not_a_folder"):
            restoring.restore(tmp_path / "b", folder, overwrite=True)
    assert (tmp_path / "p0.png").read_text() == "a photo"
