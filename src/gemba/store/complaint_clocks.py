"""Which complaints have a clock that runs, and which of them run out first. The read side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from gemba.domain.complaint_steps import UNTOLD
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.record import Uid
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader


def running(reader: Reader, severity: Severity | None = None, place: Uid | None = None) -> list[Uid]:
    """The complaints whose customers still wait, whether their clock is stopped or not, in the order they came here."""
    asked = select(complaint.c.uid).where(complaint.c.state.in_(UNTOLD))
    if severity is not None:
        asked = asked.where(complaint.c.severity == severity)
    if place is not None:
        asked = asked.where(complaint.c.place.in_(places_below(reader, (place,))))
    return list(reader.connection.scalars(asked.order_by(complaint.c.id)))


def running_out(reader: Reader, before: datetime, most: int = 20) -> list[Complaint]:
    """The complaints whose clock runs out before a moment or has run out, the first first."""
    asked = select(complaint.c.uid).where(*waits(before)).order_by(complaint.c.due_at, complaint.c.id).limit(most)
    return list(reader.many(Complaint, list(reader.connection.scalars(asked))))


def how_many_run_out(reader: Reader, before: datetime) -> int:
    """How many there are of them."""
    asked = select(func.count()).select_from(complaint).where(*waits(before))
    return reader.connection.scalar(asked) or 0


def waits(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on a complaint whose clock runs out before a moment: it has a target and is not stopped."""
    return (
        complaint.c.due_at < before,
        unindexed(complaint.c.state).in_(UNTOLD),
        unindexed(complaint.c.paused).is_(False),
    )
