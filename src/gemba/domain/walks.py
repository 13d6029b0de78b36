"""What is seen and heard on a walk, beside what its checklist asks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class ObservationSort(StrEnum):
    """Where it is known from; never mixed."""

    SEEN = "seen"
    STAFF = "staff"
    """Staff told us."""
    CUSTOMER = "customer"
    """A customer said."""


class Observation(Record, frozen=True, kw_only=True):
    """Something seen, told by staff, or said by a customer."""

    assessment: Uid
    place: Uid
    sort: ObservationSort
    is_positive: bool = False
    """A practice worth keeping, beside the problems."""
    text: str
    question: str = ""
    """What was asked there."""
    answer: str = ""
    coaching: str = ""
    """What the walker and the team want to try next."""
    step: str = ""
    cause: str = ""
    finding: Uid | None = None
    """The finding that was raised from it."""
    alert: Uid | None = None
    """What was carried in to be gone to and seen."""
    removed: bool = False
    noted_at: datetime
    person: Uid
