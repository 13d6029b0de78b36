"""How the calendar is told on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from gemba.cli.saying import table
from gemba.domain.due import Due, DueSort
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work.calendar import Calendar
from gemba.work.calendar_words import late_words, sort_title, title_of


class CalendarLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of the calendar as it is told."""

    day: date
    begins: datetime | None
    """In UTC."""
    clock: str
    """The same by the clock that `day` is of, that of the place; empty for the whole day."""
    sort: str
    number: str
    title: str
    place: str
    owner: str
    last: date
    is_overdue: bool
    days_late: int
    noun: str
    uid: Uid


def lines_of(calendar: Calendar, found: Sequence[Due]) -> list[CalendarLine]:
    """Things of a calendar as they are told."""
    return [
        CalendarLine(
            day=one.day,
            begins=one.begins,
            clock=one.clock(),
            sort=one.sort.value,
            number=one.number,
            title=title_of(one),
            place=one.place,
            owner=one.owner,
            last=one.last,
            is_overdue=calendar.is_late(one),
            days_late=one.days_late(calendar.today) if calendar.is_late(one) else 0,
            noun=one.noun,
            uid=one.uid,
        )
        for one in found
    ]


def table_of(lines: Sequence[CalendarLine], *, overdue: bool) -> str:
    """Things of the calendar as a table."""
    if not lines:
        return text("Nothing is overdue.") if overdue else text("Nothing stands in the calendar.")
    rows = [
        (
            line.last if overdue else line.day,
            late_words(line.days_late) if line.is_overdue else line.clock,
            _sort(line.sort),
            line.number,
            line.title,
            line.place,
            line.owner,
        )
        for line in lines
    ]
    return table(rows, [text(name) for name in ("Day", "", "What", "Number", "Title", "Place", "With")])


def _sort(code: str) -> str:
    return sort_title(DueSort(code))
