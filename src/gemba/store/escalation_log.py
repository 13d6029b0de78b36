"""What leaders have to decide, and what they decided in a time: one question to the database. The read side."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from sqlalchemy import and_, func, or_, select

from gemba.domain.escalations import EscalationStepSort
from gemba.domain.record import Uid
from gemba.store.escalation_lists import OPEN
from gemba.store.goal_tables import escalation, escalation_step
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import place


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One escalation in the log; no person is in it."""

    uid: Uid
    number: str
    title: str
    place: str
    sort: str
    severity: str
    tier: int
    owner: str
    asked: str
    state: str
    outcome: str
    decided_by: str
    decided_at: datetime | None
    expires: date | None
    raised_at: datetime
    due_at: datetime | None
    next_step: str
    next_by: date | None
    looked_at: int = 0
    """Reviews that have looked at it until then."""


_COLUMNS = tuple(name for name in LogLine.__struct_fields__ if name != "looked_at")
_LOOKED_AT = escalation_step.c.sort == EscalationStepSort.LOOKED_AT.value


def log_lines(reader: Reader, begins: datetime, ends: datetime, within: Uid | None = None) -> list[LogLine]:
    """What was open at the end of a time, and what was decided or withdrawn in it.

    Args:
        reader: of the store.
        begins: first moment.
        ends: the moment after the last.
        within: only at this place or below it.
    """
    among = and_(escalation.c.raised_at < ends, or_(OPEN, escalation.c.decided_at >= begins))
    if within is not None:
        among = and_(among, escalation.c.place.in_(places_below(reader, (within,))))
    columns = [place.c.name.label("place") if name == "place" else escalation.c[name] for name in _COLUMNS]
    asked = select(*columns).join_from(escalation, place, escalation.c.place == place.c.uid).where(among)
    counted = _times_looked_at(reader, ends)
    rows = reader.connection.execute(asked)
    return [LogLine(**row._mapping, looked_at=counted.get(row.uid, 0)) for row in rows]  # noqa: SLF001 - its public way


def last_review(reader: Reader, before: datetime) -> datetime | None:
    """When leaders last looked at escalations; `None` when they never did."""
    found = select(func.max(escalation_step.c.happened_at)).where(_LOOKED_AT, escalation_step.c.happened_at < before)
    moment: datetime | None = reader.connection.scalar(found)
    return moment


def open_uids(reader: Reader, within: Uid | None = None) -> list[Uid]:
    """The open escalations, those that were raised first first."""
    asked = select(escalation.c.uid).where(OPEN)
    if within is not None:
        asked = asked.where(escalation.c.place.in_(places_below(reader, (within,))))
    return list(reader.connection.scalars(asked.order_by(escalation.c.raised_at, escalation.c.id)))


def _times_looked_at(reader: Reader, ends: datetime) -> dict[Uid, int]:
    asked = select(escalation_step.c.escalation, func.count()).where(_LOOKED_AT, escalation_step.c.happened_at < ends)
    rows = reader.connection.execute(asked.group_by(escalation_step.c.escalation))
    return {row[0]: row[1] for row in rows}
