"""A place that goes on in another: where what is new stands. The one rule, kept where every new record passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from gemba.domain.new_work import asks_for_work
from gemba.domain.record import Record, Uid
from gemba.store.tables import REFERENCES

R = TypeVar("R", bound=Record)

Row = Callable[[Uid], Mapping[str, Any] | None]
"""Reads the row of a place; `None` when it is not here."""

_FURTHEST = 16
"""Places that went on in one another; more is a circle that two laptops made without knowing of each other."""

PLACE_FIELDS: dict[str, tuple[str, ...]] = {
    noun: tuple(str(field) for field, named in fields.items() if named == "place" and field != "merged_into")
    for noun, fields in REFERENCES.items()
}
"""Of each noun the fields that name a place at which something is to stand."""


def standing_place(row: Row, place: Uid) -> Uid:
    """The place itself, or the last of those that it went on in; itself where those run in a circle."""
    at = place
    for _ in range(_FURTHEST):
        here = row(at)
        into = here["merged_into"] if here is not None else None
        if into is None:
            return at
        if into == place:
            break
        at = into
    return place


def at_standing_places(row: Row, noun: str, record: R) -> R:
    """A new record as it is kept: at the places in which those that it names go on."""
    fields = PLACE_FIELDS[noun]
    if not fields or not asks_for_work(noun, record):
        return record
    named = {field: place for field in fields if (place := getattr(record, field)) is not None}
    found = {field: standing_place(row, place) for field, place in named.items()}
    return msgspec.structs.replace(record, **found) if found != named else record


def moved_to_standing_places(row: Row, noun: str, before: Record, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is set of a record: one that is put at another place is put where that goes on.

    The tree of places itself is moved as it is said.
    """
    if noun == "place" or not asks_for_work(noun, before):
        return dict(fields)
    moved = {
        name: standing_place(row, fields[name])
        for name in PLACE_FIELDS[noun]
        if fields.get(name) is not None and fields[name] != getattr(before, name)
    }
    return {**fields, **moved}
