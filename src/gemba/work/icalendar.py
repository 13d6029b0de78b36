"""Programmes, audits and schedules as a calendar file that other programs take in (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.calendar_format import Event, calendar
from gemba.domain.nouns import NAMES
from gemba.domain.occurrences import between, horizon
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState, Programme, Schedule
from gemba.domain.quarters import days_of
from gemba.domain.record import Record, Uid
from gemba.durable import written
from gemba.errors import Trouble
from gemba.store.reading import Reader
from gemba.store.record_history import history
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.make_scheduled import scheduled_uid
from gemba.work.plan_audits import audit_state_title
from gemba.work.schedule_words import subject_title, why_words
from gemba.work.schedules import schedules, zone_for

_DOMAIN = "gemba"
"""Behind the @ of uids: no host, and the same everywhere."""
_MOST_STEPS = 10_000


class Which(msgspec.Struct, frozen=True, kw_only=True):
    """What the file holds."""

    programme: Uid | None = None
    """Only the audits of this programme, and no schedules."""
    auditor: Uid | None = None
    """Only audits of this person."""
    first: date | None = None
    """First day of dates of schedules; today when left out."""
    last: date | None = None
    """Last day; a year on when left out."""


class WrittenCalendar(msgspec.Struct, frozen=True):
    """What was written."""

    file: Path
    events: int


def write_calendar(desk: Desk, out: Path, which: Which | None = None) -> WrittenCalendar:
    """Write a calendar file; the same records give the same bytes.

    Raises:
        Trouble: `work.cannot_write`.
    """
    with desk.reader() as reader:
        events = list(events_of(reader, which or Which()))
    try:
        with written(out) as file:
            file.write(calendar(text("Audits"), events))
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(out)) from error
    return WrittenCalendar(out, len(events))


def events_of(reader: Reader, which: Which) -> Iterator[Event]:
    """The events: programmes as the days of their quarter, audits on their day, the dates of schedules."""
    yield from _programmes(reader, which)
    audits = reader.find(Audit) if which.programme is None else reader.find(Audit, programme=which.programme)
    there = {audit.uid for audit in audits}
    yield from (_audit(reader, one) for one in audits if which.auditor in {None, one.auditor, one.second})
    if which.programme is None and which.auditor is None:
        for schedule in schedules(reader):
            yield from _schedule(reader, schedule, which, there)


def _programmes(reader: Reader, which: Which) -> Iterator[Event]:
    if which.auditor is not None:
        return
    for programme in reader.find(Programme):
        if which.programme in {None, programme.uid}:
            begins, ends = days_of(programme.quarter)
            yield Event(
                uid=f"{programme.uid}@{_DOMAIN}",
                **_version(reader, programme, programme.made_at),
                title=f"{programme.number} · {programme.title}",
                begins=begins,
                ends=ends,
                text=programme.objective,
            )


def _audit(reader: Reader, audit: Audit) -> Event:
    place, lead = reader.get(Place, audit.place), reader.get(Person, audit.auditor)
    second = reader.get(Person, audit.second) if audit.second is not None else None
    said = [
        text("{number}: {state}", number=audit.number, state=audit_state_title(audit.state)),
        text("Decisions from {first} to {last}", first=audit.begins.isoformat(), last=audit.ends.isoformat()),
        *(text("Auditor: {name}", name=one.name) for one in (lead, second) if one is not None),
        *([text("Due {day}", day=audit.due.isoformat())] if audit.due is not None else []),
        *([audit.moved_because] if audit.moved_because else []),
    ]
    return Event(
        uid=f"{audit.uid}@{_DOMAIN}",
        **_version(reader, audit, audit.made_at),
        title=audit.title,
        begins=audit.planned_on,
        text="\n".join(said),
        where=place.name if place is not None else "",
        cancelled=audit.state is AuditState.CANCELLED,
    )


def _schedule(reader: Reader, schedule: Schedule, which: Which, there: set[Uid]) -> Iterator[Event]:
    """The dates that are held and of which no audit was planned yet."""
    first = which.first or reader.clock().date()
    last = min(which.last or first.replace(year=first.year + 1, day=min(first.day, 28)), horizon(first))
    place = reader.get(Place, schedule.place) if schedule.place is not None else None
    version = _version(reader, schedule, schedule.made_at)
    for one in between(schedule, first, last, zone_for(reader, schedule)):
        uid = scheduled_uid(schedule.uid, one.ruled)
        if one.on is None or uid in there:
            continue
        yield Event(
            uid=f"{uid}@{_DOMAIN}",
            **version,
            title=schedule.title,
            begins=one.begins or one.on,
            ends=one.ends,
            text="\n".join(filter(None, (subject_title(schedule.subject), schedule.owner, why_words(one)))),
            where=place.name if place is not None else "",
        )


def _version(reader: Reader, record: Record, made_at: datetime) -> dict[str, Any]:
    """When a record was last changed, and how often, as its journal tells it: the same on every laptop that has it."""
    steps = history(reader, NAMES[type(record)], record.uid, most=_MOST_STEPS)
    return {"stamp": steps[0].at if steps else made_at, "sequence": max(0, len(steps) - 1)}
