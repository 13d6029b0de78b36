"""Connections to the encrypted database: the key first, then the settings that keep what was acknowledged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from gemba.errors import Trouble

DATABASE = "gemba.db"
PRIVATE = 0o700
"""Rights of a store's folder: whoever can copy its keys can try passphrases out elsewhere."""

OLDEST_SQLITE = (3, 51, 3)
"""Older ones may corrupt the write-ahead log when two connections write and checkpoint at once."""

WRITER_CACHE = 131_072
"""KiB of pages kept decrypted; SQLCipher is as quick as plain SQLite only when the working set fits."""
READER_CACHE = 65_536

_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)


def refuse_old_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Stop before an SQLite with the log-reset fault touches a store.

    Raises:
        Trouble: `store.old_sqlite`.
    """
    if version < OLDEST_SQLITE:
        shown = ".".join(map(str, version))
        raise Trouble("store.old_sqlite", version=shown, needed=".".join(map(str, OLDEST_SQLITE)))


def connect(file: Path, key: bytes, *, cache: int = WRITER_CACHE, wait: int = 5000) -> Any:
    """A bare connection to the encrypted file.

    Args:
        file: the database; made when it is not there.
        key: 32 bytes, used as they are (no key stretching: that costs 160 ms a connection).
        cache: KiB of page cache.
        wait: milliseconds to wait for another program's write.
    """
    if len(key) != 32:
        raise ValueError("the database key has 32 bytes")
    connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False, timeout=wait / 1000)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # failures are raised; nothing is printed past us
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA busy_timeout={wait}")
        connection.execute(f"PRAGMA cache_size=-{cache}")
        for setting in _SETTINGS:
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


def writing(file: Path, key: bytes) -> Engine:
    """The engine for units: one connection, each transaction takes the write lock at once."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(file, key),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # what was written shall not stand in a report of a mistake
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading(file: Path, key: bytes) -> Engine:
    """The engine for readers: a few connections that cannot write, each transaction one consistent view."""

    def make() -> Any:
        connection = connect(file, key, cache=READER_CACHE)
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=make,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
