"""Complaints as units of a comparison: what each was like, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Case, ColumnElement, and_, bindparam, case, func, or_, select

from gemba.domain.complaints import ComplaintDecision, Severity
from gemba.domain.record import Uid
from gemba.store.columns import UtcDateTime
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import complaint
from gemba.store.follow_spans import hours
from gemba.store.reading import Reader


class Outcome(StrEnum):
    """What is compared: a share of the complaints."""

    TOLD_72H = "told_72h"
    """The customer was told within 72 hours."""
    CLOSED_30D = "closed_30d"
    """Closed within 30 days."""
    REOPENED = "reopened"
    """Reopened at least once; of closed ones."""
    SEVERE = "severe"
    """High or critical for the customer."""
    UPHELD = "upheld"
    """Upheld at least partly; of decided ones."""


TRAITS = ("product", "step", "channel", "segment", "cause", "severity", "place", "month")
"""What cohorts can be matched on."""


class CohortUnit(msgspec.Struct, frozen=True):
    """One complaint."""

    place: Uid | None
    received_at: datetime
    traits: dict[str, str]
    outcome: bool | None
    """`None` while it is too early to tell."""


def how_many(reader: Reader, filters: Mapping[str, str], **which: Any) -> int:
    """Number of complaints that a comparison would read."""
    asked = select(func.count()).select_from(complaint).where(*conditions(reader, filters, **which))
    return reader.connection.scalar(asked) or 0


def cohort_units(
    reader: Reader,
    outcome: Outcome,
    filters: Mapping[str, str],
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> Iterator[CohortUnit]:
    """The complaints, in the order of receipt, with their traits as they were coded."""
    c = complaint.c
    names = [name for name in TRAITS if name != "month"]
    asked = (
        select(_outcome(reader, outcome), c.received_at, *(c[name] for name in names))
        .where(*conditions(reader, filters, place=place, begins=begins, ends=ends))
        .order_by(c.received_at, c.uid)
    )
    for told, received, *values in reader.connection.execute(asked):
        traits = {name: value or "" for name, value in zip(names, values, strict=True)}
        traits["month"] = f"{received:%Y-%m}"
        yield CohortUnit(traits["place"] or None, received, traits, None if told is None else bool(told))


def _outcome(reader: Reader, outcome: Outcome) -> Case[Any]:
    """1, 0, or NULL while it is too early to tell."""
    c = complaint.c
    if outcome is Outcome.TOLD_72H:
        return _in_time(reader, c.told_at, 72)
    if outcome is Outcome.CLOSED_30D:
        return _in_time(reader, c.closed_at, 30 * 24)
    if outcome is Outcome.REOPENED:
        return case((c.reopened > 0, 1), (c.closed_at.is_not(None), 0))
    if outcome is Outcome.SEVERE:
        return case((c.severity.in_([Severity.HIGH, Severity.CRITICAL]), 1), else_=0)
    upheld = c.decision.in_([ComplaintDecision.UPHELD, ComplaintDecision.PARTLY])
    return case((upheld, 1), (c.decision != ComplaintDecision.NONE, 0))


def _in_time(reader: Reader, end: ColumnElement[Any], most: int) -> Case[Any]:
    received = complaint.c.received_at
    taken, waited = hours(received, end), hours(received, bindparam("now", reader.clock(), UtcDateTime))
    return case(
        (and_(end.is_not(None), taken < most), 1),
        (or_(end.is_not(None), waited >= most), 0),
    )
