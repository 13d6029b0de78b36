"""A full disk: what was saved stays, nothing is saved by half, and the reserve lets a person save again."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from gemba.domain.assessments import Answer, answer_uid
from gemba.errors import Trouble
from gemba.store import backing_up, keys
from gemba.store.checking import check
from gemba.store.opening import open_store
from gemba.store.reserve import Reserve
from gemba.wording import sentence

MIB = 2**20


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 24 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system can only be mounted by root on Linux; test_a_limit_on_files works anywhere")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill_up(store, records, draft, kept, *, size=20_000):
    """Answer with long texts until there is a trouble; returns its code."""
    for count in range(10_000):
        path = f"/data/q{len(kept)}"
        try:
            with store.unit(records.person.uid) as unit:
                uid = answer_uid(draft.uid, path)
                unit.put(Answer(uid=uid, assessment=draft.uid, path=path, value="x" * size))
        except Trouble as trouble:
            return trouble.code
        kept.append(path)
        assert count < 9_000, "the disk never became full"
    return ""


def all_kept(store, kept):
    with store.reader() as reader:
        assert sorted(answer.path for answer in reader.find(Answer)) == sorted(kept)
    assert check(store, files=False) == []


def test_on_a_full_disk_nothing_is_lost_and_the_reserve_lets_one_save_again(
    small_disk, prepared, key, time, records, tmp_path
) -> None:
    folder = small_disk / "store"
    subprocess.run(["cp", "-r", prepared, folder], check=True)
    (folder / keys.FILE).write_bytes(keys.encode(keys.Keys(v=1, store="x", wraps=())))
    store = open_store(folder, key, clock=time, reserve=MIB)
    assert (folder / "reserve").stat().st_size == MIB
    draft = records.begin(store)
    kept: list[str] = []
    (small_disk / "photos").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail * 4096 - 3 * MIB))
    assert fill_up(store, records, draft, kept) == "store.disk_full"
    assert not (folder / "reserve").exists()  # it was given up on the way, so that saving went on
    assert store.reserve_given_up is not None
    assert "reserve" in sentence(store.reserve_given_up)
    all_kept(store, kept)
    with pytest.raises(Trouble, match=r"store\.disk_full"):
        store.evidence.keep(os.urandom(2 * MIB))
    with pytest.raises(Trouble, match=r"store\.disk_full"):
        backing_up.back_up(store, small_disk / "backup", this_account_only=True)
    assert not list(folder.rglob("*.part"))
    assert not (small_disk / "backup").exists()
    backing_up.back_up(store, tmp_path / "backup", this_account_only=True)  # another disk has room for all of it
    assert {each.name for each in tmp_path.iterdir()} == {"disk", "backup"}
    with pytest.raises(Trouble) as met:
        backing_up.back_up(store, small_disk / "backup", this_account_only=True)
    assert str(small_disk) in met.value.facts["folder"]
    (small_disk / "photos").unlink()
    assert fill_up(store, records, draft, kept, size=100_000) == "store.disk_full"
    store.close()
    (folder / "previews").rmdir()
    again = open_store(folder, key, clock=time, reserve=0)
    all_kept(again, kept)
    again.close()


def test_a_store_that_cannot_even_be_opened_for_want_of_room_says_so(small_disk, prepared, key, time) -> None:
    folder = small_disk / "store"
    subprocess.run(["cp", "-r", prepared, folder], check=True)
    with (small_disk / "photos").open("wb") as photos, suppress(OSError):
        while True:
            photos.write(b"x" * MIB)
            photos.flush()
    with pytest.raises(Trouble) as met:
        open_store(folder, key, clock=time, reserve=0).close()
    assert met.value.code == "store.disk_full_reading"
    assert "not saved" not in sentence(met.value)  # nothing was to be saved
    (small_disk / "photos").unlink()
    open_store(folder, key, clock=time, reserve=0).close()


def test_when_one_save_needs_more_than_there_is_the_reserve_is_given_up_and_said(
    small_disk, prepared, key, time, records
) -> None:
    folder = small_disk / "store"
    subprocess.run(["cp", "-r", prepared, folder], check=True)
    store = open_store(folder, key, clock=time, reserve=MIB)
    draft = records.begin(store)
    (small_disk / "photos").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail * 4096 - MIB))
    kept: list[str] = []
    assert fill_up(store, records, draft, kept, size=2 * MIB) == "store.reserve_freed"
    assert store.reserve_given_up is None  # the failure has said it
    all_kept(store, kept)
    assert fill_up(store, records, draft, kept, size=10_000) == "store.disk_full"
    assert len(kept) > 3
    all_kept(store, kept)
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="limits on files are a thing of POSIX")
def test_a_limit_on_files_stops_a_save_and_harms_nothing(folder, key, time, records) -> None:
    import resource

    store = open_store(folder, key, clock=time, reserve=0)
    draft = records.begin(store)
    kept: list[str] = []
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB, before[1]))
    try:
        code = fill_up(store, records, draft, kept)
        with pytest.raises(Trouble, match=r"store\.disk_full"):
            store.evidence.keep(os.urandom(3 * MIB))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert code in {"store.disk_full", "store.disk_error"}
    assert kept
    assert not list(Path(folder).rglob("*.part"))
    all_kept(store, kept)
    with store.unit(records.person.uid) as unit:  # and then it goes on
        unit.put(Answer(uid=answer_uid(draft.uid, "/z"), assessment=draft.uid, path="/z"))
    all_kept(store, [*kept, "/z"])
    store.close()


def test_a_database_that_may_not_grow_says_that_the_disk_is_full(store, records) -> None:
    draft = records.begin(store)
    with store.exclusive() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
    kept: list[str] = []
    assert fill_up(store, records, draft, kept) == "store.disk_full"
    all_kept(store, kept)


def test_the_reserve_is_made_when_there_is_plenty_and_only_once(tmp_path) -> None:
    reserve = Reserve(tmp_path, MIB)
    reserve.fill()
    made = (tmp_path / "reserve").stat()
    reserve.fill()
    assert (tmp_path / "reserve").stat().st_mtime_ns == made.st_mtime_ns
    assert made.st_blocks * 512 >= MIB  # really taken, not a hole
    reserve.free_in_need()
    assert (tmp_path / "reserve").exists()
    assert reserve.free()
    assert not reserve.free()
