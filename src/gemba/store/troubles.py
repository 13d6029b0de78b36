"""The database's and the disk's failures, told as troubles of the world; everything else stays a bug."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from gemba.errors import Trouble
from gemba.store import postgres_troubles

_BY_RESULT = {
    "SQLITE_FULL": "store.disk_full",
    "SQLITE_BUSY": "store.locked",
    "SQLITE_LOCKED": "store.locked",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_CANTOPEN": "store.cannot_open",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_AUTH": "store.read_only",
    "SQLITE_NOTADB": "store.wrong_key",
    "SQLITE_CORRUPT": "store.broken",
    "SQLITE_IOERR": "store.disk_error",
}
"""SQLite's primary result codes that are the world's fault."""

_BY_WORDS = {
    "database or disk is full": "store.disk_full",
    "disk I/O error": "store.disk_error",
    "database disk image is malformed": "store.broken",
    "database is locked": "store.locked",
    "attempt to write a readonly database": "store.read_only",
    "unable to open database file": "store.cannot_open",
    "file is not a database": "store.wrong_key",
}
"""What SQLite calls the same."""

_BY_ERRNO = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EFBIG: "store.disk_full",
    errno.EROFS: "store.read_only",
    errno.EACCES: "store.read_only",
    errno.EPERM: "store.read_only",
    errno.EIO: "store.disk_error",
    errno.ENXIO: "store.disk_error",
    errno.ENODEV: "store.disk_error",
    errno.ESTALE: "store.disk_error",
    errno.ETIMEDOUT: "store.disk_error",
    errno.ENAMETOOLONG: "store.cannot_open",
    errno.EBUSY: "store.disk_error",
    errno.ENFILE: "store.disk_error",
    errno.EMFILE: "store.disk_error",
}

_PAGE = 2**15
"""Bytes of the smallest file that SQLite keeps beside a database."""


@contextmanager
def world(folder: Path) -> Iterator[None]:
    """Turn failures of database and disk below `folder` into `Trouble`.

    Raises:
        Trouble: with a code of `resources/locale/sentences/store.json`; the cause is kept.
    """
    try:
        yield
    except Exception as error:
        code = code_of(error)
        if code is None:
            raise
        if code == "store.disk_error" and _is_full(folder):
            code = "store.disk_full"  # SQLite tells so when there is no room for what it keeps beside the database
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise Trouble(code, folder=str(folder), said=postgres_troubles.said(cause)) from error


@contextmanager
def reading_only(folder: Path) -> Iterator[None]:
    """As `world`, where nothing was to be saved: on a full disk even a reader's database finds no room to work in.

    Raises:
        Trouble: `store.disk_full_reading`, and all others of `world`.
    """
    try:
        with world(folder):
            yield
    except Trouble as trouble:
        if trouble.code == "store.disk_full" and isinstance(trouble.__cause__, DBAPIError | dbapi2.Error):
            raise Trouble("store.disk_full_reading", **trouble.facts) from trouble.__cause__
        raise


def _is_full(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _PAGE
    return False


def code_of(error: BaseException) -> str | None:
    """The trouble's code for a failure; `None` for a bug."""
    if isinstance(error, DBAPIError):
        return code_of(error.orig) if error.orig is not None else None
    if postgres_troubles.is_of_postgres(error):
        return postgres_troubles.code_of(error)
    if isinstance(error, dbapi2.Error):
        name = str(getattr(error, "sqlite_errorname", ""))
        if not name:  # the copying of a database (`backup`) tells its failures in words alone
            return _BY_WORDS.get(str(error))
        return next((code for result, code in _BY_RESULT.items() if f"{name}_".startswith(f"{result}_")), None)
    return _BY_ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None
