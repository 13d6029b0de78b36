"""Whether a place can be reached at all: cheap, and soon done."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from gemba.carriers.address import Sort, parse
from gemba.carriers.deadline import within
from gemba.errors import GembaError

SOON = 3.0
"""Seconds until a place counts as out of reach."""


def is_reachable(url: str, options: Mapping[str, Any] | None = None) -> bool:
    """True when the stick is there, the share is mounted, or the host answers; nothing is written and nobody signs in.

    Args:
        url: as for `gemba.carriers.place.open_place`.
        options: `endpoint` says where an S3-compatible store is.
    """
    try:
        address = parse(url)
        if address.sort is Sort.FOLDER:
            path = url2pathname(unquote(urlsplit(url).path)) if url.startswith("file:") else address.path
            return within(SOON, Path(path).expanduser().is_dir)  # a share that is gone lets everybody wait
        if address.sort is Sort.S3:
            address = parse(str((options or {}).get("endpoint") or "https://s3.amazonaws.com"))
        return within(2 * SOON, lambda: _answers(address.host, address.port or 443))
    except (OSError, GembaError):
        return False


def _answers(host: str, port: int) -> bool:
    with socket.create_connection((host, port), SOON):
        return True
