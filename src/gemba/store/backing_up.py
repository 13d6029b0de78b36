"""Copies of a whole store in one file, still encrypted; or in a folder of them, each kept file there only once."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage, rmtree

from gemba.errors import Refusal, Trouble
from gemba.store import backup_file, copying, elsewhere, keys
from gemba.store.backup_file import Progress
from gemba.store.connecting import DATABASE
from gemba.store.opening import Store
from gemba.store.troubles import world

_SCRATCH = ".gemba-backup-"
_ABANDONED = 86_400
"""Seconds after which what a backup left that was killed may be taken away."""
_MARGIN = 2**20
"""Bytes that a copy of the database may need besides its size."""
_CHANGING = ("drafts/*.age", elsewhere.FILE)
_LASTING = ("evidence/??/*.age", "previews/??/*.age", "outbox/*.gemba")
"""Files that never change once they have their name."""


def back_up(
    store: Store,
    file: Path,
    *,
    passphrase: str | None = None,
    this_account_only: bool = False,
    beside: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the whole store into one file, still encrypted, while it may be in use; it is verified after writing.

    Of evidence that lies elsewhere it holds the address and not the files (`gemba.store.elsewhere.place_of_evidence`).

    Args:
        store: an open store.
        file: the backup to write; an older one of that name is replaced once the new one is whole, and nothing else.
        passphrase: lets the backup be opened with it, wherever it is restored.
        this_account_only: do without a passphrase even when only this account's keyring knows the key; such a backup
            is lost together with the laptop.
        beside: put what never changes into the folder `kept` beside the file, once for all backups there.
        progress: told how many of how many bytes are written; what it raises calls the backup off.

    Raises:
        Refusal: `store.backup_needs_passphrase`; `store.database_backup` when the database is not in the folder;
            `store.backup_is_folder`, `store.backup_in_the_way` when something that is no backup has its name.
        Trouble: the disk is full or cannot be written, or the database is damaged (`store.broken`).
    """
    elsewhere.must_be_embedded(store.folder)
    _demand_free(file)
    known = keys.with_passphrase(store.folder, store.key, passphrase) if passphrase else keys.read(store.folder)
    if not (this_account_only or keys.opens_anywhere(known)):
        raise Refusal("store.backup_needs_passphrase", file=str(file))
    if not file.parent.is_dir():
        raise Trouble("store.no_folder", folder=str(file.parent))
    room = _room_for_scratch(store.folder, file.parent)
    _clear(room)
    with world(file.parent), tempfile.TemporaryDirectory(dir=room, prefix=_SCRATCH) as scratch:
        database, wraps = Path(scratch) / DATABASE, Path(scratch) / keys.FILE
        watch = None if progress is None else lambda _done, _all: progress(0, 1)
        with world(room):
            copying.copy_database(store.folder / DATABASE, database, store.key, progress=watch)
            copying.demand_whole(database, store.key)
            wraps.write_bytes(keys.encode(known))
        # The database first: all evidence that it names is on the disk by then.
        changing = [(DATABASE, database), (keys.FILE, wraps), *_files(store.folder, _CHANGING)]
        lasting = _files(store.folder, _LASTING)
        if beside:
            backup_file.write(file, changing, lasting, progress)
        else:
            backup_file.write(file, changing + lasting, progress=progress)


def _demand_free(file: Path) -> None:
    """Refuse a folder, and a file that is no former backup: nothing else of a person's is ever written over."""
    if file.is_dir():
        raise Refusal("store.backup_is_folder", folder=str(file), example=str(file / "gemba.backup"))
    if not file.exists():
        return
    try:
        if file.is_file():
            backup_file.contents(file)
            return
    except (Trouble, OSError) as error:
        raise Refusal("store.backup_in_the_way", file=str(file)) from error
    raise Refusal("store.backup_in_the_way", file=str(file))


def _room_for_scratch(store: Path, target: Path) -> Path:
    """Where the database is copied to first: in the store; beside the backup when the store's disk has no room."""
    safety = store / "safety"
    needed = sum(file.stat().st_size for file in store.glob(f"{DATABASE}*")) + _MARGIN
    return safety if disk_usage(safety).free >= needed else target


def _files(folder: Path, patterns: tuple[str, ...]) -> list[tuple[str, Path]]:
    found = [one for pattern in patterns for one in sorted(folder.glob(pattern))]
    return [(one.relative_to(folder).as_posix(), one) for one in found]


def _clear(room: Path) -> None:
    """Take away what backups left that were killed."""
    for left in room.glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            if abs(time.time() - left.stat().st_mtime) > _ABANDONED:
                rmtree(left)
