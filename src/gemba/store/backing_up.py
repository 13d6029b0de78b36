"""Copies of a whole store in one file, still encrypted."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gemba.errors import Refusal, Trouble
from gemba.store import backup_file, connecting, keys
from gemba.store.connecting import DATABASE, copy_database
from gemba.store.opening import Store
from gemba.store.troubles import world


def back_up(store: Store, file: Path, *, passphrase: str | None = None, this_account_only: bool = False) -> None:
    """Write the whole store into one file, still encrypted, while it may be in use; it is verified after writing.

    Args:
        store: an open store.
        file: the backup to write; an older one of that name is replaced once the new one is whole.
        passphrase: lets the backup be opened with it, wherever it is restored.
        this_account_only: do without a passphrase even when only this account's keyring knows the key; such a backup
            is lost together with the laptop.

    Raises:
        Refusal: `store.backup_needs_passphrase`.
        Trouble: the disk is full or cannot be written, or the database is damaged (`store.broken`).
    """
    known = keys.with_passphrase(store.folder, store.key, passphrase) if passphrase else keys.read(store.folder)
    if not (this_account_only or keys.opens_anywhere(known)):
        raise Refusal("store.backup_needs_passphrase", file=str(file))
    if not file.parent.is_dir():
        raise Trouble("store.no_folder", folder=str(file.parent))
    with world(file.parent), tempfile.TemporaryDirectory(dir=store.folder / "safety") as scratch:
        database, wraps = Path(scratch) / DATABASE, Path(scratch) / keys.FILE
        copy_database(store.folder / DATABASE, database, store.key)
        _demand_whole(database, store)
        wraps.write_bytes(keys.encode(known))
        # The database first: all evidence that it names is on the disk by then.
        kept = [(DATABASE, database), (keys.FILE, wraps)]
        for pattern in ("evidence/??/*.age", "previews/??/*.age", "outbox/*.gemba", "drafts/*.age"):
            found = sorted(store.folder.glob(pattern))
            kept += [(one.relative_to(store.folder).as_posix(), one) for one in found]
        backup_file.write(file, kept)


def _demand_whole(database: Path, store: Store) -> None:
    """Stop before a damaged database is taken for a backup."""
    connection = connecting.connect(database, store.key)
    try:
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        said = connection.execute("PRAGMA quick_check").fetchall()
    finally:
        connection.close()
    if damaged or said != [("ok",)]:
        raise Trouble("store.broken", folder=str(store.folder))
