"""The evidence of a store that looks like a picture."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import select

from gemba.domain.evidence import Evidence
from gemba.store.likeness import WITHIN
from gemba.store.reading import Reader
from gemba.store.tables import TABLES


class Alike(msgspec.Struct, frozen=True):
    """A piece of evidence that looks like another picture."""

    evidence: Evidence
    bits: int
    """In how many of the 64 bits they differ."""


def look_alikes(reader: Reader, likeness: str, within: int = WITHIN) -> list[Alike]:
    """The evidence of the store that looks like a picture, the most alike first; what was removed is left out.

    Args:
        reader: of the store.
        likeness: of the picture; for an empty one nothing is found.
        within: bits that may differ.
    """
    return look_alikes_of(reader, [likeness], within)[likeness] if likeness else []


def look_alikes_of(reader: Reader, likenesses: Collection[str], within: int = WITHIN) -> dict[str, list[Alike]]:
    """The same for several pictures, with one look through all that the store has."""
    wanted = {likeness: int(likeness, 16) for likeness in likenesses if likeness}
    near: dict[str, dict[int, int]] = {likeness: {} for likeness in wanted}
    table = TABLES["evidence"]
    asked = select(table.c.id, table.c.likeness).where(table.c.likeness > "")  # by its index
    for key, likeness in reader.connection.execute(asked) if wanted else ():
        seen = int(likeness, 16)
        for one, sought in wanted.items():
            if (bits := (seen ^ sought).bit_count()) <= within:
                near[one][key] = bits
    return {likeness: _alike(reader, bits) for likeness, bits in near.items()}


def _alike(reader: Reader, near: dict[int, int]) -> list[Alike]:
    if not near:
        return []
    table = TABLES["evidence"]
    uids = reader.connection.execute(select(table.c.id, table.c.uid).where(table.c.id.in_(list(near)[:500])))
    found = [(near[row.id], reader.get(Evidence, row.uid)) for row in uids]
    alike = [Alike(item, bits) for bits, item in found if item is not None and not item.removed]
    return sorted(alike, key=lambda each: (each.bits, each.evidence.uid))
