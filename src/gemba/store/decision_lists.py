"""The list of local decisions. The read side."""

from __future__ import annotations

from datetime import date, timedelta
from string import ascii_lowercase, ascii_uppercase
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from gemba.domain.decisions import Standing
from gemba.domain.quarters import days_of, quarter_of
from gemba.domain.record import Uid
from gemba.store.goal_tables import decision, goal
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, YesNo
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Sort
from gemba.store.reading import Reader
from gemba.store.tables import place

SOON = timedelta(days=30)
"""How long before its last day a decision is told to expire."""


class DecisionLine(Line, frozen=True, kw_only=True):
    """One decision in a list."""

    number: str
    title: str
    place: str
    place_uid: Uid
    role: str
    scenario: str
    decided_on: date
    standing: Standing
    amount: float | None
    unit: str
    customers: int | None
    goal: str
    """Title of the commitment; empty for none."""
    goal_uid: Uid | None
    contradicts: bool
    escalated: bool
    exception: str
    expires: date | None
    source: str


class QuarterFilter(Filter, frozen=True):
    """Accepts days of a quarter (`2026-Q4`) or of a month (`2026-11`)."""

    indexed: ClassVar[bool] = False
    is_span: ClassVar[bool] = True

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row.

        Raises:
            Refusal: `domain.quarter` for what is neither.
        """
        spans = [_days(value) for value in values]
        conditions = [self.column.between(begins, ends) for begins, ends in spans]
        return conditions[0] if len(conditions) == 1 else or_(false(), *conditions)

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The quarters that occur, the latest first."""
        first, last = reader.connection.execute(select(func.min(self.column), func.max(self.column))).one()
        found: list[tuple[Any, int]] = []
        while last is not None and last >= first and len(found) < _MOST_QUARTERS:
            begins, ends = days_of(quarter_of(last))
            asked = select(func.count()).where(self.column.between(begins, ends))
            if count := reader.connection.scalar(asked):
                found.append((quarter_of(begins), count))
            last = begins - timedelta(days=1)
        return found


class GoalFilter(Scanned, frozen=True):
    """Accepts decisions on a goal by its code, whichever version or adaptation, or on one very goal by its uid."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        asked = select(goal.c.uid).where(or_(goal.c.code.in_(values), goal.c.uid.in_(values)))
        return self.column.in_(list(reader.connection.scalars(asked)))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The codes that occur, the most frequent first."""
        counted = (
            select(goal.c.code, func.count().label("n"))
            .select_from(decision.join(goal, self.column == goal.c.uid))
            .group_by(goal.c.code)
        )
        rows = [(row[0], row[1]) for row in reader.connection.execute(counted)]
        return sorted(rows, key=lambda one: (-one[1], one[0]))


class ExpiryFilter(Filter, frozen=True):
    """Accepts decisions that have expired (`expired`) or will within a month (`soon`)."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row; other words let nothing through."""
        today = reader.clock().date()
        known = {
            "expired": and_(self.column.is_not(None), self.column < today),
            "soon": self.column.between(today, today + SOON),
        }
        return or_(false(), *(known[value] for value in values if value in known))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """Both with the number of rows."""
        asked = select(func.count()).select_from(decision)
        counts = [
            (value, reader.connection.scalar(asked.where(self.condition(reader, (value,)))) or 0)
            for value in ("soon", "expired")
        ]
        return [(value, count) for value, count in counts if count]


class Plainly(Scanned, frozen=True):
    """Accepts words whatever their case: roles and scenarios are compared so everywhere."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row; SQLite knows the case of A to Z only."""
        small = {form for value in values for form in (value.lower(), value.translate(_A_TO_Z))}
        return func.lower(self.column).in_(sorted(small))


def _days(value: str) -> tuple[date, date]:
    year, _, month = value.partition("-")
    if len(value) == 7 and month.isdigit() and year.isdigit() and 1 <= int(month) <= 12:
        begins = date(int(year), int(month), 1)
        return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return days_of(value)


_MOST_QUARTERS = 40
_A_TO_Z = str.maketrans(ascii_uppercase, ascii_lowercase)

DECISIONS = ListOf(
    DecisionLine,
    decision,
    source=decision.join(place, decision.c.place == place.c.uid).outerjoin(goal, decision.c.goal == goal.c.uid),
    columns={
        **{name: decision.c[name] for name in DecisionLine.__struct_fields__ if name in decision.c},
        "place": place.c.name,
        "place_uid": decision.c.place,
        "goal": func.coalesce(goal.c.title, ""),
        "goal_uid": decision.c.goal,
    },
    sorts={
        "decided_on": Sort(decision, decision.c.decided_on, "decided_on"),
        "number": Sort(decision, decision.c.number, "number"),
        "place": Named(decision, decision.c.place, "place", place),
        "expires": Sort(decision, decision.c.expires, "expires"),
    },
    filters={
        "place": PlaceFilter(decision.c.place),
        "quarter": QuarterFilter(decision.c.decided_on),
        "standing": Filter(decision.c.standing),
        "role": Plainly(decision.c.role),
        "scenario": Plainly(decision.c.scenario),
        "goal": GoalFilter(decision.c.goal),
        "contradicts": YesNo(decision.c.contradicts),
        "expires": ExpiryFilter(decision.c.expires),
        "exception": Scanned(decision.c.exception),
        "source": Scanned(decision.c.source),
    },
)
"""What sites decided by themselves."""
