"""The version of a store's tables, the way from an older one to today's, and copies of the whole store."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, text

from gemba.errors import Refusal, Trouble
from gemba.shipped import migrations
from gemba.store import backup_file, connecting, keys
from gemba.store.connecting import DATABASE
from gemba.store.durable import make_durable
from gemba.store.troubles import world

if TYPE_CHECKING:
    from alembic.config import Config

    from gemba.store.opening import Store

CURRENT = "0002"
"""The newest revision under `migrations/versions/`."""

RESTORED = "restored"
"""An empty file that a restore leaves: the next opening begins a new epoch of the journal."""


def revision_of(engine: Engine) -> str:
    """The revision that a store stands at: one cheap question."""
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def bring_up(folder: Path, key: bytes, engine: Engine) -> None:
    """Bring a store to today's revision, if it is not there yet.

    Raises:
        Trouble: `store.newer`; `store.upgrade_failed`, and then the store is as it was.
    """
    revision = revision_of(engine)
    if revision == CURRENT:
        return
    if not list((migrations() / "versions").glob(f"{revision}_*.py")):
        raise Trouble("store.newer", folder=str(folder), theirs=revision, ours=CURRENT)
    upgrade(folder, key, engine)


def upgrade(folder: Path, key: bytes, engine: Engine) -> Path:
    """Copy the database to `safety/`, then migrate it in one transaction.

    Returns:
        The copy.

    Raises:
        Trouble: `store.upgrade_failed`.
    """
    copy = _free_name(folder / "safety", f"gemba-{revision_of(engine)}")
    copy.parent.mkdir(exist_ok=True)
    copy_database(folder / DATABASE, copy, key)
    from alembic import command

    try:
        with engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
    except Exception as error:
        raise Trouble("store.upgrade_failed", folder=str(folder), copy=str(copy)) from error
    return copy


def configuration(connection: object) -> Config:
    """What Alembic needs to know to work on a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def back_up(store: Store, file: Path, *, passphrase: str | None = None) -> None:
    """Write the whole store into one file, still encrypted, while it may be in use; it is verified after writing.

    Args:
        store: an open store.
        file: the backup to write; an older one of that name is replaced once the new one is whole.
        passphrase: lets the backup be opened with it. Needed when only this account's keyring knows the key and the
            backup is to be restored elsewhere.

    Raises:
        Trouble: the disk is full or cannot be written, or the database is damaged (`store.broken`).
    """
    with world(file.parent), tempfile.TemporaryDirectory(dir=store.folder / "safety") as scratch:
        database, wraps = Path(scratch) / DATABASE, Path(scratch) / keys.FILE
        copy_database(store.folder / DATABASE, database, store.key)
        _demand_whole(database, store)
        known = keys.with_passphrase(store.folder, store.key, passphrase) if passphrase else keys.read(store.folder)
        wraps.write_bytes(keys.encode(known))
        # The database first: all evidence that it names is on the disk by then.
        kept = [(DATABASE, database), (keys.FILE, wraps)]
        for pattern in ("evidence/??/*.age", "previews/??/*.age", "outbox/*.gemba"):
            found = sorted(store.folder.glob(pattern))
            kept += [(one.relative_to(store.folder).as_posix(), one) for one in found]
        backup_file.write(file, kept)


def restore(file: Path, folder: Path, *, overwrite: bool = False) -> Path | None:
    """Make a store from a backup; it opens as before, and its journal goes on in a new epoch.

    Args:
        file: the backup.
        folder: where the store shall be.
        overwrite: move a store that is there aside first. It is never deleted.

    Returns:
        Where the store that was there is now; `None` when there was none.

    Raises:
        Refusal: `store.exists_already`.
        Trouble: `store.not_a_backup`, and then nothing was changed.
    """
    there = folder.exists() and any(folder.iterdir())
    if there and not overwrite:
        raise Refusal("store.exists_already", folder=str(folder))
    with world(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            backup_file.read(file, new)
            (new / RESTORED).touch()
            aside = _move_aside(folder) if there else None
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
            make_durable(folder.parent)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return aside


def copy_database(source: Path, target: Path, key: bytes) -> None:
    """Copy a database that may be in use, page by page and still encrypted."""
    with_key = connecting.connect(source, key)
    try:
        copy = connecting.connect(target, key)
        try:
            with_key.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        finally:
            copy.close()
    finally:
        with_key.close()


def _free_name(folder: Path, stem: str) -> Path:
    """A name that no earlier copy has."""
    number = 1
    while (file := folder / f"{stem}-{number}.db").exists():
        number += 1
    return file


def _move_aside(folder: Path) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    return folder.rename(aside)


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
