"""What somebody does about a finding."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gemba.domain.findings import NEEDS_ACTION, FindingGrade
from gemba.domain.record import Record, Uid


class ActionSort(StrEnum):
    """ISO 9001 §10.2: mend it, mend its cause, or make it better."""

    CORRECTION = "correction"
    CORRECTIVE = "corrective"
    IMPROVEMENT = "improvement"


def usual_sort(grade: FindingGrade) -> ActionSort:
    """What an action on a finding is, where nobody says otherwise.

    A nonconformity needs its cause mended, and the effect of that is looked at; a mere correction is said to be one.
    """
    return ActionSort.CORRECTIVE if grade in NEEDS_ACTION else ActionSort.IMPROVEMENT


class ActionState(StrEnum):
    """Open until done with a word of proof."""

    OPEN = "open"
    DONE = "done"


class Lane(StrEnum):
    """Where an open action stands on the board."""

    TODO = "todo"
    DOING = "doing"
    WAITING = "waiting"
    """For somebody else; a lane that is looked at, not a place to forget things."""


class Effect(StrEnum):
    """Whether an action that is done was seen to help."""

    UNKNOWN = ""
    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"


class Action(Record, frozen=True, kw_only=True):
    """A correction, corrective action or improvement with an owner and a due date.

    It answers a finding, or the cause of what customers complained of.
    """

    number: str
    finding: Uid | None = None
    assessment: Uid | None = None
    analysis: Uid | None = None
    """The cause analysis that it follows from."""
    place: Uid
    sort: ActionSort = ActionSort.CORRECTION
    text: str
    owner: str
    """Name or role of the one who answers for it."""
    due: date
    state: ActionState = ActionState.OPEN
    done_at: datetime | None = None
    proof: str = ""
    """What shows that it is done."""
    added_at: datetime
    person: Uid
    lane: Lane = Lane.TODO
    """Of an open action."""
    waits_for: str = ""
    """For whom or what, in the lane of waiting."""
    goal: Uid | None = None
    """The goal that it serves."""
    impact: int | None = None
    """On the customer, 1 to 5; priority is impact x reach x confidence / effort."""
    reach: int | None = None
    """How many customers feel it, 1 to 5."""
    confidence: int | None = None
    """That it will help, 1 to 5."""
    effort: int | None = None
    """1 to 5."""
    live_on: date | None = None
    """When the change went live; checks follow after 30, 60 and 90 days."""
    effect: Effect = Effect.UNKNOWN
    verified_at: datetime | None = None
    verification: str = ""
    """How the effect was seen."""
    similar: str = ""
    """Similar elsewhere? `yes`, `no`; empty while nobody has looked."""
    similar_note: str = ""
    """Where it was looked, and what follows."""
    reopened: int = 0
    """How often."""
    reopened_because: str = ""
    merged_into: Uid | None = None
    """The action that says the same and goes on in its place."""
    snoozed_until: date | None = None
    snoozed_because: str = ""
