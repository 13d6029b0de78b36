"""The lists of complaint reviews and of cause analyses. The read side."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import case, func, literal, select

from gemba.domain.actions import ActionState
from gemba.domain.complaint_reviews import ReviewState
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store.complaint_filters import CodeFilter, NamedIfAny
from gemba.store.complaint_tables import cause_analysis, cluster_decision, complaint_review
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, unindexed
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Ranked, Sort
from gemba.store.tables import action, person, place


class ReviewLine(Line, frozen=True, kw_only=True):
    """One review of a set of complaints in a list."""

    number: str
    title: str
    place: str
    place_uid: Uid | None
    begins: date
    ends: date
    drawing: str
    count: int
    frame_count: int
    state: str
    drawn_at: datetime
    concluded_at: datetime | None
    person: str
    systemic: int
    """Decisions that say systemic."""


class CauseLine(Line, frozen=True, kw_only=True):
    """One cause analysis in a list."""

    number: str
    problem: str
    place: str
    place_uid: Uid | None
    step: str
    cause: str
    domain: str
    sort: str
    state: str
    """`draft` until it is finished, then `done`."""
    begun_at: datetime
    finished_at: datetime | None
    person: str
    actions_open: int


_SYSTEMIC = (
    select(func.count(func.distinct(cluster_decision.c.step + "\x1f" + cluster_decision.c.cause)))
    .where(cluster_decision.c.review == complaint_review.c.uid, cluster_decision.c.decided == "systemic")
    .scalar_subquery()
)
_OPEN_ACTIONS = (
    select(func.count())
    .select_from(action)
    .where(action.c.analysis == cause_analysis.c.uid, unindexed(action.c.state) == ActionState.OPEN)
    .scalar_subquery()
)

REVIEWS = ListOf(
    ReviewLine,
    complaint_review,
    source=complaint_review.outerjoin(place, complaint_review.c.place == place.c.uid).join(
        person, complaint_review.c.person == person.c.uid
    ),
    columns={
        **{name: complaint_review.c[name] for name in ReviewLine.__struct_fields__ if name in complaint_review.c},
        "place": func.coalesce(place.c.name, ""),
        "place_uid": complaint_review.c.place,
        "person": person.c.name,
        "systemic": _SYSTEMIC,
    },
    sorts={
        "drawn_at": Sort(complaint_review, complaint_review.c.drawn_at, "drawn_at"),
        "number": Sort(complaint_review, complaint_review.c.number, "number"),
        "title": Sort(complaint_review, complaint_review.c.title, "title"),
        "begins": Sort(complaint_review, complaint_review.c.begins, "begins"),
        "count": Sort(complaint_review, complaint_review.c.count, "count"),
        "state": Ranked(complaint_review, complaint_review.c.state, "state", tuple(ReviewState)),
        "place": NamedIfAny(complaint_review, complaint_review.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(complaint_review.c.place),
        "state": Filter(complaint_review.c.state),
        "person": Filter(complaint_review.c.person),
    },
)
"""Reviews of complaints."""

CAUSES = ListOf(
    CauseLine,
    cause_analysis,
    source=cause_analysis.outerjoin(place, cause_analysis.c.place == place.c.uid).join(
        person, cause_analysis.c.person == person.c.uid
    ),
    columns={
        **{name: cause_analysis.c[name] for name in CauseLine.__struct_fields__ if name in cause_analysis.c},
        "place": func.coalesce(place.c.name, ""),
        "place_uid": cause_analysis.c.place,
        "person": person.c.name,
        "state": case((cause_analysis.c.finished_at.is_(None), literal("draft")), else_=literal("done")),
        "actions_open": _OPEN_ACTIONS,
    },
    sorts={
        "begun_at": Sort(cause_analysis, cause_analysis.c.begun_at, "begun_at"),
        "number": Sort(cause_analysis, cause_analysis.c.number, "number"),
        "problem": Sort(cause_analysis, cause_analysis.c.problem, "problem"),
        "finished_at": Sort(cause_analysis, cause_analysis.c.finished_at, "finished_at"),
        "step": Sort(cause_analysis, cause_analysis.c.step, "step"),
        "cause": Sort(cause_analysis, cause_analysis.c.cause, "cause"),
        "place": NamedIfAny(cause_analysis, cause_analysis.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(cause_analysis.c.place),
        "domain": Filter(cause_analysis.c.domain),
        "sort": Filter(cause_analysis.c.sort),
        "step": CodeFilter(cause_analysis.c.step, Facet.STEP),
        "cause": CodeFilter(cause_analysis.c.cause, Facet.CAUSE),
        "complaint": Filter(cause_analysis.c.complaint),
        "review": Filter(cause_analysis.c.review),
        "finding": Filter(cause_analysis.c.finding),
        "person": Filter(cause_analysis.c.person),
    },
)
"""Cause analyses."""
