"""What a laptop tells headquarters in each pack: which publication it has, and which erasures it has carried out."""

from __future__ import annotations

import msgspec

from gemba.store import erasing, publications
from gemba.store.reading import Reader

DOCUMENT = "laptop.json"
"""Name of the document in a pack."""
LARGEST = 16 << 20
"""Bytes of it that are read at most."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How far a laptop has come with what headquarters sent."""

    publication: int = 0
    """Version of the last publication that it took in whole; 0: none."""
    erasures: tuple[str, ...] = ()
    """Uids of the erasures that hold there."""


def tell(reader: Reader, headquarters: str) -> bytes:
    """The document.

    Args:
        reader: of the laptop's store.
        headquarters: id of the headquarters that the pack is for.
    """
    newest = publications.newest(reader, headquarters)
    taken = newest.version if newest is not None and newest.taken_at is not None else 0
    erasures = tuple(sorted(erasing.carried_out(reader)))
    return msgspec.json.encode(Told(publication=taken, erasures=erasures))


def read_told(data: bytes) -> Told:
    """What a document says; nothing, when it is not as it should be: no pack is refused for it."""
    try:
        return msgspec.json.decode(data, type=Told)
    except (msgspec.DecodeError, RecursionError):
        return Told()
