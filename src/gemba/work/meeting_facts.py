"""A meeting and a body with all that a person wants to see of them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import msgspec

from gemba.domain import agendas
from gemba.domain import seats as rules
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting, MeetingState
from gemba.domain.occurrences import Occurrence, on_day, upcoming
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.store.meeting_lists import WAITS
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.agenda_entries import EntryFacts, entry_facts, left_out_words
from gemba.work.bodies import today_of
from gemba.work.desk import Desk
from gemba.work.meetings import fresh_agenda
from gemba.work.minutes import CARRIED, roles_of
from gemba.work.records import known
from gemba.work.schedule_words import time_words
from gemba.work.schedules import zone_for

NEXT = 6
"""Dates of a body that are shown."""


class SeatFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One seat on a day."""

    uid: Uid
    role: str
    is_chair: bool
    member: str
    """Name; empty when it is vacant."""
    begins: date
    ends: date | None
    stands: str
    """What is to be done about it, in words; empty when all is well."""
    was_present: bool = False


class BodyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one body."""

    body: GovernanceBody
    place: str
    zone: str
    rule: str
    seats: tuple[SeatFacts, ...]
    """Of today, then those that begin later or ended lately without a successor."""
    quorum: str
    """How many it takes to decide, in words."""
    dates: tuple[tuple[date, str], ...]
    """The next dates of its cadence, each with its time."""
    problems: tuple[str, ...]
    """What keeps it from deciding: no seat, vacant seats, terms that end, a quorum that cannot be reached."""
    meetings: tuple[Meeting, ...]
    """The last first."""


class MeetingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one meeting."""

    meeting: Meeting
    body: GovernanceBody
    place: str
    zone: str
    time: str
    """Time of day on the clocks there; empty for the whole day."""
    begins: datetime | None
    """The same as a moment in UTC."""
    today: date
    entries: tuple[EntryFacts, ...]
    seats: tuple[SeatFacts, ...]
    guests: tuple[str, ...]
    quorum: str
    """Whether enough were present, in words; before it is held, how many it takes."""
    has_quorum: bool
    left_out: str
    """What waits and is not on the agenda; empty when that is nothing, or it is over."""
    state: str
    """In words."""

    @property
    def decided(self) -> int:
        """Entries with a decision."""
        return sum(bool(one.decision) for one in self.entries)


def meeting_facts(reader: Reader, desk: Desk, uid: Uid) -> MeetingFacts:
    """Everything about one meeting.

    Raises:
        Refusal: it is unknown.
    """
    one = known(reader, Meeting, uid)
    body = known(reader, GovernanceBody, one.body)
    day = one.held_on or one.planned_on
    members = reader.find(BodyMember, body=body.uid)
    roles = roles_of(one.present)
    present = rules.present_seats(members, roles, day)
    sat = {rules.plain(seat.role) for seat in present}
    earlier = agendas.before(one, reader.find(Meeting, body=body.uid))
    times = partial(agendas.times_carried, earlier=earlier)
    occurrence, zone = _held(reader, desk, body, day)
    waits = fresh_agenda(reader, desk, body, one).left_out if one.state is MeetingState.PLANNED else {}
    schedule = _schedule(reader, body)
    return MeetingFacts(
        meeting=one,
        body=body,
        place=_place(reader, body),
        zone=zone,
        time=time_words(schedule, occurrence, zone) if schedule is not None and occurrence is not None else "",
        begins=occurrence.begins if occurrence is not None else None,
        today=today_of(reader, desk, body),
        entries=entry_facts(reader, one.agenda, times, one.decided),
        seats=_seats(reader, rules.on_day(members, day), day, sat),
        guests=tuple(role for role in roles if rules.plain(role) not in sat),
        quorum=_quorum_words(body, len(present), is_held=one.state is MeetingState.HELD),
        has_quorum=rules.has_quorum(body, present),
        left_out=left_out_words(waits),
        state=state_title(one, today_of(reader, desk, body)),
    )


def body_facts(reader: Reader, desk: Desk, uid: Uid) -> BodyFacts:
    """Everything about one body.

    Raises:
        Refusal: it is unknown.
    """
    body = known(reader, GovernanceBody, uid)
    members = reader.find(BodyMember, body=uid)
    today = today_of(reader, desk, body)
    schedule = _schedule(reader, body)
    zone = zone_for(reader, schedule) if schedule is not None else _zone(reader, desk, body)
    dates = upcoming(schedule, today, NEXT, zone) if schedule is not None and not body.retired else []
    there = rules.on_day(members, today)
    ended = tuple(one for one in rules.ending(members, today) if one not in there)
    later = tuple(sorted((one for one in members if one.begins > today), key=lambda one: (one.begins, one.uid)))
    return BodyFacts(
        body=body,
        place=_place(reader, body),
        zone=zone,
        rule=schedule.rule if schedule is not None else "",
        seats=_seats(reader, (*there, *ended, *later), today, frozenset(), members),
        quorum=_quorum_words(body, 0, is_held=False),
        dates=tuple((one.on, time_words(schedule, one, zone)) for one in dates if one.on is not None and schedule),
        problems=() if body.retired else tuple(_problems(body, members, today)),
        meetings=tuple(reversed(agendas.in_order(reader.find(Meeting, body=uid)))),
    )


def carries(facts: MeetingFacts, entry: EntryFacts) -> bool:
    """Whether the decision on an entry can still go on to its record."""
    held = facts.meeting.state is MeetingState.HELD
    return held and bool(entry.decision) and entry.noun in CARRIED and entry.is_open


def state_title(meeting: Meeting, today: date) -> str:
    """How a meeting stands, in words."""
    is_late = meeting.state is MeetingState.PLANNED and meeting.planned_on < today
    return state_words(WAITS if is_late else meeting.state.value)


def state_words(code: str) -> str:
    """What the state of a meeting in a list is called."""
    return {
        MeetingState.PLANNED.value: text("planned"),
        WAITS: text("minutes are missing"),
        MeetingState.HELD.value: text("held"),
        MeetingState.CANCELLED.value: text("called off"),
    }.get(code, code)


def _held(reader: Reader, desk: Desk, body: GovernanceBody, day: date) -> tuple[Occurrence | None, str]:
    schedule = _schedule(reader, body)
    if schedule is None:
        return None, _zone(reader, desk, body)
    zone = zone_for(reader, schedule)
    return on_day(schedule, day, zone), zone


def _schedule(reader: Reader, body: GovernanceBody) -> Schedule | None:
    return reader.get(Schedule, body.schedule) if body.schedule is not None else None


def _place(reader: Reader, body: GovernanceBody) -> str:
    place = reader.get(Place, body.place) if body.place is not None else None
    return place.name if place is not None else ""


def _zone(reader: Reader, desk: Desk, body: GovernanceBody) -> str:
    place = reader.get(Place, body.place) if body.place is not None else None
    return place.zone if place is not None else desk.zone


def _seats(
    reader: Reader,
    seats: Sequence[BodyMember],
    day: date,
    sat: frozenset[str] | set[str],
    every: Sequence[BodyMember] | None = None,
) -> tuple[SeatFacts, ...]:
    names = {one.uid: one.name for one in reader.many(Person, [one.member for one in seats if one.member is not None])}
    ending = {one.uid for one in rules.ending(every if every is not None else seats, day)}
    return tuple(
        SeatFacts(
            uid=one.uid,
            role=one.role,
            is_chair=one.is_chair,
            member=names.get(one.member or "", ""),
            begins=one.begins,
            ends=one.ends,
            stands=_seat_words(one, day, is_ending=one.uid in ending),
            was_present=rules.plain(one.role) in sat,
        )
        for one in seats
    )


def _seat_words(seat: BodyMember, day: date, *, is_ending: bool) -> str:
    if seat.begins > day:
        return text("from {day} on", day=seat.begins.isoformat())
    if seat.ends is not None and is_ending:
        last = seat.ends.isoformat()
        return text("term ended on {day}, nobody follows", day=last) if seat.ends < day else _ends_words(last)
    return text("vacant") if seat.member is None else ""


def _ends_words(day: str) -> str:
    return text("term ends on {day}", day=day)


def _problems(body: GovernanceBody, members: Sequence[BodyMember], today: date) -> list[str]:
    there = rules.on_day(members, today)
    found = []
    if not there:
        return [text("It has no seat yet; say which roles sit in it.")]
    if body.quorum is not None and body.quorum > len(there):
        found.append(
            text("Its quorum of {quorum} is more than its {seats:seat|seats}.", quorum=body.quorum, seats=len(there))
        )
    empty = rules.vacant(members, today)
    if empty:
        roles = ", ".join(one.role for one in empty)
        found.append(plural("{n} seat is vacant: {roles}.", "{n} seats are vacant: {roles}.", len(empty), roles=roles))
    for one in rules.ending(members, today):
        said = _seat_words(one, today, is_ending=True)
        found.append(text("{role}: {what}.", role=one.role, what=said))
    if not any(one.is_chair for one in there):
        found.append(text("Nobody has the chair."))
    return found


def _quorum_words(body: GovernanceBody, present: int, *, is_held: bool) -> str:
    needed = body.quorum or 1
    if not is_held:
        return plural("{n} seat has to be there to decide", "{n} seats have to be there to decide", needed)
    if present >= needed:
        return text("{present:seat|seats} present, quorum of {needed} reached", present=present, needed=needed)
    return text("{present:seat|seats} present, quorum of {needed} not reached", present=present, needed=needed)
