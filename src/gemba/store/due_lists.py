"""What is due, sort by sort, by the index of its day. The read side.

Every sort answers alike, so that a page of the calendar takes the first of each and merges them: none is read further
than the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, or_, select

from gemba.domain.due import Due
from gemba.domain.record import Uid
from gemba.store.due_source import NOTHING, Source
from gemba.store.list_filters import unindexed
from gemba.store.reading import Reader
from gemba.store.tables import place

_AT_ONCE = 500


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which of what is due is meant."""

    first: date | None = None
    last: date | None = None
    places: tuple[Uid, ...] | None = None
    """Only at these places."""
    person: Uid | None = None
    """Only what this person recorded, leads or audits."""
    late_on: date | None = None
    """Only what is overdue on this day; then what is late for longest comes first."""


def page(reader: Reader, source: Source, asked: Asked, most: int, after: int | None = None) -> list[Due]:
    """The first things of a sort, by day; those of the same day in the order in which they came here.

    Args:
        reader: of the store.
        source: of the sort.
        asked: which of them.
        most: how many.
        after: of the first day asked for, only those whose key comes after this one.
    """
    table, conditions = source.table, _conditions(source, asked)
    order = source.last if asked.late_on is not None else source.day
    if after is not None and asked.first is not None:
        conditions.append(or_(order > asked.first, table.c.id > after))
    keys = select(table.c.id).where(*conditions).order_by(order, table.c.id).limit(most)
    return lines(reader, source, list(reader.connection.scalars(keys)))


def keys_by_day(reader: Reader, source: Source, asked: Asked) -> list[tuple[date, int]]:
    """Day and key of all that is meant, in order; the last day of what is overdue."""
    order = source.last if asked.late_on is not None else source.day
    wanted = select(order.label("day"), source.table.c.id).where(*_conditions(source, asked))
    rows = reader.connection.execute(wanted.order_by(order, source.table.c.id))
    return [(_plain(row[0]), row[1]) for row in rows]


def count(reader: Reader, source: Source, asked: Asked) -> int:
    """How many there are."""
    wanted = select(func.count()).select_from(source.table).where(*_conditions(source, asked))
    return reader.connection.scalar(wanted) or 0


def first_of_days(reader: Reader, source: Source, asked: Asked, most: int) -> tuple[dict[date, int], list[Due]]:
    """How many there are on each day, and the first few of each."""
    table = source.table
    number = func.row_number().over(partition_by=source.day, order_by=table.c.id).label("n")
    total = func.count().over(partition_by=source.day).label("total")
    inner = select(table.c.id, source.day.label("day"), number, total).where(*_conditions(source, asked)).subquery()
    rows = list(reader.connection.execute(select(inner).where(inner.c.n <= most).order_by(inner.c.day, inner.c.n)))
    counts = {_plain(row.day): row.total for row in rows}
    return counts, lines(reader, source, [row.id for row in rows])


def lines(reader: Reader, source: Source, keys: Sequence[int]) -> list[Due]:
    """The things with these keys, in this order; those that are gone are left out."""
    found: dict[int, Due] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found |= {row.id: _due(source, row) for row in reader.connection.execute(_filled(source, some))}
    return [found[key] for key in keys if key in found]


def _filled(source: Source, keys: Sequence[int]) -> Select[Any]:
    table = source.table
    about = place.c.uid == source.place
    joined = source.joined(table).outerjoin(place, about)
    uid = table.c.uid if source.uid is None else source.uid
    return (
        select(
            table.c.id,
            uid.label("uid"),
            (NOTHING if source.uid is None else table.c.uid).label("made"),
            source.rests_on.label("rests_on"),
            source.title.label("title"),
            source.number.label("number"),
            source.owner.label("owner"),
            source.place.label("place_uid"),
            func.coalesce(place.c.name, "").label("place"),
            source.day.label("day"),
            source.last.label("last"),
        )
        .select_from(joined)
        .where(table.c.id.in_(keys))
    )


def _due(source: Source, row: Any) -> Due:
    return Due(
        sort=source.sort,
        key=row.id,
        noun=source.noun or str(source.table.name),
        uid=row.uid,
        title=row.title,
        number=row.number or "",
        place=row.place,
        place_uid=row.place_uid,
        owner=row.owner or "",
        day=_plain(row.day),
        last=_plain(row.last),
        made=row.made,
        rests_on=row.rests_on or "",
    )


def _conditions(source: Source, asked: Asked) -> list[ColumnElement[bool]]:
    # The index of the day is walked: SQLite cannot tell which is the better one.
    found = [source.held if source.is_indexed else unindexed(source.held)]
    order = source.last if asked.late_on is not None else source.day
    if asked.first is not None:
        found.append(order >= asked.first)
    if asked.last is not None:
        found.append(order <= asked.last)
    if asked.late_on is not None:
        found.append(source.last < asked.late_on)
    if asked.places is not None:
        found.append(unindexed(source.place.in_(asked.places)))
    if asked.person is not None:
        found.append(unindexed(or_(*(column == asked.person for column in source.whose))))
    return found


def _plain(value: Any) -> date:
    """A day as an expression of it comes back: SQLite gives some as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
