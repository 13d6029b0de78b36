"""Which complaints are meant: one way to say it, for lists, counts, reviews, charts and maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func

from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import search_index, vocabularies
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader

FACETS = tuple(facet.value for facet in Facet)
PLAIN = ("severity", "state", "source", "language", "decision", "owner")
SEARCH = "search"
NOT = "!"
"""Before a value: all but this one are meant; alone, all that have some value."""
KNOWN = (*FACETS, *PLAIN, SEARCH)
"""What `filters` may name."""


def conditions(
    reader: Reader,
    filters: Mapping[str, str],
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
    duplicates: bool = True,
) -> list[ColumnElement[bool]]:
    """The conditions on a row of `complaint`.

    Args:
        reader: of the store.
        filters: accepted values by field (`KNOWN`), several with commas; a code stands for the older ones that it
            took the place of. `!code` leaves those with this code out, `!` those with none. `search` holds words.
        place: that place and all below it.
        begins: first day of receipt, in UTC.
        ends: last day, included.
        duplicates: also those that are linked to another that says the same.

    Raises:
        Refusal: `store.unknown_filter`.
    """
    found: list[ColumnElement[bool]] = []
    for field, said in filters.items():
        if field == SEARCH:
            searched = search_index.condition(reader.connection, "complaint", complaint.c.id, said)
            found += [] if searched is None else [searched]
        elif field in FACETS:
            found.append(tagged(reader, Facet(field), said.split(",")))
        elif field in PLAIN or (field == "place" and said.startswith(NOT)):
            found.append(one_of(complaint.c[field], said.split(",")))
        else:
            raise Refusal("store.unknown_filter", filter=field, known=", ".join(KNOWN))
    if place is not None:
        found.append(complaint.c.place.in_(places_below(reader, (place,))))
    if begins is not None:
        found.append(complaint.c.received_at >= datetime.combine(begins, time(), UTC))
    if ends is not None:
        found.append(complaint.c.received_at < datetime.combine(ends + timedelta(days=1), time(), UTC))
    if not duplicates:
        found.append(complaint.c.duplicate_of.is_(None))
    return found


def tagged(reader: Reader, facet: Facet, said: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a complaint is tagged with one of today's codes, or (`!code`) with none of them."""
    meant = []
    for value in said:
        mark = NOT if value.strip().startswith(NOT) else ""
        code = value.strip().removeprefix(NOT)
        meant += [f"{mark}{one}" for one in (vocabularies.meant_by(reader, facet, code) if code or not mark else [""])]
    return one_of(complaint.c[facet.value], meant)


def one_of(column: Column[Any], said: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a column has one of the values, or (`!value`) none of them."""
    values = [value.strip() for value in said]
    wanted = sorted({value for value in values if not value.startswith(NOT)})
    left_out = sorted({value.removeprefix(NOT) for value in values if value.startswith(NOT)})
    held = [column.in_(wanted)] if wanted or not left_out else []
    return and_(*held, func.coalesce(column, "").not_in(left_out)) if left_out else held[0]
