"""The evidence of a store that looks like a picture."""

from __future__ import annotations

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
    if not likeness:
        return []
    table, wanted = TABLES["evidence"], int(likeness, 16)
    rows = reader.connection.execute(select(table.c.id, table.c.likeness).where(table.c.likeness > ""))  # by its index
    near = {row.id: bits for row in rows if (bits := (int(row.likeness, 16) ^ wanted).bit_count()) <= within}
    if not near:
        return []
    uids = reader.connection.execute(select(table.c.id, table.c.uid).where(table.c.id.in_(list(near)[:500])))
    found = [(near[row.id], reader.get(Evidence, row.uid)) for row in uids]
    alike = [Alike(item, bits) for bits, item in found if item is not None and not item.removed]
    return sorted(alike, key=lambda each: (each.bits, each.evidence.uid))
