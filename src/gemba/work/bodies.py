"""Bodies that decide: councils, boards, huddles, forums; when they meet, what they take, and who sits in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain import seats as rules
from gemba.domain.agendas import demand_takes
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.record import Uid
from gemba.domain.recurrence_rules import WEEKDAYS, parse
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work import schedules
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known
from gemba.work.rotations import today_at

NOUN = "governance_body"
_SHORTEST = 4
_YEARS = (date(1970, 1, 1), date(2200, 12, 31))


class Cadence(msgspec.Struct, frozen=True, kw_only=True):
    """When a body meets."""

    rule: str
    """Recurrence rule (RFC 5545), without a start."""
    starts: date | None = None
    """Today when left out."""
    ends: date | None = None
    at: str = ""
    """Time of day, `09:30`; empty for the whole day."""
    minutes: int | None = None
    zone: str = ""
    """IANA name; empty for the place's."""
    working_day: WorkingDay = WorkingDay.NEXT
    week: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR")
    closed_on: tuple[str, ...] = ()


class BodyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The body that is asked for."""

    title: str
    purpose: str
    place: Uid | None = None
    takes: tuple[str, ...] = ()
    """What its agenda is built from (`gemba.domain.agendas.TAKES`)."""
    quorum: int | None = None
    """Seats that have to be present for a decision; one when left out."""
    cadence: Cadence | None = None
    seats: tuple[str, ...] = ()
    """Roles that sit in it from today on; the first has the chair."""


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """One seat, and who has it for which term."""

    role: str
    member: Uid | None = None
    """Vacant when nobody."""
    is_chair: bool = False
    begins: date | None = None
    """Today when left out."""
    ends: date | None = None


def add(desk: Desk, draft: BodyDraft) -> Change:
    """Keep a new body.

    Raises:
        Refusal: title or purpose says nothing, the title is taken, the cadence makes no sense, nothing is taken of what
            is named, or the quorum is none.
    """
    with desk.unit() as unit:
        return unit.change_made(add_in(desk, unit, draft).uid)


def add_in(desk: Desk, unit: Unit, draft: BodyDraft) -> GovernanceBody:
    """The same within another use case's unit."""
    body = GovernanceBody(
        uid=desk.ids(),
        title=draft.title.strip(),
        purpose=draft.purpose.strip(),
        place=draft.place,
        takes=demand_takes(draft.takes),
        quorum=draft.quorum,
        made_at=desk.clock(),
        person=desk.person.uid,
    )
    _demand_sense(unit, body)
    unit.put(body)
    if draft.cadence is not None:
        body = unit.change(GovernanceBody, body.uid, schedule=_schedule(desk, unit, body, draft.cadence).uid)
    for at, role in enumerate(draft.seats):
        seat_in(desk, unit, body, Seat(role=role, is_chair=at == 0))
    if draft.seats:
        rules.demand_quorum(body, unit.find(BodyMember, body=body.uid), today_of(unit, desk, body))
    return body


def change(desk: Desk, body: Uid, *, cadence: Cadence | None = None, **fields: Any) -> Change:
    """Change what a body is: title, purpose, place, takes, quorum, or when it meets.

    Meetings that are planned already keep their day.

    Raises:
        Refusal: as `add`; or the quorum is larger than the seats of today.
    """
    wrong = sorted(set(fields) - {"title", "purpose", "place", "takes", "quorum"})
    if wrong:
        raise TypeError(f"a body has no {wrong}")
    with desk.unit() as unit:
        old = in_use(unit, body)
        new = msgspec.structs.replace(old, **fields)
        new = msgspec.structs.replace(
            new, title=new.title.strip(), purpose=new.purpose.strip(), takes=demand_takes(new.takes)
        )
        _demand_sense(unit, new)
        members = unit.find(BodyMember, body=body)
        if "quorum" in fields and new.quorum is not None and members:
            rules.demand_quorum(new, members, today_of(unit, desk, new))
        told = {name: getattr(new, name) for name in fields}
        if cadence is not None:
            told["schedule"] = _schedule(desk, unit, new, cadence).uid
        unit.change(GovernanceBody, body, **told)
        return unit.change_made(body)


def retire(desk: Desk, body: Uid) -> Change:
    """Dissolve a body: nothing is planned for it any more; its meetings and minutes stay."""
    with desk.unit() as unit:
        old = in_use(unit, body)
        unit.change(GovernanceBody, body, retired=True)
        if old.schedule is not None:
            unit.change(Schedule, old.schedule, retired=True)
        return unit.change_made(body)


def seat(desk: Desk, body: Uid, wanted: Seat) -> Change:
    """Give a body a seat, or a seat its next term.

    Raises:
        Refusal: the role says nothing or names a person, the term ends before it begins or overlaps another of that
            role, its member sits there already or has left, or there is another chair.
    """
    with desk.unit() as unit:
        return unit.change_made(seat_in(desk, unit, in_use(unit, body), wanted).uid)


def seat_in(desk: Desk, unit: Unit, body: GovernanceBody, wanted: Seat) -> BodyMember:
    """The same within another use case's unit."""
    if says_nothing(wanted.role) or ";" in wanted.role:
        raise Refusal("work.seat_role")
    begins = wanted.begins or today_of(unit, desk, body)
    _demand_years(begins, wanted.ends)
    made = BodyMember(
        uid=desk.ids(),
        body=body.uid,
        role=" ".join(wanted.role.split()),
        member=wanted.member,
        is_chair=wanted.is_chair,
        begins=begins,
        ends=wanted.ends,
        made_at=desk.clock(),
        person=desk.person.uid,
    )
    demand_nameless(unit, (made.role,), are_no_names=True)
    if wanted.member is not None:
        _demand_here(unit, wanted.member, begins)
    rules.demand_place_for(body, unit.find(BodyMember, body=body.uid), made)
    unit.put(made)
    return made


def end(desk: Desk, member: Uid, on: date | None = None) -> Change:
    """End the term of a seat on a day, its last; a seat that nobody follows in is given up after a quarter.

    Raises:
        Refusal: the day lies before the term, the term has ended already, or fewer seats than the quorum were left.
    """
    with desk.unit() as unit:
        old = known(unit, BodyMember, member)
        body = in_use(unit, old.body)
        today = today_of(unit, desk, body)
        last = on or today
        if old.ends is not None and old.ends < today:
            raise Refusal("work.term_over", role=old.role, day=old.ends)
        if last < old.begins:
            raise Refusal("domain.term_backwards", role=old.role, first=old.begins, last=last)
        every = [msgspec.structs.replace(one, ends=last) if one.uid == member else one for one in _seats(unit, body)]
        after = last + timedelta(days=1)
        if body.quorum is not None and 0 < len(rules.on_day(every, after)) < body.quorum:
            raise Refusal("work.quorum_lost", role=old.role, quorum=body.quorum, body=body.title)
        unit.change(BodyMember, member, ends=last)
        return unit.change_made(member)


def bodies(reader: Reader, *, retired: bool = False) -> list[GovernanceBody]:
    """The bodies, by title; with `retired` those that are dissolved, too."""
    found = [one for one in reader.find(GovernanceBody) if retired or not one.retired]
    return sorted(found, key=lambda one: (one.title.casefold(), one.uid))


def body_named(reader: Reader, name: str) -> GovernanceBody:
    """The body that a person means: its uid, the beginning of it, or its title.

    Raises:
        Refusal: there is none, or several.
    """
    every, wanted = reader.find(GovernanceBody), name.strip().casefold()
    found = [one for one in every if one.uid == wanted or one.title.casefold() == wanted]
    if not found and len(wanted) >= _SHORTEST:
        found = [one for one in every if one.uid.startswith(wanted) or one.title.casefold().startswith(wanted)]
    found = [one for one in found if not one.retired] or found
    if len(found) != 1:
        raise Refusal("work.bodies_named" if found else "work.no_body_named", name=name)
    return found[0]


def in_use(reader: Reader, body: Uid) -> GovernanceBody:
    """A body that is not dissolved.

    Raises:
        Refusal: it is unknown, or dissolved.
    """
    found = known(reader, GovernanceBody, body)
    if found.retired:
        raise Refusal("work.body_dissolved", title=found.title)
    return found


def today_of(reader: Reader, desk: Desk, body: GovernanceBody) -> date:
    """The day it is where a body sits: by the clocks of its place, else by those of this laptop."""
    place = reader.get(Place, body.place) if body.place is not None else None
    return today_at(place or Place(uid="", name="", zone=desk.zone), desk.clock())


def _week(cadence: Cadence) -> tuple[str, ...]:
    """The days on which it may meet: the week's, and those that the rule names itself, as a council on Sundays does."""
    named = {WEEKDAYS[weekday] for _, weekday in parse(cadence.rule).days}
    return tuple(day for day in WEEKDAYS if day in {*cadence.week, *named})


def _schedule(desk: Desk, unit: Unit, body: GovernanceBody, cadence: Cadence) -> Schedule:
    """When it meets: its schedule as it is now, or a new one."""
    said = {
        **msgspec.structs.asdict(cadence),
        "week": _week(cadence),
        "title": body.title,
        "place": body.place,
        "starts": cadence.starts or today_of(unit, desk, body),
    }
    old = unit.get(Schedule, body.schedule) if body.schedule is not None else None
    if old is None:
        return schedules.add_in(unit, desk, schedules.Draft(subject=f"{NOUN}:{body.uid}", **said))
    if cadence.starts is None:
        said["starts"] = old.starts
    return schedules.change_in(unit, desk, old.uid, said)


def _demand_sense(unit: Unit, body: GovernanceBody) -> None:
    if says_nothing(body.title):
        raise Refusal("work.body_title")
    if says_nothing(body.purpose):
        raise Refusal("work.body_purpose")
    demand_title_free(unit, body)
    if body.place is not None:
        known(unit, Place, body.place)
    rules.demand_whole_quorum(body.quorum)
    demand_nameless(unit, (body.title, body.purpose), are_no_names=True)


def demand_title_free(reader: Reader, body: GovernanceBody) -> None:
    """Demand that no other body which is not dissolved has the title.

    Raises:
        Refusal: `work.body_there`.
    """
    for one in bodies(reader):
        if one.uid != body.uid and one.title.casefold() == body.title.casefold():
            raise Refusal("work.body_there", title=one.title)


def _demand_here(unit: Unit, member: Uid, day: date) -> None:
    person = known(unit, Person, member)
    if person.left_on is not None and person.left_on <= day:
        raise Refusal("work.member_left", name=person.name, day=person.left_on)


def _demand_years(*days: date | None) -> None:
    for day in days:
        if day is not None and not _YEARS[0] <= day <= _YEARS[1]:
            raise Refusal("work.term_years", first=_YEARS[0].year, last=_YEARS[1].year)


def _seats(unit: Unit, body: GovernanceBody) -> Sequence[BodyMember]:
    return unit.find(BodyMember, body=body.uid)
