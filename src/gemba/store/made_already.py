"""Which records of a noun are here, and which walks of routes were begun: asked for many at once. The read side."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from gemba.domain.escalations import Escalation, EscalationState
from gemba.domain.record import Uid
from gemba.store.goal_tables import escalation
from gemba.store.reading import Reader
from gemba.store.tables import TABLES, assessment

_AT_ONCE = 500


def here(reader: Reader, noun: str, uids: Iterable[Uid]) -> frozenset[Uid]:
    """Those of the uids of which a record of the noun is here."""
    table, wanted = TABLES[noun], sorted(set(uids))
    found: set[Uid] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found |= set(reader.connection.scalars(select(table.c.uid).where(table.c.uid.in_(some))))
    return frozenset(found)


def walked(reader: Reader, subjects: Collection[str]) -> dict[str, list[datetime]]:
    """When assessments of these subjects (`route:uid`) were begun, by subject."""
    found: dict[str, list[datetime]] = {}
    asked = select(assessment.c.subject, assessment.c.started_at).where(assessment.c.subject.in_(sorted(subjects)))
    for subject, started_at in reader.connection.execute(asked):
        found.setdefault(subject, []).append(started_at)
    return found


def clocks_until(reader: Reader, before: datetime, after: datetime | None = None) -> list[Escalation]:
    """The open escalations whose clock runs out before a moment, and not before another one."""
    asked = select(escalation.c.uid).where(
        escalation.c.state == EscalationState.OPEN.value, escalation.c.due_at < before
    )
    if after is not None:
        asked = asked.where(escalation.c.due_at >= after)
    asked = asked.order_by(escalation.c.due_at, escalation.c.id)
    return list(reader.many(Escalation, list(reader.connection.scalars(asked))))
