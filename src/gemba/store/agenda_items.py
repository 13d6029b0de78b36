"""What is open at a place and waits for a body: the first of each sort, and how many there are. The read side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, and_, exists, func, or_, select
from sqlalchemy.sql.elements import UnaryExpression

from gemba.domain.actions import ActionState
from gemba.domain.complaint_reviews import ReviewState
from gemba.domain.findings import NEEDS_ACTION, FindingState
from gemba.domain.measures import SignalState
from gemba.domain.places import Place
from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.domain.rotations import CommitmentState
from gemba.store.audit_tables import audit
from gemba.store.complaint_tables import complaint_review
from gemba.store.escalation_lists import OPEN
from gemba.store.goal_tables import escalation
from gemba.store.improvement_tables import commitment
from gemba.store.list_filters import places_below
from gemba.store.measure_tables import measure, signal
from gemba.store.reading import Reader
from gemba.store.tables import action, finding

Condition = Callable[[date], ColumnElement[bool]]


class _Waits(msgspec.Struct, frozen=True):
    """What of one noun waits, and the first of it first."""

    key: Column[Any]
    place: Column[Any]
    held: Condition
    order: tuple[Column[Any] | UnaryExpression[Any], ...]
    joined: Any = None


def _late_actions(today: date) -> ColumnElement[bool]:
    rests = or_(action.c.snoozed_until.is_(None), action.c.snoozed_until <= today)
    return and_(action.c.state == ActionState.OPEN.value, action.c.due < today, rests)


def _late_promises(today: date) -> ColumnElement[bool]:
    return and_(commitment.c.state == CommitmentState.OPEN.value, commitment.c.due < today)


def _without_action(_today: date) -> ColumnElement[bool]:
    grades = [grade.value for grade in NEEDS_ACTION]
    nobody = ~exists().where(action.c.finding == finding.c.uid)
    return and_(finding.c.state == FindingState.OPEN.value, finding.c.grade.in_(grades), nobody)


_WAITS = {
    "escalation": _Waits(escalation.c.uid, escalation.c.place, lambda _: OPEN, (escalation.c.due_at, escalation.c.id)),
    "action": _Waits(action.c.uid, action.c.place, _late_actions, (action.c.due, action.c.id)),
    "commitment": _Waits(commitment.c.uid, commitment.c.place, _late_promises, (commitment.c.due, commitment.c.id)),
    "finding": _Waits(finding.c.uid, finding.c.place, _without_action, (finding.c.raised_at, finding.c.id)),
    "signal": _Waits(
        signal.c.uid,
        measure.c.place,
        lambda _: signal.c.state == SignalState.OPEN.value,
        (signal.c.raised_at, signal.c.id),
        signal.join(measure, signal.c.measure == measure.c.uid),
    ),
    "complaint_review": _Waits(
        complaint_review.c.uid,
        complaint_review.c.place,
        lambda _: complaint_review.c.state == ReviewState.OPEN.value,
        (complaint_review.c.drawn_at, complaint_review.c.id),
    ),
    "audit": _Waits(
        audit.c.uid,
        audit.c.place,
        lambda _: audit.c.state == AuditState.RESPONDING.value,
        (audit.c.planned_on, audit.c.id),
    ),
}


def places_around(reader: Reader, place: Uid) -> list[Uid]:
    """A place, all below it, and those above it."""
    around = dict.fromkeys(places_below(reader, (place,)))
    here = reader.get(Place, place)
    above: list[Uid] = []
    while here is not None and here.parent is not None and here.parent not in above:
        above.append(here.parent)
        here = reader.get(Place, here.parent)
    return [*around, *(one for one in above if one not in around)]


def waiting(reader: Reader, noun: str, place: Uid | None, today: date, most: int) -> tuple[list[Uid], int]:
    """What of a noun waits at a place and around it: the first so many, and how many there are.

    Args:
        reader: of the store.
        noun: a value of `gemba.domain.agendas.NOUN_OF`.
        place: with all below and above it; everywhere when `None`.
        today: what is late is so by this day.
        most: of the first ones.
    """
    waits = _WAITS[noun]
    held = [waits.held(today)]
    if place is not None:
        held.append(waits.place.in_(places_around(reader, place)))
    source = waits.joined if waits.joined is not None else waits.key.table
    asked = select(waits.key).select_from(source).where(*held).order_by(*waits.order).limit(most)
    found = list(reader.connection.scalars(asked))
    if len(found) < most:
        return found, len(found)
    count = reader.connection.scalar(select(func.count()).select_from(source).where(*held))
    return found, count or 0
