"""What comes again: schedules, what their next dates are, and what becomes of open audits when one is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.domain.occurrences import Occurrence, between, demand_sense, upcoming
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState, Schedule, WorkingDay
from gemba.domain.record import Uid
from gemba.domain.recurrence_rules import written
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import known

AUDIT, WALK, REVIEW = "audit", "walk", "review"
"""What a schedule can make; any other subject is a record that is looked at, and is only reminded of."""

PREVIEWED = 12
OpenOnes = bool | Sequence[Uid] | None
"""Whether audits that are still planned follow a changed schedule: all, none, these, or nobody has said."""

_AHEAD = timedelta(366)
"""Beyond the last of them: so far new dates are looked for."""
_SHORTEST = 4


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The schedule that is asked for."""

    title: str
    rule: str
    starts: date
    subject: str = AUDIT
    place: Uid | None = None
    template: Uid | None = None
    owner: str = ""
    ends: date | None = None
    at: str = ""
    minutes: int | None = None
    zone: str = ""
    working_day: WorkingDay = WorkingDay.KEEP
    week: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR")
    closed_on: tuple[str, ...] = ()
    grace_days: int = 0
    spread_days: int = 0
    seed: str = ""
    """Made when there are random days and it is empty."""
    auditors: tuple[Uid, ...] = ()
    """Who leads the audits that it makes, in turns; empty for whoever makes them."""


class Changed(msgspec.Struct, frozen=True):
    """What became of a schedule and of its open audits."""

    change: Change
    moved: tuple[str, ...] = ()
    """Numbers of the audits that have another day now."""
    left: tuple[str, ...] = ()
    """Numbers of those that were to be moved, and for which the new dates have no day any more."""


def add(desk: Desk, draft: Draft) -> Change:
    """Keep a new schedule.

    Raises:
        Refusal: it has no title, its rule, days, times or zone make no sense, or what it names is unknown.
    """
    with desk.unit() as unit:
        return unit.change_made(add_in(unit, desk, draft).uid)


def add_in(unit: Unit, desk: Desk, draft: Draft) -> Schedule:
    """The same within another use case's unit."""
    schedule = Schedule(uid=desk.ids(), made_at=desk.clock(), person=desk.person.uid, **msgspec.structs.asdict(draft))
    made = _in_order(unit, desk, schedule)
    unit.put(made)
    return made


def change_in(unit: Unit, desk: Desk, schedule: Uid, fields: Mapping[str, Any]) -> Schedule:
    """Change a schedule from which no audits are planned, within another use case's unit.

    One that was out of use is in use again.

    Raises:
        Refusal: as `add`.
    """
    before = known(unit, Schedule, schedule)
    after = _in_order(unit, desk, msgspec.structs.replace(before, retired=False, **fields))
    kept = {name: getattr(after, name) for name in Schedule.__struct_fields__ if name != "uid"}
    return unit.change(Schedule, schedule, **kept)


def trial(desk: Desk, draft: Draft, first: date | None = None, count: int = PREVIEWED) -> list[Occurrence]:
    """The next dates that a schedule would have; nothing is kept.

    Raises:
        Refusal: its rule, days, times or zone make no sense.
    """
    schedule = Schedule(uid="", made_at=desk.clock(), person=desk.person.uid, **msgspec.structs.asdict(draft))
    demand_sense(schedule)
    with desk.reader() as reader:
        return preview(reader, schedule, first, count)


def change(
    desk: Desk,
    schedule: Uid,
    fields: Mapping[str, Any],
    *,
    open_ones: OpenOnes = None,
    reason: str = "",
) -> Changed:
    """Change a schedule.

    Audits that were planned from it and whose day is still to come are moved to the new dates only when that is said;
    what was opened, concluded or cancelled is never touched.

    Args:
        desk: who does it, where.
        schedule: uid of the schedule.
        fields: by name, those that change.
        open_ones: whether audits that are still planned follow: all, none, or these; must be said where there are any.
        reason: why it is changed; kept with each audit that is moved.

    Raises:
        Refusal: as `add`; or `work.open_ones_unsaid`.
    """
    with desk.unit() as unit:
        before = known(unit, Schedule, schedule)
        after = _in_order(unit, desk, msgspec.structs.replace(before, **fields))
        waiting = open_audits(unit, before)
        if waiting and _dates(before, unit) != _dates(after, unit) and open_ones is None:
            raise Refusal("work.open_ones_unsaid", title=before.title, count=len(waiting))
        unit.change(Schedule, schedule, **{name: getattr(after, name) for name in (*fields, "rule", "seed", "title")})
        moved, left = _follow(unit, after, waiting, _meant(waiting, open_ones), reason)
        return Changed(unit.change_made(schedule), moved, left)


def retire(desk: Desk, schedule: Uid) -> Change:
    """Take a schedule out of use; what was planned from it stays planned."""
    with desk.unit() as unit:
        known(unit, Schedule, schedule)
        unit.change(Schedule, schedule, retired=True)
        return unit.change_made(schedule)


def schedules(reader: Reader, *, retired: bool = False) -> list[Schedule]:
    """The schedules in use, by title; with `retired` those taken out of use, too."""
    found = [one for one in reader.find(Schedule) if retired or not one.retired]
    return sorted(found, key=lambda one: (one.title.casefold(), one.uid))


def preview(reader: Reader, schedule: Schedule, first: date | None = None, count: int = PREVIEWED) -> list[Occurrence]:
    """The next dates from a day on (today when left out), with what is moved or skipped among them, and why."""
    return upcoming(schedule, first or reader.clock().date(), count, zone_for(reader, schedule))


def next_dates(reader: Reader, first: date | None = None, count: int = PREVIEWED) -> list[tuple[Schedule, Occurrence]]:
    """The next dates of all schedules in use, each with its schedule, by day; those left out among them."""
    found = [(one, date_) for one in schedules(reader) for date_ in preview(reader, one, first, count)]
    return sorted(found, key=lambda pair: (pair[1].on or pair[1].ruled, pair[0].title, pair[0].uid))[:count]


def open_audits(reader: Reader, schedule: Schedule) -> list[Audit]:
    """Audits of a schedule that are still planned and whose day has not passed, by day."""
    today = reader.clock().date()
    found = reader.find(Audit, schedule=schedule.uid)
    waiting = [one for one in found if one.state is AuditState.PLANNED and one.planned_on >= today]
    return sorted(waiting, key=lambda one: (one.planned_on, one.uid))


def zone_for(reader: Reader, schedule: Schedule) -> str:
    """The zone whose clocks a schedule follows: its own, else that of its place."""
    if schedule.zone or schedule.place is None:
        return schedule.zone or "UTC"
    place = reader.get(Place, schedule.place)
    return place.zone if place is not None else "UTC"


def schedule_named(reader: Reader, name: str) -> Schedule:
    """The schedule that a person means: its uid, the beginning of it, or its title.

    Raises:
        Refusal: there is none, or several.
    """
    every = reader.find(Schedule)
    found = [one for one in every if one.uid == name or one.title.casefold() == name.strip().casefold()]
    if not found and len(name) >= _SHORTEST:
        found = [one for one in every if one.uid.startswith(name.lower())]
    found = [one for one in found if not one.retired] or found
    if len(found) != 1:
        raise Refusal("work.schedules_named" if found else "work.no_schedule_named", name=name)
    return found[0]


def _in_order(unit: Unit, desk: Desk, schedule: Schedule) -> Schedule:
    """The schedule in its one form, if it makes sense and what it names is here."""
    if not schedule.title.strip():
        raise Refusal("work.schedule_without_title")
    demand_sense(schedule)
    _demand_subject(unit, schedule)
    seed = schedule.seed or (desk.ids()[-12:] if schedule.spread_days else "")
    return msgspec.structs.replace(
        schedule, title=schedule.title.strip(), rule=written(schedule.rule), seed=seed, subject=schedule.subject.strip()
    )


def _demand_subject(unit: Unit, schedule: Schedule) -> None:
    if schedule.place is not None:
        known(unit, Place, schedule.place)
    if schedule.template is not None:
        known(unit, Template, schedule.template)
    for auditor in schedule.auditors:
        known(unit, Person, auditor)
    subject = schedule.subject.strip()
    if subject in {AUDIT, WALK} and schedule.place is None:
        raise Refusal("work.schedule_without_place", subject=subject)
    if subject == WALK and schedule.template is None:
        raise Refusal("work.schedule_without_template")
    if subject in {AUDIT, WALK, REVIEW}:
        return
    noun, _, uid = subject.partition(":")
    if noun not in NOUNS or not uid:
        raise Refusal("work.schedule_subject", said=schedule.subject, known=f"{AUDIT}, {WALK}, {REVIEW}")
    known(unit, NOUNS[noun], uid)


def _dates(schedule: Schedule, reader: Reader) -> list[tuple[date | None, date | None]]:
    return [(one.on, one.due) for one in preview(reader, schedule)]


def _meant(waiting: Sequence[Audit], open_ones: OpenOnes) -> set[Uid]:
    """Which of the waiting audits follow.

    Raises:
        Refusal: one is named that is not among them.
    """
    every = {one.uid for one in waiting}
    if open_ones is None or isinstance(open_ones, bool):
        return every if open_ones else set()
    for uid in open_ones:
        if uid not in every:
            raise Refusal("work.not_an_open_one", uid=uid)
    return set(open_ones)


def _follow(
    unit: Unit, schedule: Schedule, waiting: Sequence[Audit], meant: set[Uid], reason: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Move each audit to the nearest new date, in their order; gives numbers of those moved and of those left."""
    if not meant:
        return (), ()
    last = waiting[-1].planned_on + _AHEAD
    held = {one.on: one for one in between(schedule, unit.clock().date(), last, zone_for(unit, schedule)) if one.on}
    moved, left = [], []
    why = text("The schedule was changed. {reason}", reason=reason.strip()).strip()
    for audit in (one for one in waiting if one.uid in meant):
        near = min(held, key=lambda day: abs(day - audit.planned_on), default=None)
        if near is None:
            left.append(audit.number)
            continue
        if (audit.planned_on, audit.due) != (near, held[near].due):
            unit.change(Audit, audit.uid, planned_on=near, due=held[near].due, moved_because=why)
            moved.append(audit.number)
        held = {day: one for day, one in held.items() if day > near}
    return tuple(moved), tuple(left)
