"""Which complaints have a clock that runs, and which of them run out first. The read side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from gemba.domain.complaints import Complaint, Severity
from gemba.domain.record import Uid
from gemba.store.complaint_filters import WAITING, to_run_out
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader


def running(reader: Reader, severity: Severity | None = None, place: Uid | None = None) -> list[Uid]:
    """The complaints whose customers still wait, whether their clock is stopped or not, in the order they came here."""
    asked = select(complaint.c.uid).where(WAITING)
    if severity is not None:
        asked = asked.where(complaint.c.severity == severity)
    if place is not None:
        asked = asked.where(complaint.c.place.in_(places_below(reader, (place,))))
    return list(reader.connection.scalars(asked.order_by(complaint.c.id)))


def running_out(reader: Reader, before: datetime, most: int = 20) -> list[Complaint]:
    """The complaints whose clock runs out before a moment or has run out, the first first."""
    asked = select(complaint.c.uid).where(to_run_out(before)).order_by(complaint.c.due_at, complaint.c.id).limit(most)
    return list(reader.many(Complaint, list(reader.connection.scalars(asked))))


def how_many_run_out(reader: Reader, before: datetime) -> int:
    """How many there are of them."""
    asked = select(func.count()).select_from(complaint).where(to_run_out(before))
    return reader.connection.scalar(asked) or 0
