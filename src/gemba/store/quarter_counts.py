"""What happened in a stretch of time: clocks kept, findings raised, actions done; counted by the database."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Column, ColumnElement, case, func, select

from gemba.domain.actions import ActionState, Effect
from gemba.domain.record import Uid
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import action, finding

Stretch = tuple[datetime, datetime]
"""From when, and before when."""


class Clocks(msgspec.Struct, frozen=True):
    """Complaints whose time to tell the customer ran out in the stretch."""

    kept: int
    """Told, or closed, in time."""
    late: int
    waiting: int
    """Neither told nor closed by now, and their time has passed."""


class Actions(msgspec.Struct, frozen=True):
    """How actions stand."""

    open: int
    overdue: int
    done: int
    """In the stretch."""
    not_effective: int
    """Of those done in the stretch, seen not to help."""


def clocks(reader: Reader, during: Stretch, place: Uid | None = None) -> Clocks:
    """Whether customers were told in time; duplicates are left out."""
    c = complaint.c
    told = func.coalesce(c.told_at, c.closed_at)
    alone = [c.due_at <= reader.clock(), c.duplicate_of.is_(None)]
    held = [*_within(c.due_at, during), *alone, *_at(reader, c.place, place)]
    parts = (told <= c.due_at, told > c.due_at, told.is_(None))
    asked = select(*(func.sum(case((part, 1), else_=0)) for part in parts)).where(*held)
    return Clocks(*(int(n or 0) for n in reader.connection.execute(asked).one()))


def findings(reader: Reader, during: Stretch, place: Uid | None = None) -> dict[str, int]:
    """Findings raised in the stretch, by grade."""
    held = [*_within(finding.c.raised_at, during), *_at(reader, finding.c.place, place)]
    asked = select(finding.c.grade, func.count()).where(*held).group_by(finding.c.grade)
    return {grade: int(n) for grade, n in reader.connection.execute(asked)}


def actions(reader: Reader, during: Stretch, place: Uid | None = None) -> Actions:
    """Open and overdue ones now, done ones in the stretch."""
    a, there = action.c, _at(reader, action.c.place, place)
    today = reader.clock().date()
    open_ones = [a.state == ActionState.OPEN.value, *there]
    done = [a.state == ActionState.DONE.value, *_within(a.done_at, during), *there]
    return Actions(
        _count(reader, open_ones),
        _count(reader, [*open_ones, a.due < today]),
        _count(reader, done),
        _count(reader, [*done, a.effect == Effect.NOT_EFFECTIVE.value]),
    )


def _count(reader: Reader, held: list[ColumnElement[bool]]) -> int:
    return reader.connection.scalar(select(func.count()).select_from(action).where(*held)) or 0


def _within(column: Column[datetime], during: Stretch) -> list[ColumnElement[bool]]:
    return [column >= during[0], column < during[1]]


def _at(reader: Reader, column: Column[str], place: Uid | None) -> list[ColumnElement[bool]]:
    return [] if place is None else [column.in_(places_below(reader, (place,)))]
