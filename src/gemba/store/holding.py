"""Who holds the folder of a store: programs that have it open share it, a restore has it alone.

The system lets go of the hold when a program ends, however it ends; the file itself means nothing.
"""

from __future__ import annotations

import errno
import os
import sys
import weakref
from pathlib import Path
from typing import Self

from gemba.errors import Trouble

FILE = "lock"

_PROGRAMS = 64
"""Where a lock cannot be shared (Windows), each program holds one byte of so many, and a restore all."""
_CANNOT = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""What file systems without such locks say; people shall be able to work on them all the same."""


class Holding:
    """A hold on a store's folder, until it is released or dropped.

    Args:
        handle: of the locked file.
    """

    def __init__(self, handle: int) -> None:
        self._close = weakref.finalize(self, os.close, handle)

    def release(self) -> None:
        """Let go; twice does no harm."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def share(folder: Path) -> Holding:
    """Hold a store together with other programs that have it open.

    Raises:
        Trouble: `store.in_use` while a restore has it alone.
    """
    return _hold(folder, alone=False)


def take(folder: Path) -> Holding:
    """Hold a store alone.

    Raises:
        Trouble: `store.in_use` when any program has it open, this one included.
    """
    return _hold(folder, alone=True)


def _hold(folder: Path, *, alone: bool) -> Holding:
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    hold = Holding(handle)
    if _lock(handle, alone=alone) and _is_there(folder, handle):
        return hold
    hold.release()
    raise Trouble("store.in_use", folder=str(folder))


def _is_there(folder: Path, handle: int) -> bool:
    """False when the folder has been moved aside meanwhile: then this is a hold on something else."""
    try:
        return os.path.samestat(os.fstat(handle), (folder / FILE).stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, alone: bool) -> bool:
        """Lock one free byte, or all; false when others are in the way."""
        for start, length in [(0, _PROGRAMS)] if alone else [(one, 1) for one in range(_PROGRAMS)]:
            os.lseek(handle, start, os.SEEK_SET)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, length)
            except OSError:
                continue
            return True
        return False

else:
    import fcntl

    def _lock(handle: int, *, alone: bool) -> bool:
        """Lock the file, shared or alone; false when others are in the way."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _CANNOT
        return True
