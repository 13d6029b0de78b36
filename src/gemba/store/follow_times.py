"""How long complaints took from stage to stage, as counts.

What comes back is no list of complaints but a count for every whole hour, so that a million of them are a few thousand
numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from gemba.domain.actions import ActionState
from gemba.domain.record import Uid
from gemba.store.columns import UtcDateTime
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import cause_analysis, complaint, complaint_review
from gemba.store.follow_spans import hours
from gemba.store.reading import Reader
from gemba.store.tables import action


class Stage(StrEnum):
    """What lies between two marks on the way from feedback to change."""

    TRIAGED = "triaged"
    """From receipt until it was assessed, or at the latest until a later step was dated."""
    CAUSE = "cause"
    """From then until an analysis of its cause was finished."""
    PLANNED = "planned"
    """From then until the first action was added."""
    LIVE = "live"
    """From then until the last action was done."""
    CHANGED = "changed"
    """From receipt until the last action was done: the whole way."""
    TOLD = "told"
    """From receipt until the customer was told."""
    CLOSED = "closed"
    """From receipt until it was closed."""


class Times(msgspec.Struct, frozen=True):
    """Counts by whole hours, of one group of complaints in one stage."""

    ended: dict[float, int]
    open: dict[float, int]
    """Those that have not got so far: by the hours that they have waited."""
    backwards: int
    """Of these, how many have an end before their beginning; they count as 0 hours."""


_AT_ONCE = 20_000

BY = ("place", "severity", "cause", "step", "product", "channel", "segment", "source")
"""What lags can be told apart by."""


def times(  # noqa: PLR0913 - which complaints, and how they are told apart; all but three are optional
    reader: Reader,
    stages: Sequence[Stage],
    filters: Mapping[str, str],
    *,
    by: str = "",
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
    watch: Callable[[int], None] = lambda _: None,
) -> dict[Stage, dict[str, Times]]:
    """Counts of some stages, by the values of a field; one group named "" when nothing tells them apart.

    The complaints are gone through once, whatever the number of stages.

    Args:
        reader: of the store; its clock says how long open ones have waited.
        stages: stretches of the way.
        filters: which complaints, as `complaint_conditions.conditions` takes them.
        by: one of `BY`, or nothing.
        place: that place and all below it.
        begins: first day of receipt.
        ends: last day of receipt, included.
        watch: told how many complaints were gone through; may raise to stop.
    """
    source, marks = _marks(stages)
    now = bindparam("now", reader.clock(), UtcDateTime)
    # One whole number for each stage: twice the hours, and one more when it has ended. NULL: it has not begun.
    told = literal("") if not by else func.coalesce(complaint.c[by], "")
    codes = [hours(begin, func.coalesce(end, now)) * 2 + _one_if(end) for begin, end in marks.values()]
    met = conditions(reader, filters, place=place, begins=begins, ends=ends)
    asked = select(told, *codes).select_from(source).where(*met)
    # Counted while they stream by: the database would sort a million rows anew for each stage.
    counts: list[Counter[tuple[str, int | None]]] = [Counter() for _ in marks]
    seen = 0
    for some in reader.connection.execute(asked).partitions(_AT_ONCE):
        groups, *columns = zip(*some, strict=True)
        for counter, column in zip(counts, columns, strict=True):
            counter.update(zip(groups, column, strict=True))
        seen += len(some)
        watch(seen)
    return {stage: _by_group(counter) for stage, counter in zip(marks, counts, strict=True)}


def uids_in(
    reader: Reader,
    stage: Stage,
    filters: Mapping[str, str],
    *,
    is_open: bool | None = None,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> list[Uid]:
    """The complaints that `times` counts in a stage, the oldest first.

    Args:
        reader: of the store.
        stage: stretch of the way that has begun.
        filters: which complaints, as `complaint_conditions.conditions` takes them.
        is_open: only those that have not got through it (`True`), or only those that have.
        place: that place and all below it.
        begins: first day of receipt.
        ends: last day of receipt, included.
    """
    source, marks = _marks((stage,))
    begin, end = marks[stage]
    met = [*conditions(reader, filters, place=place, begins=begins, ends=ends), begin.is_not(None)]
    if is_open is not None:
        met.append(end.is_(None) if is_open else end.is_not(None))
    asked = select(complaint.c.uid).select_from(source).where(*met).order_by(complaint.c.received_at, complaint.c.id)
    return list(reader.connection.scalars(asked))


def _by_group(counter: Counter[tuple[str, int | None]]) -> dict[str, Times]:
    found: dict[str, Times] = {}
    for (group, code), n in counter.items():
        if code is None:
            continue
        waited, has_ended = divmod(code, 2)
        one = found.setdefault(group, Times({}, {}, 0))
        counts = one.ended if has_ended else one.open
        counts[max(0, waited)] = counts.get(max(0, waited), 0) + n
        if waited < 0:
            found[group] = msgspec.structs.replace(one, backwards=one.backwards + n)
    return found


def _one_if(end: ColumnElement[Any]) -> ColumnElement[int]:
    return case((end.is_not(None), 1), else_=0)


Mark = ColumnElement[Any]


def _marks(stages: Sequence[Stage]) -> tuple[FromClause, dict[Stage, tuple[Mark, Mark]]]:
    """What is read, and the moments between which each stage lies."""
    c = complaint.c
    received = c.received_at
    triaged = func.coalesce(c.assessed_at, c.investigating_at, c.decided_at, c.told_at, c.closed_at)
    marks: dict[Stage, tuple[Mark, Mark]] = {
        Stage.TRIAGED: (received, triaged),
        Stage.TOLD: (received, c.told_at),
        Stage.CLOSED: (received, c.closed_at),
    }
    if all(stage in marks for stage in stages):
        return complaint, {stage: marks[stage] for stage in stages}
    way = _way()
    marks |= {
        Stage.CAUSE: (func.coalesce(triaged, way.c.cause), way.c.cause),
        Stage.PLANNED: (way.c.cause, way.c.planned),
        Stage.LIVE: (way.c.planned, way.c.live),
        Stage.CHANGED: (received, way.c.live),
    }
    joined = complaint.outerjoin(way, way.c.complaint == complaint.c.uid)
    return joined, {stage: marks[stage] for stage in stages}


def _way() -> Subquery:
    """By complaint: when its cause was found, when the first action was added, when the last of them was done."""
    about, planned = _analysed(), _planned()
    done = and_(planned.c.open == 0, planned.c.planned.is_not(None))
    return (
        select(
            about.c.complaint,
            func.min(about.c.finished_at).label("cause"),
            func.min(planned.c.planned).label("planned"),
            func.min(case((done, planned.c.live))).label("live"),
        )
        .select_from(about.outerjoin(planned, planned.c.analysis == about.c.analysis))
        .group_by(about.c.complaint)
        .subquery("way")
    )


def _planned() -> Subquery:
    """By analysis: its actions' beginning and end."""
    is_open = case((action.c.state == ActionState.OPEN, 1), else_=0)
    return (
        select(
            action.c.analysis,
            func.min(action.c.added_at).label("planned"),
            func.max(action.c.done_at).label("live"),
            func.sum(is_open).label("open"),
        )
        .where(action.c.analysis.is_not(None))
        .group_by(action.c.analysis)
        .subquery("planned")
    )


def _analysed() -> Subquery:
    """Which finished analysis answers for which complaint: its own, or that of the cluster a review put it in."""
    a, c, r = cause_analysis.c, complaint.c, complaint_review.c
    own = select(a.complaint.label("complaint"), a.uid.label("analysis"), a.finished_at).where(
        a.complaint.is_not(None), a.finished_at.is_not(None)
    )
    in_cluster = and_(
        c.step == a.step,
        c.cause == a.cause,
        or_(a.place.is_(None), c.place == a.place),
        c.received_at >= r.begins,
        func.date(c.received_at) <= func.date(r.ends),
    )
    of_review = (
        select(c.uid.label("complaint"), a.uid.label("analysis"), a.finished_at)
        .select_from(cause_analysis.join(complaint_review, a.review == r.uid).join(complaint, in_cluster))
        .where(a.complaint.is_(None), a.finished_at.is_not(None), a.step != "", a.cause != "")
    )
    return union_all(own, of_review).subquery("about")
