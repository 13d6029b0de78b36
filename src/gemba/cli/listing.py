"""Options that every list command shares: search, filters, sort, limit."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.lists import Query
from gemba.store.reading import Reader
from gemba.work.places import place_named

SearchOption = Annotated[str, typer.Option("--search", help="Words to look for.")]
PlaceFilter = Annotated[str | None, typer.Option("--place", help="Name of a place; what is below it counts.")]
StateFilter = Annotated[str | None, typer.Option("--state", help="State, for example open or draft.")]
SortOption = Annotated[str, typer.Option("--sort", help="Column to sort by; -column for the other way round.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most this many lines.")]


def query(reader: Reader, search: str, place: str | None, state: str | None, sort: str) -> Query:
    """The query that the options of a list command ask for.

    Raises:
        Refusal: there is no such place.
    """
    where: dict[str, tuple[str, ...]] = {}
    if place is not None:
        found = reader.get(Place, place) or place_named(reader, place)
        if found is None:
            raise Refusal("cli.unknown", noun="place", name=place)
        where["place"] = (found.uid,)
    if state is not None:
        where["state"] = (state,)
    return Query(search=search, where=where, sort=sort.removeprefix("-"), descending=sort.startswith("-"))
