"""Say who works at this store."""

from __future__ import annotations

import msgspec

from gemba.domain.change import Change
from gemba.domain.people import Person, Role
from gemba.errors import Refusal
from gemba.work.desk import Desk

LONGEST_NAME = 120
"""Characters; a name stands in a line of the report."""


def describe_person(desk: Desk, *, name: str | None = None, role: Role | None = None) -> Change:
    """Change the name or role of the person at this desk; reports and lists show it from then on.

    Raises:
        Refusal: the name is empty or too long.
    """
    fields: dict[str, object] = {}
    if name is not None:
        fields["name"] = _checked(name)
    if role is not None:
        fields["role"] = role
    with desk.unit() as unit:
        unit.change(Person, desk.person.uid, **fields)
        return unit.change_made(desk.person.uid)


def person_now(desk: Desk) -> Person:
    """The person at this desk as the records tell it now."""
    with desk.reader() as reader:
        return reader.get(Person, desk.person.uid) or desk.person


def desk_of_now(desk: Desk) -> Desk:
    """The same desk with its person as described now."""
    return msgspec.structs.replace(desk, person=person_now(desk))


def _checked(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise Refusal("work.person_without_name")
    if len(wanted) > LONGEST_NAME:
        raise Refusal("work.person_name_too_long", limit=LONGEST_NAME)
    return wanted
