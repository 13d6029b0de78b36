"""Where the days come from on which something ends, rests no longer, or has to go. The read side.

What nobody follows counts as given up a quarter after its end: then it is no longer called overdue.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from sqlalchemy import and_, exists, func, or_, select

from gemba.domain.actions import ActionState
from gemba.domain.due import DueSort
from gemba.domain.escalations import EscalationState
from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.store.audit_tables import agreed_verdict, audit, judgement
from gemba.store.complaint_tables import complaint
from gemba.store.due_source import Source
from gemba.store.goal_tables import boundary, decision, escalation, service_level
from gemba.store.journal_tables import erased
from gemba.store.reading import Reader
from gemba.store.tables import action

GIVEN_UP = timedelta(days=92)
"""A quarter."""

_later = decision.alias("later")
_wider = boundary.alias("wider")


def ends(today: date) -> tuple[Source, ...]:
    """Where all that ends on a day comes from.

    Args:
        today: by the clock of this laptop.
    """
    since = today - GIVEN_UP
    return (_next_steps(), _rests(today), *_held(since), _deletions())


class AgreedEnd(msgspec.Struct, frozen=True):
    """What two auditors of a concluded audit let pass until a day."""

    uid: Uid
    audit: Uid
    title: str
    number: str
    place: Uid
    until: date


def agreed_ends(reader: Reader, today: date) -> list[AgreedEnd]:
    """Such agreements that are not given up; there are few beside all judgements."""
    v = agreed_verdict.c
    asked = (
        select(v.uid, v.audit, decision.c.title, decision.c.number, decision.c.place, v.exception_until)
        .join(decision, v.decision == decision.c.uid)
        .join(audit, v.audit == audit.c.uid)
        .where(v.exception_until >= today - GIVEN_UP, audit.c.state == AuditState.CONCLUDED.value)
        .order_by(v.id)
    )
    return [AgreedEnd(*row) for row in reader.connection.execute(asked)]


def _next_steps() -> Source:
    table = escalation
    return Source(
        sort=DueSort.NEXT_STEP,
        table=table,
        day=table.c.next_by,
        last=table.c.next_by,
        held=and_(table.c.state == EscalationState.OPEN.value, table.c.next_by.is_not(None)),
        title=func.coalesce(func.nullif(table.c.next_step, ""), table.c.title),
        number=table.c.number,
        owner=table.c.owner,
        place=table.c.place,
        whose=(table.c.person,),
    )


def _rests(today: date) -> Source:
    table = action
    return Source(
        sort=DueSort.REST,
        table=table,
        day=table.c.snoozed_until,
        last=table.c.snoozed_until,
        held=and_(table.c.state == ActionState.OPEN.value, table.c.snoozed_until >= today),
        title=table.c.text,
        number=table.c.number,
        owner=table.c.owner,
        place=table.c.place,
        whose=(table.c.person,),
    )


def _held(since: date) -> tuple[Source, ...]:
    """What holds until a day and is to be decided anew."""
    said_anew = exists().where(
        _later.c.place == decision.c.place,
        _later.c.role == decision.c.role,
        _later.c.scenario == decision.c.scenario,
        _later.c.decided_on > decision.c.decided_on,
    )
    set_anew = exists().where(
        func.lower(_wider.c.scenario) == func.lower(boundary.c.scenario),
        func.lower(_wider.c.role) == func.lower(boundary.c.role),
        func.coalesce(_wider.c.place, "") == func.coalesce(boundary.c.place, ""),
        _wider.c.valid_from > boundary.c.valid_from,
        _wider.c.retired.is_(False),
    )
    agreed = exists().where(
        agreed_verdict.c.audit == judgement.c.audit,
        agreed_verdict.c.decision == judgement.c.decision,
        agreed_verdict.c.goal == judgement.c.goal,
    )
    concluded = exists().where(audit.c.uid == judgement.c.audit, audit.c.state == AuditState.CONCLUDED.value)
    return (
        Source(
            sort=DueSort.RULING,
            table=decision,
            day=decision.c.expires,
            last=decision.c.expires,
            held=and_(decision.c.expires >= since, or_(decision.c.scenario == "", ~said_anew)),
            title=decision.c.title,
            number=decision.c.number,
            owner=decision.c.role,
            place=decision.c.place,
            whose=(decision.c.person, decision.c.decider),
        ),
        Source(
            sort=DueSort.BOUNDARY,
            table=boundary,
            day=boundary.c.valid_to,
            last=boundary.c.valid_to,
            held=and_(boundary.c.valid_to >= since, boundary.c.retired.is_(False), ~set_anew),
            title=boundary.c.title,
            owner=boundary.c.role,
            place=boundary.c.place,
            whose=(boundary.c.person,),
        ),
        Source(
            sort=DueSort.LEVEL_END,
            table=service_level,
            day=service_level.c.valid_to,
            last=service_level.c.valid_to,
            held=and_(service_level.c.valid_to >= since, service_level.c.retired.is_(False)),
            title=service_level.c.title,
            owner=service_level.c.owner,
            place=service_level.c.place,
            whose=(service_level.c.person,),
        ),
        Source(
            sort=DueSort.EXCEPTION,
            table=judgement,
            day=judgement.c.exception_until,
            last=judgement.c.exception_until,
            # What is judged is told of only when the audit is over; what two agreed on took its place.
            held=and_(judgement.c.exception_until >= since, judgement.c.is_lead.is_(True), concluded, ~agreed),
            title=decision.c.title,
            number=decision.c.number,
            place=judgement.c.place,
            whose=(judgement.c.auditor,),
            joined=lambda table: table.join(decision, judgement.c.decision == decision.c.uid),
            noun="audit",
            uid=judgement.c.audit,
        ),
    )


def _deletions() -> Source:
    table = complaint
    gone = exists().where(erased.c.entity == table.c.uid, erased.c.noun == "complaint")
    return Source(
        sort=DueSort.DELETION,
        table=table,
        day=table.c.delete_by,
        last=table.c.delete_by,
        held=and_(table.c.delete_by.is_not(None), ~gone),
        title=table.c.number,
        place=table.c.place,
        whose=(table.c.person,),
    )
