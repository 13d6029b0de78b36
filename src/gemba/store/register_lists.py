"""The list of the registers' entries. The read side."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, func

from gemba.domain.record import Uid
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Sort
from gemba.store.map_tables import register_entry
from gemba.store.tables import place


class EntryLine(Line, frozen=True, kw_only=True):
    """One entry of a register in a list."""

    register: str
    number: str
    title: str
    place: str
    place_uid: Uid | None
    step: str
    owner: str
    state: str
    review_by: date | None
    made_at: datetime
    changed_at: datetime


ENTRIES = ListOf(
    EntryLine,
    register_entry,
    source=register_entry.outerjoin(place, and_(register_entry.c.place == place.c.uid)),
    columns={
        **{name: register_entry.c[name] for name in EntryLine.__struct_fields__ if name in register_entry.c},
        "place": func.coalesce(place.c.name, ""),
        "place_uid": place.c.uid,
    },
    sorts={
        "made_at": Sort(register_entry, register_entry.c.made_at, "made_at"),
        "number": Sort(register_entry, register_entry.c.number, "number"),
        "title": Sort(register_entry, register_entry.c.title, "title"),
        "owner": Sort(register_entry, register_entry.c.owner, "owner"),
        "state": Sort(register_entry, register_entry.c.state, "state"),
        "review_by": Sort(register_entry, register_entry.c.review_by, "review_by"),
    },
    filters={
        "register": Filter(register_entry.c.register),
        "state": Filter(register_entry.c.state),
        "place": PlaceFilter(register_entry.c.place),
        "owner": Filter(register_entry.c.owner),
    },
)
"""What stands in the registers."""
