"""Writing a file so that it is there whole or not at all: `.part`, flushed to the disk, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gemba.durable import give_name, sync
from gemba.errors import Trouble

PART = ".part"
"""How an unfinished file's name ends."""

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}


@contextmanager
def part_file(folder: Path, name: str, size: int) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file `name.part` in `folder`, removed again when anything goes wrong.

    Args:
        folder: where it will lie.
        name: what it will be called without `.part`.
        size: bytes it will take, checked against the room that is left.

    Raises:
        Trouble: `packs.no_room`, `packs.read_only`, `packs.folder_gone` or `packs.disk_error`.
    """
    part = folder / (name + PART)
    with disk_trouble(folder, size):
        _check_room(folder, size)
        try:
            with part.open("wb") as file:
                yield part, file
        finally:
            # Renamed by now if all went well; else what remains is of no use to anybody.
            with suppress(OSError):
                part.unlink()


def begin_to_settle(file: BinaryIO, at: int, size: int) -> None:
    """Let the system write a stretch of `file` to the disk while more is made, so that `settle` has little to wait for.

    Promises nothing; a system that cannot does it later.
    """
    if hasattr(os, "posix_fadvise"):
        file.flush()
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), at, size, os.POSIX_FADV_DONTNEED)


def settle(file: BinaryIO) -> None:
    """Wait until what was written to `file` lies on the disk."""
    sync(file)


def publish(part: Path, final: Path) -> None:
    """Give a finished file its name, durably."""
    give_name(part, final)


def reread(file: Path) -> BinaryIO:
    """Open a file that was just written so that, where the system allows it, the disk is read and not its cache."""
    opened = file.open("rb")
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return opened


@contextmanager
def disk_trouble(folder: Path, size: int = 0) -> Iterator[None]:
    """Turn what the system says while files in `folder` are written into what a person can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(folder, size) from error
        if error.errno in _READ_ONLY:
            raise Trouble("packs.read_only", folder=str(folder)) from error
        if error.errno in _GONE:
            raise Trouble("packs.folder_gone", folder=str(folder)) from error
        raise Trouble("packs.disk_error", folder=str(folder), reason=error.strerror or str(error)) from error


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size:
        raise _no_room(folder, size)


def _no_room(folder: Path, size: int) -> Trouble:
    """How much is missing, in MB; all of it when a quota stops us, which does not show in the room that is free."""
    free = 0
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
    missing = size - free if free < size else size
    return Trouble("packs.no_room", folder=str(folder), missing_mb=max(1, -(-missing // 1_000_000)))
