"""What still waits for somebody who left: said visibly, and given to somebody else in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.escalations import Escalation, EscalationState
from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.domain.nouns import NAMES
from gemba.domain.people import Person, plain_name
from gemba.domain.programmes import Audit, AuditState, Schedule
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment, CommitmentState, Rotation, RotationState
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.store.owned_actions import open_of
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.action_rules import left_on
from gemba.work.desk import Desk
from gemba.work.records import known

GIVEN = (Action, Commitment, Escalation, Schedule, Route)
"""What is given to somebody else in one go; the others are agreed on one by one, where they stand."""
_OPEN_AUDITS = frozenset({AuditState.PLANNED, AuditState.OPEN})


class Waits(msgspec.Struct, frozen=True):
    """A record that waits for somebody who left."""

    noun: str
    uid: Uid
    title: str
    due: date | None
    person: Uid
    name: str
    left_on: date

    @property
    def is_given(self) -> bool:
        """Whether it is given to somebody else in one go."""
        return self.noun in {NAMES[noun] for noun in GIVEN}


def left_behind(reader: Reader, today: date, person: Uid | None = None) -> list[Waits]:
    """All that waits for those who left, by person, then by day.

    Args:
        reader: of the store.
        today: a day of leaving that is still to come does not count.
        person: only what waits for this one.
    """
    every = reader.find(Person)
    left = (one for one in every if one.left_on is not None and one.left_on <= today)
    gone = [one for one in left if person in (None, one.uid) and one.same_as is None]
    around = _Around.read(reader, every) if gone else None
    found = [
        Waits(NAMES[type(record)], record.uid, title, due, one.uid, one.name, one.left_on or today)
        for one in gone
        if around is not None
        for record, title, due in _of(reader, one, today, around)
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.person, each.due or date.max, each.uid))


def give_on(desk: Desk, person: Uid, to: Uid) -> Change:
    """Give all actions, promises, escalations, schedules and routes of somebody who left to somebody else.

    Rotations, audits and seats stay: who goes, judges or sits is agreed on where they stand.

    Raises:
        Refusal: the first has not left, or the other has, or both are one.
    """
    today = desk.clock().date()
    with desk.unit() as unit:
        old, new = known(unit, Person, person), known(unit, Person, to)
        if old.left_on is None or old.left_on > today:
            raise Refusal("work.has_not_left", name=old.name)
        if person == to or left_on([new], new.name, today) is not None:
            raise Refusal("work.owner_left", owner=new.name, day=new.left_on or old.left_on)
        around = _Around.read(unit, unit.find(Person))
        entries = around.entries(old)
        if new.uid in {one.uid for one in entries}:
            raise Refusal("work.owner_left", owner=new.name, day=old.left_on)
        for record, _, _ in _of(unit, old, today, around):
            if isinstance(record, GIVEN):
                unit.change(type(record), record.uid, **_in_place_of(record, entries, new))
        return unit.change_made(person)


def waits_words(found: list[Waits]) -> str:
    """How much waits for one person, in a sentence."""
    if not found:
        return text("Nothing waits for them.")
    given = sum(one.is_given for one in found)
    rest = len(found) - given
    parts = [
        plural("{n} record waits for {name}.", "{n} records wait for {name}.", given, name=found[0].name)
        if given
        else "",
        plural(
            "{n} rotation, audit or seat is to be agreed on where it stands.",
            "{n} rotations, audits or seats are to be agreed on where they stand.",
            rest,
        )
        if rest
        else "",
    ]
    return " ".join(part for part in parts if part)


def noun_title(noun: str) -> str:
    """What such a record is called."""
    return {
        "action": text("Action"),
        "commitment": text("Promise"),
        "escalation": text("Escalation"),
        "schedule": text("Schedule"),
        "route": text("Route"),
        "rotation": text("Rotation"),
        "audit": text("Audit"),
        "body_member": text("Seat"),
    }.get(noun, noun)


class _Around(msgspec.Struct, frozen=True):
    """What is read once, however many left."""

    people: list[Person]
    schedules: list[Schedule]
    routes: list[Route]

    def entries(self, person: Person) -> list[Person]:
        """All entries that are this person."""
        real = person.same_as or person.uid
        return [one for one in self.people if real in (one.uid, one.same_as)]

    @classmethod
    def read(cls, reader: Reader, people: list[Person]) -> _Around:
        return cls(people, reader.find(Schedule, retired=False), reader.find(Route, retired=False))


def _of(reader: Reader, person: Person, today: date, around: _Around) -> Iterator[tuple[Record, str, date | None]]:
    """Each record that waits for a person, what it is called, and its day."""
    entries = around.entries(person)
    names, uids = {plain_name(one.name) for one in entries}, {one.uid for one in entries}
    named = list(_like(reader, entries, around))
    yield from ((one, f"{one.number} {_what(one)}", _due(one)) for one in named)
    for schedule in around.schedules:
        if plain_name(schedule.owner) in names or not uids.isdisjoint(schedule.auditors):
            yield schedule, schedule.title, schedule.ends
    for route in around.routes:
        if not uids.isdisjoint(route.walkers):
            yield route, route.title, None
    for uid in sorted(uids):
        yield from _by_uid(reader, uid, today)


def _by_uid(reader: Reader, uid: Uid, today: date) -> Iterator[tuple[Record, str, date | None]]:
    """What names one entry of a person."""
    for promise in reader.find(Commitment, leader=uid, state=CommitmentState.OPEN.value):
        yield promise, f"{promise.number} {promise.text}", promise.due
    for rotation in reader.find(Rotation, leader=uid, state=RotationState.PLANNED.value):
        yield rotation, f"{rotation.number} {rotation.role}", rotation.planned_on
    for audit in reader.find(Audit, auditor=uid) + reader.find(Audit, second=uid):
        if audit.state in _OPEN_AUDITS:
            yield audit, f"{audit.number} {audit.title}", audit.planned_on
    for seat in reader.find(BodyMember, member=uid):
        if seat.ends is None or seat.ends >= today:
            body = reader.get(GovernanceBody, seat.body)
            yield seat, f"{body.title if body is not None else ''} · {seat.role}", seat.ends


def _like(reader: Reader, entries: list[Person], around: _Around) -> Iterator[Action | Escalation]:
    """Open actions and escalations that name the person, by names that nobody else has who is here."""
    own = {one.uid for one in entries}
    here = {plain_name(one.name) for one in around.people if one.uid not in own and one.left_on is None}
    names = [one.name for one in entries if plain_name(one.name) not in here]
    yield from open_of(reader, *names)
    meant = {plain_name(one) for one in names}
    cases = reader.find(Escalation, state=EscalationState.OPEN.value)
    yield from (one for one in cases if plain_name(one.owner) in meant)


def _in_place_of(record: Record, old: list[Person], new: Person) -> Mapping[str, object]:
    """The fields that name the old one, with the new one in them; nobody twice."""
    if isinstance(record, Action | Escalation):
        return {"owner": new.name}
    if isinstance(record, Commitment):
        return {"leader": new.uid}
    if isinstance(record, Route):
        return {"walkers": _swapped(record.walkers, old, new)}
    assert isinstance(record, Schedule)
    names = {plain_name(one.name) for one in old}
    owner = new.name if plain_name(record.owner) in names else record.owner
    return {"owner": owner, "auditors": _swapped(record.auditors, old, new)}


def _swapped(people: tuple[Uid, ...], old: list[Person], new: Person) -> tuple[Uid, ...]:
    gone = {one.uid for one in old}
    return tuple(dict.fromkeys(new.uid if one in gone else one for one in people))


def _what(one: Action | Escalation) -> str:
    return one.text if isinstance(one, Action) else one.title


def _due(one: Action | Escalation) -> date | None:
    if isinstance(one, Action):
        return one.due
    return one.due_at.date() if one.due_at is not None else None
