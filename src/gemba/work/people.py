"""Say who works at this store."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.people import Person, Role, plain_name
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.owned_actions import open_of
from gemba.store.reading import Reader
from gemba.store.same_people import entries_of
from gemba.work.desk import Desk
from gemba.work.records import known

LONGEST_NAME = 120
"""Characters; a name stands in a line of the report."""


def describe_person(desk: Desk, *, name: str | None = None, role: Role | None = None) -> Change:
    """Change the name or role of the person at this desk; reports and lists show it from then on.

    Raises:
        Refusal: the name is empty or too long.
    """
    fields: dict[str, object] = {}
    if name is not None:
        fields["name"] = checked_name(name)
    if role is not None:
        fields["role"] = role
    with desk.unit() as unit:
        unit.change(Person, desk.person.uid, **fields)
        return unit.change_made(desk.person.uid)


def leave(desk: Desk, person: Uid, on: date | None) -> Change:
    """Keep the day from which nothing new is given to somebody; `None` when they are here again.

    Raises:
        Refusal: the person is unknown, or is the one at this desk.
    """
    with desk.unit() as unit:
        about = known(unit, Person, person)
        if person == desk.person.uid and on is not None:
            raise Refusal("work.leaves_oneself", name=about.name)
        unit.change(Person, person, left_on=on)
        return unit.change_made(person)


def person_named(reader: Reader, name: str) -> Person:
    """The one person whom a uid or name means, whatever its case.

    Raises:
        Refusal: nobody is called so (`work.nobody_called`), or several are (`work.several_people`).
    """
    found = reader.get(Person, name)
    if found is not None:
        return found
    every = {one.uid: one for one in reader.find(Person)}
    called = (one for one in every.values() if plain_name(one.name) == plain_name(name))
    meant = list({one.uid: one for each in called for one in (every.get(each.same_as or "", each),)}.values())
    if len(meant) != 1:
        raise Refusal("work.several_people" if meant else "work.nobody_called", name=name)
    return meant[0]


def open_actions_of(reader: Reader, person: Person) -> list[Action]:
    """The open actions that wait for somebody, by their name."""
    return open_of(reader, *(one.name for one in reader.many(Person, sorted(entries_of(reader, person.uid)))))


def person_now(desk: Desk) -> Person:
    """The person at this desk as the records tell it now."""
    with desk.reader() as reader:
        return reader.get(Person, desk.person.uid) or desk.person


def desk_of_now(desk: Desk) -> Desk:
    """The same desk with its person as described now."""
    return msgspec.structs.replace(desk, person=person_now(desk))


def checked_name(name: str) -> str:
    """A name as it is kept: blanks once each.

    Raises:
        Refusal: it is empty or too long.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise Refusal("work.person_without_name")
    if len(wanted) > LONGEST_NAME:
        raise Refusal("work.person_name_too_long", limit=LONGEST_NAME)
    return wanted
