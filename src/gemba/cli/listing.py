"""Options that every list command shares: search, filters, sort, limit."""

from __future__ import annotations

from collections.abc import Iterable
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


def query(
    reader: Reader,
    search: str,
    place: str | None,
    state: str | None,
    sort: str,
    *,
    states: Iterable[str] = (),
    late: str = "open",
) -> Query:
    """The query that the options of a list command ask for.

    Args:
        reader: of the store.
        search: words to look for.
        place: name or uid of a place.
        state: that lines must have, or `all`.
        sort: name of a column, with `-` before it for the other way round.
        states: that there are; left out where a list has states of its own.
        late: the state of which `overdue` is a part, where that is one of `states`.

    Raises:
        Refusal: there is no such place or state.
    """
    where: dict[str, tuple[str, ...]] = {}
    if place is not None:
        found = reader.get(Place, place) or place_named(reader, place)
        if found is None:
            raise Refusal("cli.unknown", noun="place", name=place)
        where["place"] = (found.uid,)
    if state not in {None, "all"}:
        known = tuple(map(str, states))
        if known and state not in known:
            raise Refusal("cli.unknown_state", state=state, known=", ".join(known))
        where["state"] = (str(state), *(["overdue"] if state == late and "overdue" in known else []))
    return Query(search=search, where=where, sort=sort.removeprefix("-"), descending=sort.startswith("-"))
