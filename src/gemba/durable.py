"""Files that are there whole or not at all, also after a power cut (a leaf).

A file is only as durable as the entry in its folder: content is synced under a passing name, renamed, and the folder
is synced too.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any


def make_durable(folder: Path) -> None:
    """Make what was named, renamed or taken away in a folder survive a power cut, where the system can.

    Raises:
        OSError: the folder is gone, or the disk reports an error.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def give_name(part: Path, file: Path) -> None:
    """Give a finished, synced file its name, durably; its folder is made if it is not there.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    if not file.parent.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        make_durable(file.parent.parent)
    part.replace(file)
    make_durable(file.parent)


def sync(file: IO[Any]) -> None:
    """Make what was written into an open file survive a power cut.

    Raises:
        OSError: the disk is full or reports an error; then nothing of it can be relied on.
    """
    file.flush()
    os.fsync(file.fileno())


def part_of(file: Path) -> Path:
    """The passing name of a file while it is being written.

    Raises:
        OSError: `file` is a folder, or no name at all.
    """
    if not file.name or file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    return file.with_name(file.name + ".part")


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A new content for a file: it stands durably under its name when the block ends, and nothing does if it fails.

    Args:
        file: its folder is there; what it held before is replaced at once.

    Raises:
        OSError: the disk is full or cannot be written; then the file is as it was.
    """
    part = part_of(file)
    try:
        with part.open("wb") as out:
            yield out
            sync(out)
        give_name(part, file)
    except BaseException:
        with suppress(OSError):  # the trouble is what is told
            part.unlink(missing_ok=True)
        raise
