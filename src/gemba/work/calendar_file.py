"""The whole calendar as a file that other programs take in (RFC 5545), and update when they take it in again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from gemba.domain.calendar_format import Event, calendar
from gemba.domain.due import Due, DueSort
from gemba.domain.governance import GovernanceBody, Meeting, MeetingState
from gemba.durable import written
from gemba.errors import Trouble
from gemba.store.reading import Reader
from gemba.store.record_versions import versions
from gemba.wording import text
from gemba.work.calendar import Calendar, Wanted
from gemba.work.calendar_words import sort_title, title_of
from gemba.work.desk import Desk
from gemba.work.icalendar import WrittenCalendar

_DOMAIN = "gemba"
_YEAR = timedelta(days=365)
_AT_ONCE = 2000
_APART = {
    **dict.fromkeys((DueSort.DECISION, DueSort.GOAL, DueSort.RULING, DueSort.BOUNDARY, DueSort.EXCEPTION), "-ends"),
    **dict.fromkeys((DueSort.LEVEL_END, DueSort.EXPIRY), "-ends"),
    **dict.fromkeys((DueSort.REST, DueSort.ALERT_REST), "-wakes"),
    DueSort.NEXT_STEP: "-next",
    DueSort.DELETION: "-deletion",
}
"""Sorts of which a record may have a day besides another one, and how the two are told apart."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stamp of what follows from no record: the end of a quarter."""


def write_calendar(desk: Desk, out: Path, wanted: Wanted | None = None) -> WrittenCalendar:
    """Write what comes, and what is overdue, as a calendar file; the same records give the same bytes on a day.

    Args:
        desk: whose calendar it is.
        out: the file.
        wanted: which part; the next year when no last day is named. What is overdue stands on its last day.

    Raises:
        Refusal: the days are backwards or too far apart.
        Trouble: `work.cannot_write`.
    """
    with desk.reader() as reader:
        events = events_of(reader, desk, wanted or Wanted())
    try:
        with written(out) as file:
            file.write(calendar(text("Gemba"), events))
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(out)) from error
    return WrittenCalendar(out, len(events))


def events_of(reader: Reader, desk: Desk, wanted: Wanted) -> list[Event]:
    """The events, each once; one that was planned from a date of a schedule has the uid which that date had."""
    ahead = Calendar(reader, desk, wanted)
    first = wanted.first or ahead.today
    ahead = Calendar(reader, desk, msgspec.structs.replace(wanted, first=first, last=wanted.last or first + _YEAR))
    late = Calendar(reader, desk, msgspec.structs.replace(wanted, first=None, last=None, overdue=True))
    found = {_uid(one): one for each in (late, ahead) for one in _every(each)}
    told = versions(reader, [uid for one in found.values() for uid in (one.made, one.uid, one.rests_on) if uid])
    made = {uid: _event(one, told) for uid, one in found.items()}
    for event in _called_off(reader, wanted):
        made[event.uid] = event
    return list(made.values())


def _every(calendar: Calendar) -> Iterator[Due]:
    places = calendar.places()
    sorts = tuple(DueSort)
    for start in range(0, len(places), _AT_ONCE):
        yield from calendar.lines([(sorts[rank], key) for _, rank, key in places[start : start + _AT_ONCE]])


def _uid(one: Due) -> str:
    """The same whenever it is written: of the record, or of what will be made for the date."""
    about = one.made or one.uid
    return f"{about}{_APART.get(one.sort, '')}@{_DOMAIN}"


def _event(one: Due, told: dict[str, tuple[datetime, int]]) -> Event:
    stamp, sequence = told.get(one.made) or told.get(one.uid) or (_NEVER, 0)
    if one.rests_on in told:  # it takes the place of the schedule's date, which had the versions of the schedule
        sequence += told[one.rests_on][1] + 1
    said = (sort_title(one.sort), one.number, text("With {role}", role=one.owner) if one.owner else "")
    is_clock = one.sort is DueSort.ESCALATION
    return Event(
        uid=_uid(one),
        stamp=stamp,
        sequence=sequence,
        title=title_of(one).partition("\n")[0],
        begins=one.begins or one.day,
        ends=one.begins if is_clock else one.ends if one.begins is not None else None,
        text="\n".join(part for part in said if part),
        where=one.place,
    )


def _called_off(reader: Reader, wanted: Wanted) -> Sequence[Event]:
    """Meetings that were called off, so that a program which has them shows it."""
    if wanted.sorts and DueSort.MEETING not in wanted.sorts:
        return ()
    found = reader.find(Meeting, state=MeetingState.CANCELLED)
    bodies = {one.uid: one for one in reader.many(GovernanceBody, sorted({one.body for one in found}))}
    schedules = [one.schedule for one in bodies.values() if one.schedule is not None]
    told = versions(reader, [*(one.uid for one in found), *schedules])
    return [_gone(one, bodies[one.body], told) for one in found if one.body in bodies]


def _gone(one: Meeting, body: GovernanceBody, told: dict[str, tuple[datetime, int]]) -> Event:
    stamp, sequence = told.get(one.uid, (one.made_at, 0))
    before = told[body.schedule][1] + 1 if body.schedule in told else 0
    return Event(
        uid=f"{one.uid}@{_DOMAIN}",
        stamp=stamp,
        sequence=sequence + before,
        title=body.title,
        begins=one.planned_on,
        text=f"{one.number}\n{one.reason}",
        cancelled=True,
    )
