"""The list of escalations, and which of them run out. The read side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select

from gemba.domain.complaint_clock import SOON, ClockState
from gemba.domain.escalations import Escalation, EscalationState, EscalationStepSort
from gemba.domain.record import Uid
from gemba.store.goal_tables import escalation, escalation_step
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Phase, Sort
from gemba.store.reading import Reader
from gemba.store.tables import place


class EscalationLine(Line, frozen=True, kw_only=True):
    """One escalation in a list."""

    number: str
    sort: str
    title: str
    place: str
    place_uid: Uid
    severity: str
    subject: str
    tier: int
    owner: str
    state: str
    raised_at: datetime
    due_at: datetime | None
    next_step: str
    next_by: date | None
    clock: str
    """A state of the tier's clock, `expired` for a decision whose last day has passed, `none` for others."""
    looked_at: int
    """How many reviews of leaders looked at it without a decision."""


OPEN = escalation.c.state == EscalationState.OPEN.value
DECIDED = escalation.c.state == EscalationState.DECIDED.value


def looked_at(uid: Any = escalation.c.uid) -> ColumnElement[int]:
    """How many reviews looked at an escalation."""
    sort = EscalationStepSort.LOOKED_AT.value
    asked = select(func.count()).select_from(escalation_step)
    return asked.where(escalation_step.c.sort == sort, escalation_step.c.escalation == uid).scalar_subquery()


EXPIRED = "expired"
DUE = (ClockState.OVERDUE.value, ClockState.SOON.value, EXPIRED)
"""What waits for somebody: clocks that have run out or do so within a day, decisions that hold no longer."""


def clock_conditions(reader: Reader) -> dict[str, ColumnElement[bool]]:
    """The conditions on escalations whose clocks stand so (`gemba.domain.escalation_moves.clock`)."""
    now, due = reader.clock(), escalation.c.due_at
    return {
        ClockState.OVERDUE.value: and_(OPEN, due <= now),
        ClockState.SOON.value: and_(OPEN, due > now, due <= now + SOON),
        ClockState.RUNNING.value: and_(OPEN, due > now + SOON),
        EXPIRED: and_(DECIDED, escalation.c.expires < now.date()),
    }


def _clock(reader: Reader) -> ColumnElement[str]:
    known = clock_conditions(reader).items()
    return case(*((held, literal(state)) for state, held in known), else_=literal(ClockState.NONE.value))


class ClockFilter(Filter, frozen=True):
    """Accepts escalations whose clock stands so."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row; words that are no state of a clock let nothing through."""
        known = clock_conditions(reader)
        return or_(false(), *(known[state] for state in known if state in values))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The states in which a clock runs, with the number of rows."""
        asked = select(func.count()).select_from(escalation)
        known = clock_conditions(reader).items()
        return [(state, reader.connection.scalar(asked.where(held)) or 0) for state, held in known]


class RunsOutFirst(Sort, frozen=True):
    """Sorts by when the tier's time runs out; what is open no more comes last, the newest first, whichever way."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows."""
        yield self._phase(descending, self.column.is_not(None))
        yield self._closed()

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line."""
        if getattr(last, self.field) is None:
            yield self._closed(self.table.c.id < last.id)
            return
        yield next(Sort.phases_after(self, last, descending=descending))
        yield self._closed()

    def _closed(self, *conditions: ColumnElement[bool]) -> Phase:
        held = (self.column.is_(None), *conditions)
        return Phase(held, (self.table.c.id,), descending=True, source=self.table, small=self.table)


ESCALATIONS = ListOf(
    EscalationLine,
    escalation,
    source=escalation.join(place, escalation.c.place == place.c.uid),
    columns={
        **{name: escalation.c[name] for name in EscalationLine.__struct_fields__ if name in escalation.c},
        "place": place.c.name,
        "place_uid": place.c.uid,
        "clock": _clock,
        "looked_at": looked_at(),
    },
    sorts={
        "due_at": RunsOutFirst(escalation, escalation.c.due_at, "due_at"),
        "raised_at": Sort(escalation, escalation.c.raised_at, "raised_at"),
        "number": Sort(escalation, escalation.c.number, "number"),
        "place": Named(escalation, escalation.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(escalation.c.place),
        "state": Filter(escalation.c.state),
        "sort": Scanned(escalation.c.sort),
        "severity": Scanned(escalation.c.severity),
        "owner": Scanned(escalation.c.owner),
        "clock": ClockFilter(escalation.c.due_at),
        "subject": Filter(escalation.c.subject),
    },
)
"""What higher tiers have to decide."""


def _to_run_out(before: datetime) -> ColumnElement[bool]:
    return and_(OPEN, escalation.c.due_at < before)


def running_out(reader: Reader, before: datetime, most: int = 20) -> list[Escalation]:
    """The open escalations whose clock runs out before a moment or has run out, the first first."""
    asked = select(escalation.c.uid).where(_to_run_out(before))
    asked = asked.order_by(escalation.c.due_at, escalation.c.id).limit(most)
    return list(reader.many(Escalation, list(reader.connection.scalars(asked))))


def how_many_run_out(reader: Reader, before: datetime) -> int:
    """How many there are of them."""
    return reader.connection.scalar(select(func.count()).select_from(escalation).where(_to_run_out(before))) or 0


def decisions_run_out(reader: Reader, today: date, most: int = 20) -> list[Escalation]:
    """The decisions whose last day has passed, the first first: they are to be decided anew, or let go."""
    asked = select(escalation.c.uid).where(DECIDED, escalation.c.expires < today)
    asked = asked.order_by(escalation.c.expires, escalation.c.id).limit(most)
    return list(reader.many(Escalation, list(reader.connection.scalars(asked))))


def passed_over(reader: Reader, since: datetime, most: int = 20) -> list[tuple[Escalation, str]]:
    """The open escalations that went past a tier lately, the last first, each with the role that is to be told."""
    step = escalation_step
    asked = select(step.c.escalation, step.c.owner).join(escalation, step.c.escalation == escalation.c.uid)
    asked = asked.where(step.c.sort == EscalationStepSort.SKIPPED.value, step.c.happened_at >= since, OPEN)
    rows = list(reader.connection.execute(asked.order_by(step.c.happened_at.desc(), step.c.id).limit(most)))
    found = {one.uid: one for one in reader.many(Escalation, [row[0] for row in rows])}
    return [(found[uid], owner) for uid, owner in rows if uid in found]
