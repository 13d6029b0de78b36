"""Carry a file into a folder: a USB stick, a network share, a synchronised folder.

Sending twice is the same as sending once. A file has its name only when its bytes have been read back.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gemba.errors import Trouble

PART = ".part"
"""How the name of a file ends that has not arrived whole."""

_PIECE = 1 << 20
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def send(file: Path, folder: Path) -> Path:
    """Copy `file` into `folder` under its own name; where it lies now.

    A file that is there already with the same bytes is left alone; one with other bytes is replaced when the new one
    has arrived.

    Raises:
        Trouble: `carriers.no_file`, `carriers.gone` (the folder), `carriers.no_room` (with the MB that are missing),
            `carriers.read_only`, `carriers.not_written` (the medium gives back other bytes), `carriers.failed`.
    """
    target = folder / file.name
    with _source(file) as (source, size, sha256), _medium(folder, size):
        if not folder.is_dir():
            raise Trouble("carriers.gone", folder=str(folder))
        if _is_there(target, sha256):
            return target
        _check_room(folder, size)
        part = folder / (file.name + PART)
        try:
            _copy(source, part)
            if _hash_of(part) != sha256:
                raise Trouble("carriers.not_written", folder=str(folder), file=file.name)
            part.replace(target)
            settle_names(folder)
        finally:
            with suppress(OSError):
                part.unlink()  # renamed by now, if all went well
    return target


@contextmanager
def _source(file: Path) -> Iterator[tuple[BinaryIO, int, str]]:
    """The file that is to travel, its size and its hash."""
    try:
        with file.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
            size = source.tell()
            source.seek(0)
            yield source, size, sha256
    except OSError as error:
        raise Trouble("carriers.no_file", file=str(file), reason=_reason(error)) from error


@contextmanager
def _medium(folder: Path, size: int) -> Iterator[None]:
    """Turn what the system says of the medium into what a person can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(folder, size) from error
        if not folder.is_dir():
            raise Trouble("carriers.gone", folder=str(folder)) from error
        if error.errno in _READ_ONLY:
            raise Trouble("carriers.read_only", folder=str(folder)) from error
        raise Trouble("carriers.failed", folder=str(folder), reason=_reason(error)) from error


def _copy(source: BinaryIO, part: Path) -> None:
    with part.open("wb") as copy:
        shutil.copyfileobj(source, copy, _PIECE)
        copy.flush()
        os.fsync(copy.fileno())


def _is_there(target: Path, sha256: str) -> bool:
    return target.is_file() and _hash_of(target) == sha256


def _hash_of(file: Path) -> str:
    """The hash of what lies on the medium, not of what the system still remembers of it where that can be told."""
    with file.open("rb") as opened:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(opened, "sha256").hexdigest()


def settle_names(folder: Path) -> None:
    """Wait until a new name in `folder` lies on the medium."""
    if os.name != "posix":  # Windows cannot open a folder, and journals its names itself
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot; the bytes are safe, and the name shows itself
            os.fsync(opened)
    finally:
        os.close(opened)


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size:
        raise _no_room(folder, size)


def _no_room(folder: Path, size: int) -> Trouble:
    """How much is missing, in MB; all of it when a quota stops us, which does not show in the room that is free."""
    free = 0
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
    missing = size - free if free < size else size
    return Trouble("carriers.no_room", folder=str(folder), missing_mb=max(1, -(-missing // 1_000_000)))


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
