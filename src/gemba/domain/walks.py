"""What a Gemba walk follows, and what is seen and heard on it beside what its checklist asks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class Route(Record, frozen=True, kw_only=True):
    """A way through a place with its stops; walked again and again."""

    title: str
    place: Uid
    purpose: str = ""
    layer: str = ""
    """Role of those who walk it: team lead, manager, executive; each layer has its own route and schedule."""
    walkers: tuple[Uid, ...] = ()
    """The leaders for whom it is standard work."""
    in_turns: bool = False
    """True when the walkers take turns, a date each, in this order; false when each of them walks at every date."""
    template: Uid | None = None
    """The checklist that is conducted on the way."""
    schedule: Uid | None = None
    """When it is walked."""
    retired: bool = False
    made_at: datetime
    person: Uid


class RouteStop(Record, frozen=True, kw_only=True):
    """One stop of a route."""

    route: Uid
    position: float
    title: str
    place: Uid | None = None
    """An area of the place, where it is one."""
    step: str = ""
    """Code of the vocabulary of process steps."""
    look_for: str = ""
    """What to see and what to ask."""
    minutes: int | None = None
    removed: bool = False
    made_at: datetime
    person: Uid


class ObservationSort(StrEnum):
    """Where it is known from; never mixed."""

    SEEN = "seen"
    STAFF = "staff"
    """Staff told us."""
    CUSTOMER = "customer"
    """A customer said."""


class Observation(Record, frozen=True, kw_only=True):
    """Something seen, told by staff, or said by a customer at a stop or between."""

    assessment: Uid
    stop: Uid | None = None
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
