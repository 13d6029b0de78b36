"""Complaints whose time may have come: those that were closed long ago, and those with a day to be deleted by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec
from sqlalchemy import exists, func, or_, select

from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.complaint_tables import complaint
from gemba.store.reading import Reader


class Candidate(msgspec.Struct, frozen=True):
    """What decides on one complaint."""

    uid: Uid
    number: str
    place: Uid | None
    purpose: str
    closed_at: datetime | None
    delete_by: date | None


def candidates(reader: Reader, today: date, closed_before: datetime | None) -> Iterator[Candidate]:
    """Complaints that were not erased and whose day has come, or that were closed before a moment; by their lots.

    Args:
        reader: must stay open.
        today: a day to be deleted by that is not later has come.
        closed_before: `None` when no rule asks for anything.
    """
    table, erased = complaint, tables.erased
    day_has_come = table.c.delete_by <= today
    long_ago = or_(day_has_come, table.c.closed_at <= closed_before) if closed_before is not None else day_has_come
    gone = exists().where(erased.c.entity == table.c.uid, erased.c.noun == "complaint")
    columns = (table.c[name] for name in Candidate.__struct_fields__)
    asked = select(*columns).where(long_ago, ~gone).order_by(table.c.lot, table.c.id).execution_options(yield_per=1000)
    for row in reader.connection.execute(asked):
        yield Candidate(*row)


def without_a_day(reader: Reader) -> int:
    """Closed complaints that have no day to be deleted by; whether a rule holds for them is asked elsewhere."""
    asked = select(func.count()).where(complaint.c.delete_by.is_(None), complaint.c.closed_at.is_not(None))
    return reader.connection.scalar(asked) or 0
