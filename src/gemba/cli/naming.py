"""How a person names a record on the command line: by uid, by number, or by the beginning of either."""

from __future__ import annotations

from typing import TypeVar

from gemba.domain.nouns import NAMES
from gemba.domain.places import Place
from gemba.domain.record import Record
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.places import add_place, place_named

R = TypeVar("R", bound=Record)

SHORTEST = 4
"""Letters of the beginning of a uid or number that are enough."""


def named(reader: Reader, noun: type[R], name: str) -> R:
    """The one record of a noun that `name` means.

    Args:
        reader: of the store.
        noun: class of the record; it must have a number.
        name: uid, number, or at least four letters of either's beginning.

    Raises:
        Refusal: there is none, or several.
    """
    whole = reader.get(noun, name)
    if whole is not None:
        return whole
    found = reader.find(noun, number=name) or reader.find(noun, number=name.upper())
    if not found and len(name) >= SHORTEST:
        found = reader.beginning(noun, "number", name.upper()) or reader.beginning(noun, "uid", name.lower())
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun=NAMES[noun].replace("_", " "), name=name)
    return found[0]


def template_named(reader: Reader, name: str) -> Template:
    """The template that `name` means: its uid, form id or title; of several versions the newest taken in."""
    found = reader.get(Template, name)
    if found is not None:
        return found
    wanted = name.casefold()
    fitting = [
        item
        for item in reader.find(Template)
        if wanted in {item.form_id.casefold(), item.title.casefold()}
        or (len(name) >= SHORTEST and item.uid.startswith(name))
    ]
    if not fitting:
        known = ", ".join(sorted({item.form_id for item in reader.find(Template)}))
        raise Refusal("cli.unknown_template", name=name, known=known)
    return max(fitting, key=lambda item: (item.imported_at, item.uid))


def place_for(desk: Desk, name: str) -> tuple[Place, bool]:
    """The place of this name or uid, and whether it was made now because there was none."""
    with desk.reader() as reader:
        found = reader.get(Place, name) or place_named(reader, name)
    if found is not None:
        return found, False
    change = add_place(desk, name)
    with desk.reader() as reader:
        return reader.find(Place, uid=change.uid)[0], True
