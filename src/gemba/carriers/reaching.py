"""Whether a place can be reached at all: cheap, and soon done."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from gemba.carriers.address import Sort, folder_of, parse
from gemba.carriers.deadline import within
from gemba.errors import GembaError

SOON = 3.0
"""Seconds until a place counts as out of reach."""


def is_reachable(url: str, options: Mapping[str, Any] | None = None) -> bool:
    """True when the stick is there, the share is mounted, or the host answers; nothing is written and nobody signs in.

    Args:
        url: as for `gemba.carriers.place.open_place`.
        options: `endpoint` says where an S3-compatible store is, `mount` where a medium must be mounted.
    """
    try:
        address = parse(url)
        if address.sort is Sort.FOLDER:
            mount = str((options or {}).get("mount") or "")
            folder = folder_of(address)  # a share that is gone lets everybody wait
            return within(SOON, lambda: folder.is_dir() and is_mounted(mount))
        if address.sort is Sort.S3:
            address = parse(str((options or {}).get("endpoint") or "https://s3.amazonaws.com"))
        return within(2 * SOON, lambda: _answers(address.host, address.port or 443))
    except (OSError, GembaError):
        return False


def _answers(host: str, port: int) -> bool:
    with socket.create_connection((host, port), SOON):
        return True


def mount_of(folder: Path) -> str:
    """Where the medium is mounted on which a folder lies; empty when that is the system's own disk."""
    for each in (folder, *folder.parents):
        with suppress(OSError):  # a name that no system takes is told when the folder is opened
            if each != Path(each.anchor) and each.is_mount():
                return str(each)
    return ""


def is_mounted(mount: str) -> bool:
    """True when a medium is mounted there, or none needs to be."""
    return not mount or Path(mount).is_mount()
