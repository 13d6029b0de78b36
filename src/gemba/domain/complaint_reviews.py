"""Reviews of sets of complaints: what is systemic, what is isolated, what cannot be told yet."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid

_DECISIONS = uuid.UUID("3b1f0a7c-92de-4c55-8e0f-6a4d27c9b813")


class ReviewState(StrEnum):
    """Open until every cluster that matters is decided."""

    OPEN = "open"
    CONCLUDED = "concluded"


class SystemicVerdict(StrEnum):
    """What a cluster of complaints is (ISO 10002, 8.2)."""

    SYSTEMIC = "systemic"
    ISOLATED = "isolated"
    NOT_ENOUGH = "not_enough_evidence"


class ComplaintReview(Record, frozen=True, kw_only=True):
    """A set of complaints, drawn so that anybody can draw it again."""

    number: str
    title: str
    place: Uid | None = None
    """The place whose complaints, with all below it, are reviewed; `None` for all."""
    begins: date
    """First day of receipt."""
    ends: date
    """Last day, included."""
    filters: dict[str, str] = msgspec.field(default_factory=dict)
    """Further conditions by field: product, step, channel, segment, cause, severity, search."""
    drawing: str = "all"
    """`all`, or the name and version of the algorithm of the sample."""
    seed: str = ""
    frame_count: int
    """Complaints that the period and the filters leave."""
    frame_sha256: str
    """Of their uids, sorted, one a line."""
    count: int
    """Complaints drawn."""
    drawn: str
    """SHA-256 of the kept list of the drawn uids, sorted, one a line."""
    state: ReviewState = ReviewState.OPEN
    summary: str = ""
    drawn_at: datetime
    concluded_at: datetime | None = None
    person: Uid


class ClusterDecision(Record, frozen=True, kw_only=True):
    """What a person decided on one cluster of a review, beside what the program proposed."""

    review: Uid
    step: str
    cause: str
    place: Uid | None = None
    """`None` when the cluster is that of all places."""
    proposed: SystemicVerdict
    clauses: tuple[str, ...] = ()
    """The clauses of "systemic" that held: a, b, c, d."""
    figures: dict[str, str] = msgspec.field(default_factory=dict)
    """The numbers that decided, by name, as they were shown."""
    decided: SystemicVerdict
    reason: str
    analysis: Uid | None = None
    """The cause analysis that it rests on."""
    decided_at: datetime
    person: Uid


def decision_uid(review: Uid, step: str, cause: str, place: Uid | None, before: Uid | None) -> Uid:
    """The uid of the decision on a cluster that is made once `before` stands.

    Two laptops that decide one cluster without knowing of each other meet in one record, so that a person settles what
    they say otherwise, and no clock; who decides knowing of an earlier decision makes a further one.
    """
    return str(uuid.uuid5(_DECISIONS, "\0".join((review, step, cause, place or "", before or ""))))
