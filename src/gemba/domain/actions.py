"""What somebody does about a finding."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class ActionSort(StrEnum):
    """ISO 9001 §10.2: mend it, mend its cause, or make it better."""

    CORRECTION = "correction"
    CORRECTIVE = "corrective"
    IMPROVEMENT = "improvement"


class ActionState(StrEnum):
    """Open until done with a word of proof."""

    OPEN = "open"
    DONE = "done"


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
