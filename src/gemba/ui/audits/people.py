"""Who may audit: the people that this store knows by name."""

from __future__ import annotations

from typing import Any

from gemba.domain.people import Person


def read_people(desk: Any) -> list[tuple[str, str]]:
    """Every person as (uid, name), by name; on any thread."""
    with desk.reader() as reader:
        people = [one for one in reader.find(Person) if one.name.strip()]
    return [(one.uid, one.name) for one in sorted(people, key=lambda one: (one.name.casefold(), one.uid))]
