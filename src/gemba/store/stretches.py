"""What stands in a stretch of the own journal: which records it touches, which kept bytes it names, how large it is.

Everything here costs as much as the stretch is long, however much the store holds besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select

from gemba.domain.nouns import BLOB_FIELDS, blobs_of
from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader

AROUND = 160
"""Bytes of a line of a pack beside header and parts: names of the parts and the signature."""


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of the own journal, both ends included."""

    epoch: str
    first_seq: int
    last_seq: int

    @property
    def is_empty(self) -> bool:
        """True when it holds no operation."""
        return self.last_seq < self.first_seq


class Written(msgspec.Struct, frozen=True):
    """One operation of a stretch, as far as its size goes."""

    seq: int
    size: int
    """Bytes of its line in a pack, or a few more."""


def touched(reader: Reader, stretch: Stretch) -> dict[str, list[Uid]]:
    """The records that a stretch says anything of, by noun, in the order in which it begins to."""
    table = tables.operation
    asked = select(table.c.noun, table.c.entity).where(_within(reader, stretch)).group_by(table.c.noun, table.c.entity)
    found: dict[str, list[Uid]] = {}
    for noun, entity in reader.connection.execute(asked.order_by(func.min(table.c.seq), table.c.entity)):
        found.setdefault(noun, []).append(entity)
    return found


def named_blobs(reader: Reader, stretch: Stretch) -> dict[str, int]:
    """SHA-256 of the kept bytes that a stretch names, each with the number of the operation that does so first."""
    table = tables.operation
    asked = (
        select(table.c.seq, table.c.noun, table.c.payload, table.c.personal)
        .where(_within(reader, stretch), table.c.noun.in_(list(BLOB_FIELDS)))
        .order_by(table.c.seq, table.c.id)
        .execution_options(yield_per=500)
    )
    found: dict[str, int] = {}
    for row in reader.connection.execute(asked):
        for sha256 in sorted(blobs_of(row.noun, _values(row.payload, row.personal))):
            found.setdefault(sha256, row.seq)
    return found


def written(reader: Reader, stretch: Stretch) -> Iterator[Written]:
    """The operations of a stretch in order, each with its size."""
    table = tables.operation
    sizes: Any = func.length(table.c.header)
    for part in (table.c.payload, table.c.personal):
        sizes = sizes + func.coalesce(func.length(part), 0)
    asked = select(table.c.seq, sizes.label("size")).where(_within(reader, stretch))
    for row in reader.connection.execute(asked.order_by(table.c.seq, table.c.id).execution_options(yield_per=500)):
        yield Written(row.seq, row.size + AROUND)


def _values(*parts: bytes | None) -> dict[str, Any]:
    """What the kept parts of an operation set; one that was erased sets nothing."""
    return {name: value for part in parts if part for name, value in msgspec.json.decode(part)["set"].items()}


def _within(reader: Reader, stretch: Stretch) -> ColumnElement[bool]:
    table = tables.operation
    return (
        (table.c.device == reader.device.id)
        & (table.c.epoch == stretch.epoch)
        & table.c.seq.between(stretch.first_seq, stretch.last_seq)
    )
