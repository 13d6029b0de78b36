"""A file that takes up room as long as there is plenty, so that on a full disk a person can still save."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

SIZE = 32 * 2**20
"""Bytes: room for many hours of answers."""

_PLENTY = 16
"""It is taken only where this many times its size is free."""
_NEED = 1 / 4
"""It is given up when less than this part of its size is free."""


class Reserve:
    """The reserve of one store.

    Args:
        folder: of the store.
        size: bytes; 0 keeps none.
    """

    def __init__(self, folder: Path, size: int = SIZE) -> None:
        self._folder = folder
        self._file = folder / "reserve"
        self._size = size
        self.given_up = False
        """Whether this program has given the room up."""

    def fill(self) -> None:
        """Take the room up, if there is plenty and it is not taken yet."""
        if self._size == 0 or self._file.exists() or shutil.disk_usage(self._folder).free < _PLENTY * self._size:
            return
        part = self._file.with_suffix(".part")
        with part.open("wb") as out:
            _take_room(out.fileno(), self._size)
        with suppress(FileNotFoundError):  # another process that opens the store has put it there
            part.replace(self._file)

    def free_in_need(self) -> None:
        """Give the room up when the disk is about to be full; cheap enough to ask before every write."""
        if self._file.exists() and shutil.disk_usage(self._folder).free < _NEED * self._size:
            self.free()

    def free(self) -> bool:
        """Give the room up.

        Returns:
            False when there was none to give.
        """
        try:
            self._file.unlink()
        except FileNotFoundError:
            return False
        self.given_up = True
        return True


def _take_room(file: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
        return
    for _ in range(size // 2**20):
        os.write(file, b"\0" * 2**20)
