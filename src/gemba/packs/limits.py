"""How large a pack may be. The writer keeps to these limits, so that the reader can insist on them.

The inner zip stays below 4,000,000,000 bytes: it needs no zip64 (which old unzip programs cannot read), and the sealed
file fits on a USB stick formatted with FAT32, whose files end at 4 GiB. Whoever has more to send seals several packs.
"""

from __future__ import annotations

LARGEST_ZIP = 4_000_000_000
"""Bytes of the inner zip at most."""
MOST_FILES = 65_000
"""Files in a pack at most, those counted that travelled earlier; zip without zip64 can count to 65,534."""
LARGEST_OPERATIONS = 1 << 30
"""Bytes of `data/ops.ndjson` at most, unpacked."""
LARGEST_LINE = 16 << 20
"""Bytes of one operation at most."""
LARGEST_TAG = 16 << 20
"""Bytes of one tag file (manifest, fetch list ...) at most."""
STEEPEST = 100
"""How many times larger `data/ops.ndjson` may be than its packed form; signatures and ids do not pack ten times."""
ALWAYS_ALLOWED = 1 << 20
"""Bytes that are never held against `STEEPEST`."""
PIECE = 1 << 18
"""Bytes that are read at once."""


def is_bomb(packed: int, unpacked: int) -> bool:
    """True when `packed` bytes that claim to hold `unpacked` bytes are made to exhaust the reader."""
    return unpacked > LARGEST_OPERATIONS or unpacked > max(ALWAYS_ALLOWED, packed * STEEPEST)
