"""Copies of a database that may be in use, page by page and still encrypted; and proof that a copy is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gemba.durable import sync
from gemba.errors import Trouble
from gemba.store import connecting

Progress = Callable[[int, int], object]
"""Told how much of how much is done; what it raises calls the work off."""

_PAGES = 1024
"""Pages (4 KiB each) that are copied between two looks at whether anybody still wants it."""


def copy_database(
    source: Path, target: Path, key: bytes, *, new_key: bytes | None = None, progress: Progress | None = None
) -> None:
    """Copy a database into one durable file without a log beside it.

    Args:
        source: may be in use.
        target: made anew; what was there is gone.
        key: opens the source.
        new_key: opens the copy; the same when `None`.
        progress: told how many of how many pages are copied.

    Raises:
        sqlcipher3.Error: the disk is full, the source is damaged or does not open with the key.
    """
    _clear(target)
    with_key = connecting.connect(source, key)
    try:
        copy = connecting.connect(target, new_key or key)
        try:
            if progress is None:
                with_key.backup(copy)
            else:
                with_key.backup(copy, pages=_PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
    finally:
        with_key.close()
    with target.open("rb+") as file:
        sync(file)


def demand_whole(database: Path, key: bytes) -> None:
    """Stop before a damaged database is taken for a good one.

    Raises:
        Trouble: `store.broken`.
    """
    connection = connecting.connect(database, key)
    try:
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        said = connection.execute("PRAGMA quick_check").fetchall()
        connection.execute("PRAGMA journal_mode=DELETE")  # one file again
    finally:
        connection.close()
    if damaged or said != [("ok",)]:
        raise Trouble("store.broken", folder=str(database.parent))


def _clear(target: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + end).unlink(missing_ok=True)
