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
from gemba.domain.people import Person
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
    gone = [one for one in every if one.left_on is not None and one.left_on <= today and person in (None, one.uid)]
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
        for record, _, _ in _of(unit, old, today, _Around.read(unit, unit.find(Person))):
            if isinstance(record, GIVEN):
                unit.change(type(record), record.uid, **_in_place_of(record, old, new))
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

    @classmethod
    def read(cls, reader: Reader, people: list[Person]) -> _Around:
        return cls(people, reader.find(Schedule, retired=False), reader.find(Route, retired=False))


def _of(reader: Reader, person: Person, today: date, around: _Around) -> Iterator[tuple[Record, str, date | None]]:
    """Each record that waits for a person, what it is called, and its day."""
    named = list(_like(reader, person, around))
    yield from ((one, f"{one.number} {_what(one)}", _due(one)) for one in named)
    promises = reader.find(Commitment, leader=person.uid, state=CommitmentState.OPEN.value)
    yield from ((one, f"{one.number} {one.text}", one.due) for one in promises)
    for schedule in around.schedules:
        if _same(schedule.owner, person.name) or person.uid in schedule.auditors:
            yield schedule, schedule.title, schedule.ends
    for route in around.routes:
        if person.uid in route.walkers:
            yield route, route.title, None
    for rotation in reader.find(Rotation, leader=person.uid, state=RotationState.PLANNED.value):
        yield rotation, f"{rotation.number} {rotation.role}", rotation.planned_on
    for audit in reader.find(Audit, auditor=person.uid) + reader.find(Audit, second=person.uid):
        if audit.state in _OPEN_AUDITS:
            yield audit, f"{audit.number} {audit.title}", audit.planned_on
    for seat in reader.find(BodyMember, member=person.uid):
        if seat.ends is None or seat.ends >= today:
            body = reader.get(GovernanceBody, seat.body)
            yield seat, f"{body.title if body is not None else ''} · {seat.role}", seat.ends


def _like(reader: Reader, person: Person, around: _Around) -> Iterator[Action | Escalation]:
    """Open actions and escalations that name the person, unless another one of that name is here."""
    others = [one for one in around.people if one.uid != person.uid and _same(one.name, person.name)]
    if any(one.left_on is None for one in others):
        return
    yield from open_of(reader, person.name)
    yield from reader.find(Escalation, state=EscalationState.OPEN.value, owner=person.name)


def _in_place_of(record: Record, old: Person, new: Person) -> Mapping[str, object]:
    """The fields that name the old one, with the new one in them; nobody twice."""
    if isinstance(record, Action | Escalation):
        return {"owner": new.name}
    if isinstance(record, Commitment):
        return {"leader": new.uid}
    if isinstance(record, Route):
        return {"walkers": _swapped(record.walkers, old.uid, new.uid)}
    assert isinstance(record, Schedule)
    owner = new.name if _same(record.owner, old.name) else record.owner
    return {"owner": owner, "auditors": _swapped(record.auditors, old.uid, new.uid)}


def _swapped(people: tuple[Uid, ...], old: Uid, new: Uid) -> tuple[Uid, ...]:
    return tuple(dict.fromkeys(new if one == old else one for one in people))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _what(one: Action | Escalation) -> str:
    return one.text if isinstance(one, Action) else one.title


def _due(one: Action | Escalation) -> date | None:
    if isinstance(one, Action):
        return one.due
    return one.due_at.date() if one.due_at is not None else None
