"""The way of the work as a value-stream map, with the customers' pains pinned to its steps."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class ProcessMap(Record, frozen=True, kw_only=True):
    """A value-stream map: one path from the customer's wish to its fulfilment."""

    title: str
    place: Uid | None = None
    begins_with: str = ""
    """Scope: what sets it off."""
    ends_with: str = ""
    owner: str = ""
    review_by: date | None = None
    """After this day the map says that it is out of date."""
    demand: float | None = None
    """Pieces asked for in `available` seconds; takt is available / demand."""
    available: float | None = None
    retired: bool = False
    made_at: datetime
    person: Uid


class StepSort(StrEnum):
    """What a step of the map is."""

    PROCESS = "process"
    QUEUE = "queue"
    DECISION = "decision"
    OUTSIDE = "outside"
    """At the customer or a supplier."""


class ProcessStep(Record, frozen=True, kw_only=True):
    """One step of a map."""

    process_map: Uid
    position: float
    """Steps stand in the order of their positions."""
    code: str
    """Of the vocabulary of steps: complaints and findings with this code are pinned here."""
    title: str
    sort: StepSort = StepSort.PROCESS
    owner: str = ""
    cycle: float | None = None
    """Seconds of work on one piece."""
    wait: float | None = None
    """Seconds that a piece waits before it."""
    value_adding: float | None = None
    """Seconds of the cycle that the customer would pay for."""
    rework: float | None = None
    """Share of the pieces that are done again, 0 to 1."""
    hand_off: bool = False
    """True when the work changes hands before it."""
    people: int | None = None
    evidence: str = ""
    """What was seen that says so, or who told it."""
    removed: bool = False


class Pin(Record, frozen=True, kw_only=True):
    """A pain pinned to a step by hand, beside those that its code brings."""

    step: Uid
    sort: str
    """`complaint`, `finding`, `cause_analysis` or `theme`; `question` ties a question of a template to the step."""
    pinned: str = ""
    """Uid of the record, of a question that of its template; empty for a theme."""
    text: str
    """What hurts; of a question its path."""
    severity: str = ""
    removed: bool = False
    pinned_at: datetime
    person: Uid


class AlertState(StrEnum):
    """Waits until somebody has gone and seen."""

    WAITING = "waiting"
    CARRIED = "carried"
    SEEN = "seen"
    DROPPED = "dropped"


class GoAndSee(Record, frozen=True, kw_only=True):
    """Something that customers or charts tell, for the next walk to go and see."""

    question: str
    place: Uid | None = None
    step: str = ""
    sort: str = ""
    """What it comes from: `signal`, `cluster_decision`, `complaint`, `process_step` (its pains), `commitment`,
    `action` or `finding` (is it so elsewhere?); empty when somebody thought of it."""
    origin: str = ""
    """Uid of that record."""
    state: AlertState = AlertState.WAITING
    assessment: Uid | None = None
    """The walk that carries it."""
    seen: str = ""
    """What was seen; of one that was dropped, why."""
    seen_at: datetime | None = None
    raised_at: datetime
    person: Uid
