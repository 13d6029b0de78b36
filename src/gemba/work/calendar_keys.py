"""Keys of what the calendar has without a row of its own."""

from __future__ import annotations

import hashlib


def key_of(*parts: str) -> int:
    """A local key of what has no row of its own: the same each time it is reckoned."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:5], "big")
