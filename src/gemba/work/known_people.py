"""People who have no laptop here yet: entered by name, and later linked with the entry of their own laptop."""

from __future__ import annotations

from typing import Any

from gemba.domain.change import Change
from gemba.domain.governance import BodyMember
from gemba.domain.people import Person, Role
from gemba.domain.programmes import Audit, AuditState, Schedule
from gemba.domain.record import Uid
from gemba.domain.rotations import Rotation, RotationState
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.store import same_people
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.people import checked_name
from gemba.work.records import known

_OPEN_AUDITS = frozenset({AuditState.PLANNED, AuditState.OPEN, AuditState.RESPONDING})


def add_person(desk: Desk, name: str, role: Role = Role.AUDITOR) -> Change:
    """Enter somebody by name, so that audits, walks and seats can be given to them.

    Raises:
        Refusal: the name is empty or too long, or somebody is called so already.
    """
    wanted = checked_name(name)
    with desk.unit() as unit:
        if any(one.name.casefold() == wanted.casefold() for one in people_known(unit)):
            raise Refusal("work.person_there", name=wanted)
        made = Person(uid=desk.ids(), name=wanted, role=role)
        unit.put(made)
        return unit.change_made(made.uid)


def people_known(reader: Reader) -> list[Person]:
    """Everybody who has a name here, each once, by name: entries that turned out to be somebody else's are left out."""
    found = [one for one in reader.find(Person) if one.name.strip() and one.same_as is None]
    return sorted(found, key=lambda one: (one.name.casefold(), one.uid))


def link_person(desk: Desk, entry: Uid, real: Uid) -> Change:
    """Say that somebody who was entered by name is the one who came with a laptop of their own.

    What is still to come is given over: audits that are not concluded, schedules, routes, seats and planned rotations.
    What is over keeps the entry, which has the same name; that nobody audits what they decided is asked of both.

    Args:
        desk: who says so, where.
        entry: who was entered by name, and never wrote anything.
        real: who they are.

    Raises:
        Refusal: both are one entry, either is linked already, the entry has written something, or lead and second
            auditor of an audit would be one person.
    """
    with desk.unit() as unit:
        about, person = known(unit, Person, entry), known(unit, Person, real)
        if entry == real or about.same_as is not None or person.same_as is not None:
            raise Refusal("work.person_linked", name=about.name)
        if entry == desk.person.uid or same_people.has_written(unit, entry):
            raise Refusal("work.person_wrote", name=about.name)
        _give_over(unit, entry, real)
        unit.change(Person, entry, same_as=real)
        return unit.change_made(entry)


def _give_over(unit: Unit, entry: Uid, real: Uid) -> None:
    for audit in unit.find(Audit):
        if audit.state in _OPEN_AUDITS and entry in {audit.auditor, audit.second}:
            if real in {audit.auditor, audit.second}:
                raise Refusal("work.second_is_lead")
            unit.change(Audit, audit.uid, **{"auditor" if audit.auditor == entry else "second": real})
    for schedule in unit.find(Schedule):
        if entry in schedule.auditors:
            unit.change(Schedule, schedule.uid, auditors=_instead(schedule.auditors, entry, real))
    for route in unit.find(Route):
        if entry in route.walkers:
            unit.change(Route, route.uid, walkers=_instead(route.walkers, entry, real))
    _change(unit, BodyMember, unit.find(BodyMember, member=entry), member=real)
    planned = [one for one in unit.find(Rotation, leader=entry) if one.state is RotationState.PLANNED]
    _change(unit, Rotation, planned, leader=real)


def _change(unit: Unit, noun: Any, found: list[Any], **fields: Uid) -> None:
    for one in found:
        unit.change(noun, one.uid, **fields)


def _instead(people: tuple[Uid, ...], entry: Uid, real: Uid) -> tuple[Uid, ...]:
    """The same people in the same order, each once."""
    return tuple(dict.fromkeys(real if one == entry else one for one in people))
