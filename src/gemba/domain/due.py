"""One thing of the calendar: what it is, where, with whom, on which day, and whether its day has passed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Uid


class DueSort(StrEnum):
    """What it is; in the order in which things of one day stand."""

    MEETING = "meeting"
    AUDIT = "audit"
    WALK = "walk"
    ROTATION = "rotation"
    REVIEW = "review"
    ESCALATION = "escalation"
    PROMISE = "promise"
    CHECK = "check"
    """Whether a change still holds, 30, 60 and 90 days after it went live."""
    ACTION = "action"
    ENTRY = "entry"
    """Of a register, to be looked at again."""
    MAP = "map"
    LEVEL = "level"
    """A service level, to be looked at again."""
    RISK = "risk"
    GOAL = "goal"
    """A goal, or the adaptation of one, that expires."""
    DECISION = "decision"
    """The decision on an escalation, which holds until then."""
    MEASURE = "measure"
    """To be calibrated anew, 18 to 24 months after the last time."""
    TERM = "term"
    """Of a seat that is to be followed in."""
    REMINDER = "reminder"
    """A record that a schedule says is to be looked at."""
    QUARTER = "quarter"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that comes or is due."""

    sort: DueSort
    key: int
    """Local: tells it from others of its sort."""
    noun: str
    """Of the record that it opens; empty for the end of a quarter."""
    uid: Uid
    title: str
    number: str = ""
    place: str = ""
    """Name; empty for all places."""
    place_uid: Uid | None = None
    owner: str = ""
    """Role or name of whoever answers for it; empty where nobody is named."""
    day: date
    """On which it stands in the calendar."""
    last: date
    """Its last day: it is overdue from the next day on."""
    begins: datetime | None = None
    """In UTC; `None` for the whole day."""
    ends: datetime | None = None
    made: Uid = ""
    """Of a date of a schedule the uid of what is made for it, also while it is not made yet."""

    rests_on: Uid = ""
    """Of what was made for a date of a schedule, that schedule."""

    def days_late(self, today: date) -> int:
        """Days since its last one; 0 while it is not overdue."""
        return max(0, (today - self.last).days)


RANK = {sort: at for at, sort in enumerate(DueSort)}
