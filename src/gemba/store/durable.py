"""Making names survive a power cut: a file is only as durable as the entry in its folder."""

from __future__ import annotations

import os
from pathlib import Path


def make_durable(folder: Path) -> None:
    """Make what was named, renamed or taken away in a folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def give_name(part: Path, file: Path) -> None:
    """Give a finished, synced file its name, durably; its folder is made if it is not there."""
    if not file.parent.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        make_durable(file.parent.parent)
    part.replace(file)
    make_durable(file.parent)
