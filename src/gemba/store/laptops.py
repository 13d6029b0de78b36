"""What is here of each laptop: its packs, its journal, and what of it is missing. For headquarters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import func, select

from gemba.store import journal
from gemba.store import journal_tables as tables
from gemba.store.journal import Gap
from gemba.store.reading import Reader


class Arrived(msgspec.Struct, frozen=True):
    """The packs of one laptop."""

    packs: int
    last: datetime
    """When the last one was taken in."""


class Stretches(msgspec.Struct, frozen=True):
    """What is here of a device's journal."""

    operations: int
    gaps: tuple[Gap, ...]
    forks: int
    """Numbers that were given to different operations."""
    whole: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    """Epochs, each with the stretches `(first, last)` that are here without a gap; those with forks are left out, for
    a number does not say there which operation it stands for."""


def arrived(reader: Reader) -> dict[str, Arrived]:
    """The packs that were taken in, by device."""
    table = tables.taken_in
    asked = select(table.c.device, func.count().label("packs"), func.max(table.c.taken_at).label("last"))
    return {
        row.device: Arrived(row.packs, row.last) for row in reader.connection.execute(asked.group_by(table.c.device))
    }


def stretches(reader: Reader) -> dict[str, Stretches]:
    """What is here of the journal of each device but this store's own: one walk over an index that holds it all."""
    table = tables.operation
    asked = (
        select(
            table.c.device,
            table.c.epoch,
            func.count().label("rows"),
            func.count(table.c.seq.distinct()).label("numbers"),
            func.max(table.c.seq).label("last"),
        )
        .where(table.c.device != reader.device.id)
        .group_by(table.c.device, table.c.epoch)
        .order_by(table.c.device, table.c.epoch)
    )
    found: dict[str, Stretches] = {}
    for row in reader.connection.execute(asked).all():
        before = found.get(row.device, Stretches(0, (), 0))
        gaps = tuple(journal.gaps(reader, row.device, row.epoch)) if row.last > row.numbers else ()
        here = ((row.epoch, _between(gaps, row.last)),) if row.rows == row.numbers else ()
        found[row.device] = Stretches(
            before.operations + row.rows, before.gaps + gaps, before.forks + row.rows - row.numbers, before.whole + here
        )
    return found


def _between(gaps: Iterable[Gap], last: int) -> tuple[tuple[int, int], ...]:
    """What is here from number 1 to the last one, but for the gaps (in order)."""
    found, first = [], 1
    for gap in gaps:
        if first < gap.first_seq:
            found.append((first, gap.first_seq - 1))
        first = gap.last_seq + 1
    return (*found, (first, last))


def totals(reader: Reader) -> tuple[int, int]:
    """Packs that were taken in, and operations in the journal."""
    packs = reader.connection.scalar(select(func.count()).select_from(tables.taken_in))
    operations = reader.connection.scalar(select(func.count()).select_from(tables.operation))
    return packs or 0, operations or 0
