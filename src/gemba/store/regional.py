"""Counts and sums by place, for the dashboards of headquarters. Everything is counted by the database."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import and_, case, exists, func, select

from gemba.domain.actions import ActionState
from gemba.domain.assessments import AssessmentState
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.store.tables import TABLES, action, assessment, finding


class Scores(msgspec.Struct, frozen=True):
    """Concluded assessments of some places. Percent, 0 to 100."""

    concluded: int = 0
    scored: int = 0
    """Those that have a score."""
    total: float = 0.0
    squares: float = 0.0
    """Sum of the squares."""

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.concluded + other.concluded,
            self.scored + other.scored,
            self.total + other.total,
            self.squares + other.squares,
        )


class Work(msgspec.Struct, frozen=True):
    """Actions of some places."""

    open: int = 0
    """Overdue ones among them."""
    overdue: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(self.open + other.open, self.overdue + other.overdue)


def scores(reader: Reader, since: datetime | None) -> dict[Uid, Scores]:
    """Concluded assessments by place; one that another corrects is left out, for the correction counts.

    Args:
        reader: of the store.
        since: only those concluded at or after this moment; all when `None`.
    """
    later = assessment.alias("later")
    concluded = and_(
        assessment.c.state == AssessmentState.CONCLUDED,
        ~exists().where(later.c.corrects == assessment.c.uid, later.c.state == AssessmentState.CONCLUDED),
    )
    asked = select(
        assessment.c.place,
        func.count(),
        func.count(assessment.c.score),
        func.coalesce(func.sum(assessment.c.score), 0.0),
        func.coalesce(func.sum(assessment.c.score * assessment.c.score), 0.0),
    ).where(concluded)
    if since is not None:
        asked = asked.where(assessment.c.concluded_at >= since)
    rows = reader.connection.execute(asked.group_by(assessment.c.place)).all()
    return {row[0]: Scores(row[1], row[2], float(row[3]), float(row[4])) for row in rows}


def findings(reader: Reader, since: datetime | None) -> dict[Uid, dict[str, int]]:
    """Findings by place and grade; those raised at or after a moment, or all."""
    asked = select(finding.c.place, finding.c.grade, func.count())
    if since is not None:
        asked = asked.where(finding.c.raised_at >= since)
    found: dict[Uid, dict[str, int]] = {}
    for place, grade, count in reader.connection.execute(asked.group_by(finding.c.place, finding.c.grade)):
        found.setdefault(place, {})[grade] = count
    return found


def actions(reader: Reader) -> dict[Uid, Work]:
    """Actions that are open, and those whose day has passed, by place."""
    late = case((action.c.due < reader.clock().date(), 1), else_=0)
    asked = select(action.c.place, func.count(), func.sum(late)).where(action.c.state == ActionState.OPEN)
    return {row[0]: Work(row[1], row[2] or 0) for row in reader.connection.execute(asked.group_by(action.c.place))}


def place_of(reader: Reader, noun: str, entity: Uid) -> Uid | None:
    """The place that a record is about; `None` for one that is about no place, or is not here."""
    table = TABLES.get(noun)
    if table is None:
        return None
    if noun == "place":
        return entity
    if "place" in table.c:
        found: Uid | None = reader.connection.scalar(select(table.c.place).where(table.c.uid == entity))
        return found
    if "assessment" not in table.c:
        return None
    asked = select(assessment.c.place).join(table, table.c.assessment == assessment.c.uid)
    of_assessment: Uid | None = reader.connection.scalar(asked.where(table.c.uid == entity))
    return of_assessment
