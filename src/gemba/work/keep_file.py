"""Write a file for a person so that it is there whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

from gemba.durable import written
from gemba.errors import Trouble


def write_file(target: Path, data: bytes) -> None:
    """Write `data` under a passing name, make it durable, then give it its name.

    Raises:
        Trouble: the disk is full, or the folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with written(target) as file:
            file.write(data)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise Trouble("work.disk_full" if full else "work.cannot_write", file=str(target)) from error
