"""How decisions stand to their boundaries, counted by month, role, scenario and place. The read side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, extract, func, or_, select

from gemba.domain.decisions import Standing
from gemba.domain.record import Uid
from gemba.store.goal_tables import decision
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader


class StandingCount(msgspec.Struct, frozen=True):
    """Decisions that stand alike."""

    month: str
    """`2026-11`."""
    role: str
    place: Uid
    standing: Standing
    count: int


class CaseCount(msgspec.Struct, frozen=True):
    """Decisions of one scenario and role."""

    scenario: str
    role: str
    standing: Standing
    exception: str
    count: int
    last: date
    """Day of the latest."""


def by_month(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> list[StandingCount]:
    """Decisions by month, role, place and standing.

    Args:
        reader: of the store.
        begins: first day.
        ends: last day.
        place: that place and all below it; all places when left out.
    """
    on = decision.c.decided_on
    year, month = extract("year", on), extract("month", on)
    names = (decision.c.role, decision.c.place, decision.c.standing)
    asked = (
        select(year.label("year"), month.label("month"), *names, func.count().label("n"))
        .where(*_conditions(reader, begins, ends, place))
        .group_by(year, month, *names)
    )
    return [
        StandingCount(f"{int(row.year):04d}-{int(row.month):02d}", row.role, row.place, Standing(row.standing), row.n)
        for row in reader.connection.execute(asked)
    ]


def by_case(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> list[CaseCount]:
    """Decisions by scenario, role, standing and the exception standard that they follow.

    Args: as `by_month`.
    """
    names = (decision.c.scenario, decision.c.role, decision.c.standing, decision.c.exception)
    asked = (
        select(*names, func.count().label("n"), func.max(decision.c.decided_on).label("last"))
        .where(*_conditions(reader, begins, ends, place))
        .group_by(*names)
    )
    return [
        CaseCount(row.scenario, row.role, Standing(row.standing), row.exception, row.n, row.last)
        for row in reader.connection.execute(asked)
    ]


def without_boundary(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> list[tuple[str, ...]]:
    """Decisions that follow a standard or had no boundary: uid, scenario, role and the standard, the oldest first.

    Args: as `by_month`.
    """
    c = decision.c
    asked = select(c.uid, c.scenario, c.role, c.exception).where(*_conditions(reader, begins, ends, place))
    asked = asked.where(or_(c.exception != "", c.standing == Standing.UNBOUNDED)).order_by(c.decided_on, c.uid)
    return [tuple(row) for row in reader.connection.execute(asked)]


def roles(reader: Reader) -> Sequence[str]:
    """The roles that decisions name, as they are written, the most frequent first."""
    asked = select(decision.c.role, func.count().label("n")).group_by(decision.c.role)
    rows = [(row[0], row[1]) for row in reader.connection.execute(asked)]
    return [role for role, _ in sorted(rows, key=lambda one: (-one[1], one[0]))]


def _conditions(reader: Reader, begins: date, ends: date, place: Uid | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [decision.c.decided_on.between(begins, ends)]
    if place is not None:
        found.append(decision.c.place.in_(places_below(reader, (place,))))
    return found
