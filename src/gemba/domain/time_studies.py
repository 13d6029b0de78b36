"""How long the work takes, element by element; nobody's name is ever kept with a time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class TimeCategory(StrEnum):
    """What an element is for the customer."""

    VALUE = "value_adding"
    NECESSARY = "necessary"
    """Adds no value, and cannot be left out today."""
    WASTE = "non_value_adding"
    WAIT = "wait"
    REWORK = "rework"
    """Done again because it was not right the first time."""


class TimeStudy(Record, frozen=True, kw_only=True):
    """A study of one kind of work at a place."""

    number: str
    title: str
    place: Uid
    process_map: Uid | None = None
    role: str = ""
    """The role that is watched; no person."""
    precision: float = 0.05
    """Half the interval's width that is wanted, as a share of the mean."""
    confidence: float = 0.95
    demand: float | None = None
    """Pieces asked for in `available` seconds; takt is available / demand."""
    available: float | None = None
    lead_time: float | None = None
    """Seconds from begin to end on the one path that is looked at, where it was measured as a whole."""
    note: str = ""
    begun_at: datetime
    ended_at: datetime | None = None
    person: Uid


class TimeElement(Record, frozen=True, kw_only=True):
    """One element of the work."""

    study: Uid
    position: float
    title: str
    category: TimeCategory
    step: str = ""
    """Code of the step of the map that it belongs to."""
    on_path: bool = True
    """False for what is done beside the path: it counts in no efficiency."""
    removed: bool = False
    made_at: datetime
    person: Uid


class TimeReading(Record, frozen=True, kw_only=True):
    """One time of one element in one cycle."""

    study: Uid
    element: Uid
    cycle: int
    """From 1."""
    seconds: float
    left_out: str = ""
    """Why it does not count (a phone call between); empty when it counts."""
    read_at: datetime
    person: Uid
