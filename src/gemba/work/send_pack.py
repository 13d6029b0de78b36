"""Send what headquarters does not hold yet: seal a pack, hand it to a carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gemba import __version__
from gemba.carriers import folder as folder_carrier
from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.packs.sealing import Sealed, SealRequest
from gemba.packs.sealing import seal as seal_pack
from gemba.store import journal, transit
from gemba.work.desk import Desk

HEADQUARTERS = "headquarters"


class SentPack(msgspec.Struct, frozen=True):
    """A pack and where it is."""

    sha256: str
    file: Path
    operations: int
    blobs: int
    size: int
