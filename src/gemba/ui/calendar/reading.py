"""What the calendar's view reads, on a job's thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.due import Due, DueSort
from gemba.ui.lineage.behind import Part
from gemba.work.calendar import Calendar, DayFacts, Wanted
from gemba.work.calendar_file import write_calendar
from gemba.work.calendar_words import sort_title, title_of

SHOWN = 40
"""Entries of a day that are shown beside the grid."""
_IN_A_CELL = 6
_EVERY = 100_000
"""More than ever stand on one day."""
_QUARTER = "quarter"
"""Stands for the end of a quarter, which is no record."""


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
    wanted: Wanted
    """What was asked for."""


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
        return DayRead(wanted.first, calendar.today, found, sum(calendar.counts().values()), wanted)


def read_all(wanted: Wanted, desk: Any) -> Sequence[Part]:
    """All that stands on a day, each thing once, in the calendar's order and under its sort."""
    with desk.reader() as reader:
        found = Calendar(reader, desk, wanted).page(_EVERY)
    by_sort: dict[DueSort, list[Due]] = {}
    for one in found:
        by_sort.setdefault(one.sort, []).append(one)
    return [_part(sort, some) for sort, some in by_sort.items()]


def _part(sort: DueSort, some: Sequence[Due]) -> Part:
    named = {f"{one.uid}#{sort}{one.key}": one for one in some}  # one record may stand on a day in several ways
    records = tuple((one.noun or _QUARTER, uid) for uid, one in named.items())
    return Part(sort_title(sort), records, {uid: title_of(one) for uid, one in named.items()})


def write_file(desk: Any, name: str, wanted: Wanted) -> tuple[str, int]:
    """Write the calendar file; its name and how many entries it has."""
    file = Path(name)
    return file.name, write_calendar(desk, file, wanted).events
