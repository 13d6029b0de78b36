"""The codes in force, and what became of older ones."""

from __future__ import annotations

from sqlalchemy import select

from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store.complaint_tables import vocabulary
from gemba.store.reading import Reader


def versions(reader: Reader, facet: Facet) -> list[Vocabulary]:
    """All versions of a facet's codes, the oldest first."""
    table = vocabulary
    asked = (
        select(table.c.uid).where(table.c.facet == facet).order_by(table.c.version, table.c.released_at, table.c.uid)
    )
    return list(reader.many(Vocabulary, list(reader.connection.scalars(asked))))


def current(reader: Reader, facet: Facet) -> Vocabulary | None:
    """The codes in force: of the newest version the one released last; `None` while there are none."""
    known = versions(reader, facet)
    return known[-1] if known else None


def crosswalk(reader: Reader, facet: Facet) -> dict[str, str]:
    """Today's code by code of any time; a code that nothing took the place of stands for itself."""
    today: dict[str, str] = {}
    for version in versions(reader, facet):
        for before, after in list(today.items()):
            today[before] = version.crosswalk.get(after, after)
        today |= {code: version.crosswalk.get(code, code) for code in version.crosswalk}
        today |= {code: code for code in version.terms if code not in version.crosswalk}
    return today


def meant_by(reader: Reader, facet: Facet, code: str) -> set[str]:
    """Every code of any time that today's code stands for, itself included."""
    return {code, *(before for before, after in crosswalk(reader, facet).items() if after == code)}


def titles(reader: Reader, facet: Facet) -> dict[str, str]:
    """What people call each code, of any time."""
    return {code: title for version in versions(reader, facet) for code, title in version.terms.items()}
