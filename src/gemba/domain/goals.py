"""What was promised to the customer: goals, the requirements behind them, and what is agreed to be delivered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class Goal(Record, frozen=True, kw_only=True):
    """One version of a customer-intimacy goal or commitment: a criterion that decisions are judged against.

    A version never changes what it says. A later version takes its place (`replaces`); a region's adaptation stands
    beside it (`core`) for its place and only until it expires.
    """

    code: str
    """The same for all versions and adaptations of one goal."""
    version: int
    """From 1; an adaptation counts its own."""
    title: str
    statement: str
    """What is promised, as customers may read it."""
    need: str
    """The customer's need behind it, in the customer's words."""
    owner: str = ""
    """Role that answers for it; without one the goal itself is a finding."""
    place: Uid | None = None
    """Where it holds, with all below; `None` for the whole enterprise."""
    core: Uid | None = None
    """The enterprise's goal that a region adapts."""
    replaces: Uid | None = None
    """The version before."""
    reason: str = ""
    """Why it was changed or adapted."""
    anchors: dict[str, str] = msgspec.field(default_factory=dict)
    """What each verdict means for this goal, by verdict: agreed on so that auditors judge alike."""
    items: tuple[str, ...] = ()
    """Questions of templates that look at it, as `form_id/path`."""
    links: tuple[str, ...] = ()
    """Further records that belong to it, as `noun:uid`."""
    valid_from: date
    valid_to: date | None = None
    """Last day; of an adaptation the day on which it expires."""
    retired_on: date | None = None
    """First day on which it no longer holds, because a person ended it."""
    retired_because: str = ""
    made_at: datetime
    person: Uid


class Bound(StrEnum):
    """On which side of its target a value is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Requirement(Record, frozen=True, kw_only=True):
    """One branch of a goal's tree of what is critical to quality: need, measure, target."""

    goal: Uid
    driver: str
    """What of the need it makes precise: "on time", "told the truth"."""
    measured_by: str
    """Operational definition: what is counted, over what."""
    measure: Uid | None = None
    """The series that is charted."""
    bound: Bound = Bound.AT_LEAST
    target: float | None = None
    unit: str = ""
    owner: str = ""
    items: tuple[str, ...] = ()
    """Questions of templates that look at it, as `form_id/path`."""
    retired: bool = False
    made_at: datetime
    person: Uid


class ServiceLevel(Record, frozen=True, kw_only=True):
    """What one side delivers to the other: promised, expected by the customer, achieved. Also between departments."""

    title: str
    goal: Uid | None = None
    place: Uid | None = None
    provider: str
    """Role or department that delivers."""
    customer: str
    """Customer segment, or department that is served."""
    unit: str
    bound: Bound = Bound.AT_LEAST
    promised: float
    expected: float | None = None
    """What the customer expects; `None` while nobody has asked."""
    expected_from: str = ""
    """How that is known: survey, interviews, complaints, and when."""
    achieved: float | None = None
    """Entered by hand where no measure tells it."""
    achieved_on: date | None = None
    measure: Uid | None = None
    """The series whose latest value is what is achieved."""
    owner: str = ""
    review_by: date | None = None
    valid_from: date
    valid_to: date | None = None
    retired: bool = False
    made_at: datetime
    person: Uid
