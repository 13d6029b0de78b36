"""What two auditors said of the same decisions, counted across audits; only of audits in which both have handed in."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import and_, func, select

from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.store.audit_tables import audit, judgement
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader
from gemba.store.tables import person

_lead = judgement.alias("lead")
_second = judgement.alias("second")


class Together(msgspec.Struct, frozen=True):
    """How often two auditors gave these verdicts to the same decision against the same goal."""

    lead: Uid
    second: Uid
    goal: Uid
    lead_verdict: str
    second_verdict: str
    n: int


def together(reader: Reader, quarters: tuple[str, ...] = (), place: Uid | None = None) -> list[Together]:
    """All that was judged by two, counted.

    Args:
        reader: of the store.
        quarters: of the audits, `2026-Q4`; empty for all.
        place: only audits of that place and all below it.
    """
    a, b = _lead.c, _second.c
    same = and_(b.audit == a.audit, b.decision == a.decision, b.goal == a.goal, b.auditor == audit.c.second)
    asked = (
        select(a.auditor, b.auditor, a.goal, a.verdict, b.verdict, func.count())
        .select_from(audit)
        # By the audit: each auditor has thousands of judgements in others.
        .join(_lead, and_(a.audit == audit.c.uid, unindexed(a.auditor) == audit.c.auditor))
        .join(_second, same)
        .where(audit.c.second.is_not(None), audit.c.state != AuditState.CANCELLED.value)
        .where(a.handed_in_at.is_not(None), b.handed_in_at.is_not(None))
        .where(a.taken_back.is_(False), b.taken_back.is_(False))
        .group_by(a.auditor, b.auditor, a.goal, a.verdict, b.verdict)
    )
    if quarters:
        asked = asked.where(audit.c.quarter.in_(quarters))
    if place is not None:
        asked = asked.where(audit.c.place.in_(places_below(reader, (place,))))
    return [Together(*row) for row in reader.connection.execute(asked)]


def names(reader: Reader) -> Mapping[Uid, str]:
    """What people are called."""
    return {row[0]: row[1] for row in reader.connection.execute(select(person.c.uid, person.c.name))}
