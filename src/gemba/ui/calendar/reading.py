"""What the calendar's view reads, on a job's thread."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.due import Due
from gemba.work.calendar import Calendar, DayFacts, Wanted
from gemba.work.calendar_file import write_calendar

SHOWN = 40
"""Entries of a day that are shown beside the grid."""
_IN_A_CELL = 6


class MonthRead(msgspec.Struct, frozen=True):
    """What stands on the days that are shown."""

    days: dict[date, DayFacts]
    today: date


class DayRead(msgspec.Struct, frozen=True):
    """What stands on one day."""

    day: date
    today: date
    entries: tuple[tuple[Due, bool], ...]
    """Each with whether it is overdue."""
    count: int


def read_month(desk: Any, wanted: Wanted) -> MonthRead:
    """What stands on the days from the first to the last one."""
    with desk.reader() as reader:
        calendar = Calendar(reader, desk, wanted)
        return MonthRead(calendar.days(_IN_A_CELL), calendar.today)


def read_day(desk: Any, wanted: Wanted) -> DayRead:
    """What stands on the first day."""
    assert wanted.first is not None
    with desk.reader() as reader:
        calendar = Calendar(reader, desk, wanted)
        found = tuple((one, calendar.is_late(one)) for one in calendar.page(SHOWN))
        return DayRead(wanted.first, calendar.today, found, sum(calendar.counts().values()))


def write_file(desk: Any, name: str, wanted: Wanted) -> tuple[str, int]:
    """Write the calendar file; its name and how many entries it has."""
    file = Path(name)
    return file.name, write_calendar(desk, file, wanted).events
