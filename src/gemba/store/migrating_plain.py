"""A store whose database was never encrypted becomes one that is.

The database is copied into an encrypted file, the copy is proved and compared, and one rename puts it in the old
one's place; until then nothing has changed. What the plain file held is written over, as far as a disk lets that
happen; a second encrypted copy stays in `safety/`.
"""

from __future__ import annotations

import os
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from gemba.durable import give_name, make_durable, sync
from gemba.errors import Trouble
from gemba.store import connecting, copying, holding, keys
from gemba.store.connecting import DATABASE
from gemba.store.troubles import world

_HEAD = b"SQLite format 3\0"
_NEW = f"{DATABASE}.encrypted"


def is_plain(database: Path) -> bool:
    """True when anybody could read this database."""
    try:
        with database.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except FileNotFoundError:
        return False


def encrypt(folder: Path, *, passphrase: str | None) -> bytes:
    """Encrypt the database of a store that nobody has open; gives the store's new key.

    Args:
        folder: of the store, with a plain `gemba.db`.
        passphrase: for the new key; `None` for the keyring.

    Raises:
        Trouble: `store.in_use`, `store.passphrase_needed`, `store.broken`, `store.disk_full`, `store.not_a_backup` when
            the database is of another program; then it is as it was.
    """
    database, new = folder / DATABASE, folder / _NEW
    with world(folder), holding.take(folder):
        _draw_in_log(database)
        key, wraps = keys.new_keys(passphrase)
        try:
            _export(database, new, key)
            _demand_same(database, new, key)
            (folder / "safety").mkdir(exist_ok=True)
            copying.copy_database(new, folder / "safety" / "gemba-encrypted-1.db", key)
            make_durable(folder / "safety")
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        keys.lay(folder, wraps)
        _take_place(new, database)
    return key


def _draw_in_log(database: Path) -> None:
    with closing(_plain(database)) as plain:
        if plain.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone() != (1,):
            raise Trouble("store.not_a_backup", file=str(database), why="it is a database of another program")
        plain.execute("PRAGMA journal_mode=DELETE")
        if plain.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise Trouble("store.broken", folder=str(database.parent))


def _plain(database: Path) -> Any:
    connection = dbapi2.connect(str(database), isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def _export(database: Path, new: Path, key: bytes) -> None:
    new.unlink(missing_ok=True)
    with closing(_plain(database)) as plain:
        plain.execute("PRAGMA temp_store=MEMORY")
        plain.execute(f"ATTACH DATABASE ? AS encrypted KEY \"x'{key.hex()}'\"", (str(new),))
        plain.execute("SELECT sqlcipher_export('encrypted')")
        for pragma in ("user_version", "application_id"):
            value = int(plain.execute(f"PRAGMA main.{pragma}").fetchone()[0])
            plain.execute(f"PRAGMA encrypted.{pragma}={value}")
        plain.execute("DETACH DATABASE encrypted")
    copying.demand_whole(new, key)
    with new.open("rb+") as file:
        sync(file)


def _demand_same(database: Path, new: Path, key: bytes) -> None:
    """Every table has the same rows in both."""
    with closing(_plain(database)) as plain, closing(connecting.connect(new, key)) as encrypted:
        asked = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT wr"
            " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
        )
        tables = [name for (name,) in plain.execute(asked)]
        same = tables == [name for (name,) in encrypted.execute(asked)]
        for table in tables if same else ():
            every = f'SELECT * FROM "{table}" ORDER BY rowid'  # noqa: S608 - a name of its own schema
            same = same and all(a == b for a, b in zip_longest(plain.execute(every), encrypted.execute(every)))
        encrypted.execute("PRAGMA journal_mode=DELETE")
    if not same:
        raise Trouble("store.broken", folder=str(database.parent))


def _take_place(new: Path, database: Path) -> None:
    """Put the encrypted database in the plain one's place, then write over what the plain one held."""
    if os.name != "posix":  # a file that is open cannot be replaced there
        give_name(new, database)
        return
    with database.open("rb+") as old:
        give_name(new, database)
        for _ in range(0, os.fstat(old.fileno()).st_size, 2**20):
            old.write(bytes(2**20))
        sync(old)
