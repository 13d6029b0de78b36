"""Which complaints are meant: one way to say it, for lists, counts, reviews, charts and maps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement

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
            took the place of. `search` holds words.
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
            codes = {
                one for code in said.split(",") for one in vocabularies.meant_by(reader, Facet(field), code.strip())
            }
            found.append(complaint.c[field].in_(sorted(codes)))
        elif field in PLAIN:
            found.append(complaint.c[field].in_([value.strip() for value in said.split(",")]))
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
