"""One thing of the calendar: what it is, where, with whom, on which day, and whether its day has passed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    NEXT_STEP = "next_step"
    """Of an escalation that is open."""
    PROMISE = "promise"
    CHECK = "check"
    """Whether a change still holds, 30, 60 and 90 days after it went live."""
    ACTION = "action"
    REST = "rest"
    """An action wakes: it rests no longer."""
    ALERT_REST = "alert_rest"
    """An alert of a chart wakes."""
    ENTRY = "entry"
    """Of a register, to be looked at again."""
    EXPIRY = "expiry"
    """Of an entry of a register that holds until a day, such as a standard exception."""
    MAP = "map"
    LEVEL = "level"
    """A service level, to be looked at again."""
    LEVEL_END = "level_end"
    """A service level that holds until a day."""
    RISK = "risk"
    GOAL = "goal"
    """A goal, or the adaptation of one, that expires."""
    DECISION = "decision"
    """The decision on an escalation, which holds until then."""
    RULING = "ruling"
    """A decision of a place that holds until then, and is to be decided anew."""
    BOUNDARY = "boundary"
    """How far a role may decide alone, until then."""
    EXCEPTION = "exception"
    """A decision against a goal that an audit let pass until then."""
    MEASURE = "measure"
    """To be calibrated anew, 18 to 24 months after the last time."""
    TERM = "term"
    """Of a seat that is to be followed in."""
    DELETION = "deletion"
    """What tells of a person in a complaint is to be deleted by then."""
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
    zone: str = ""
    """IANA name of the zone by whose clocks `day` is; this laptop's when empty."""
    made: Uid = ""
    """Of a date of a schedule the uid of what is made for it, also while it is not made yet."""

    rests_on: Uid = ""
    """Of what was made for a date of a schedule, that schedule."""

    def clock(self) -> str:
        """The time at which it begins, by the clock that its day is of; empty for the whole day.

        Where that clock and this laptop's differ at that moment, the zone stands behind it: `02:15 +11`.
        """
        if self.begins is None:
            return ""
        here = self.begins.astimezone()
        there = self.begins.astimezone(_zone(self.zone)) if self.zone else here
        return f"{there:%H:%M}" if there.utcoffset() == here.utcoffset() else f"{there:%H:%M %Z}"

    def days_late(self, today: date) -> int:
        """Days since its last one; 0 while it is not overdue."""
        return max(0, (today - self.last).days)


def _zone(name: str) -> ZoneInfo:
    """A zone by its name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


NEVER_LATE = frozenset({DueSort.REST, DueSort.ALERT_REST, DueSort.REMINDER, DueSort.QUARTER})
"""What comes by itself, or of which nobody can tell whether somebody looked."""
RANK = {sort: at for at, sort in enumerate(DueSort)}
