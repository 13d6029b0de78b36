"""Read a file that somebody named whole, after a look at what it is and how large: memory has an end."""

from __future__ import annotations

import stat
from pathlib import Path

from gemba.errors import Refusal

LARGEST = 400_000_000
"""Bytes that are read at most; nothing that is taken in whole is larger, unpacked workbooks included."""


def read_whole(file: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file; a pipe is read as far as it may go.

    Raises:
        Refusal: `work.no_file` for a device, `work.too_large_to_read`.
        OSError: it is not there or cannot be read; each room has a sentence of its own for that.
    """
    found = file.stat()
    if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        raise Refusal("work.no_file", file=str(file))
    if found.st_size > largest:
        raise _too_large(file, found.st_size, largest)
    with file.open("rb") as opened:
        # What a limit names is set aside at once; so only a pipe, whose length nobody knows, is read with one.
        data = opened.read() if stat.S_ISREG(found.st_mode) else opened.read(largest + 1)
    if len(data) > largest:
        raise _too_large(file, len(data), largest)
    return data


def _too_large(file: Path, size: int, largest: int) -> Refusal:
    return Refusal(
        "work.too_large_to_read", file=file.name, size=-(-size // 1_000_000), limit=max(1, largest // 1_000_000)
    )
