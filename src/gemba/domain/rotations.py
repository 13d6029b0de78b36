"""Leaders in frontline roles: who goes where, what they promised there, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class RotationState(StrEnum):
    """Planned, begun, and done only with an observation record behind it."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"
    CANCELLED = "cancelled"


class Rotation(Record, frozen=True, kw_only=True):
    """A leader's planned stint in a frontline role."""

    number: str
    leader: Uid
    place: Uid
    role: str
    """The frontline role that is taken."""
    quarter: str
    """`2026-Q4`."""
    planned_on: date
    until: date
    """Last day."""
    shift: str = ""
    """Early, late, night, weekend: as the place calls it."""
    journey: str = ""
    """The customer's journey that is seen from there."""
    focus: str = ""
    state: RotationState = RotationState.PLANNED
    assessment: Uid | None = None
    """The observation record, without which it does not count."""
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    note: str = ""
    """Why it was moved or cancelled."""
    made_at: datetime
    person: Uid


class CommitmentState(StrEnum):
    """What became of a promise; past its date an open one is told as overdue."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class Commitment(Record, frozen=True, kw_only=True):
    """A promise that was made to the frontline or to a customer: one line of the promise ledger."""

    number: str
    said: str
    """What they said: the pain or wish that it answers."""
    text: str
    """What was promised."""
    to: str = ""
    """To whom, by role: the team, a customer."""
    place: Uid
    role: str
    """Who promised, by role."""
    leader: Uid | None = None
    rotation: Uid | None = None
    assessment: Uid | None = None
    action: Uid | None = None
    """The action that keeps it."""
    step: str = ""
    made_on: date
    due: date
    state: CommitmentState = CommitmentState.OPEN
    kept_on: date | None = None
    outcome: str = ""
    """What was done, or why it was not; needed for any end."""
    made_at: datetime
    person: Uid
