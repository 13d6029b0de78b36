"""A document appears in its folder whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from gemba.durable import give_name, part_of, sync
from gemba.errors import Trouble

_CODES = {
    errno.ENOSPC: "reports.disk_full",
    errno.EDQUOT: "reports.disk_full",
    errno.EFBIG: "reports.disk_full",
    errno.EROFS: "reports.read_only",
    errno.EACCES: "reports.read_only",
    errno.EPERM: "reports.read_only",
    errno.ENOENT: "reports.no_folder",
    errno.ENOTDIR: "reports.no_folder",
    errno.EISDIR: "reports.is_folder",
}


def written(out: Path, write: Callable[[BinaryIO], None]) -> int:
    """Write a file beside its place, make it durable and move it there; returns its size.

    Raises:
        Trouble: it cannot be written; nothing is left behind and an older file is still whole.
    """
    try:
        part = part_of(out)
    except OSError as error:
        raise _trouble(error, out) from error
    try:
        with part.open("wb") as file:
            write(file)
            sync(file)
            size = file.tell()
    except BaseException as error:
        _remove(part)
        if isinstance(error, OSError):
            raise _trouble(error, out) from error
        raise
    _move(part, out)
    return size


def _move(part: Path, out: Path) -> None:
    """Put the finished file into its place; a reader that has the old one open may hold it (Windows)."""
    try:
        give_name(part, out)
    except OSError as error:
        _remove(part)
        held = isinstance(error, PermissionError)
        raise Trouble("reports.in_use", file=out.name) if held else _trouble(error, out) from error


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _trouble(error: OSError, out: Path) -> Trouble:
    code = _CODES.get(error.errno or 0, "reports.not_written")
    return Trouble(code, file=out.name or str(out), folder=str(out.parent), reason=error.strerror or str(error))
