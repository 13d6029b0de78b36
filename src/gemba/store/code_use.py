"""How often codes of a vocabulary are in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Table, func, select

from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_tables import cause_analysis, complaint
from gemba.store.reading import Reader
from gemba.store.tables import finding

_ALSO: dict[Facet, tuple[Table, ...]] = {
    Facet.STEP: (finding, cause_analysis),
    Facet.CAUSE: (finding, cause_analysis),
}
"""What is tagged with codes of a facet besides complaints."""


def used(reader: Reader, facet: Facet, codes: Collection[str]) -> dict[str, int]:
    """How many complaints, findings and cause analyses carry each of today's codes, older ones for it included.

    Args:
        reader: of the store.
        facet: that is tagged.
        codes: of the version in force; those that nothing carries are left out of the answer.
    """
    today = vocabularies.crosswalk(reader, facet)
    stands_for = {before: after for before, after in today.items() if after in codes}
    stands_for |= {code: code for code in codes}
    counted: Counter[str] = Counter()
    for table in (complaint, *_ALSO.get(facet, ())):
        column = table.c[facet.value]
        asked = select(column, func.count()).where(column.in_(sorted(stands_for))).group_by(column)
        for code, number in reader.connection.execute(asked):
            counted[stands_for[code]] += number
    return dict(counted)


def in_use(reader: Reader, facet: Facet, most: int = 1_000) -> dict[str, int]:
    """The codes that complaints carry of a facet, the most frequent first: what a first vocabulary may begin with."""
    column = complaint.c[facet.value]
    asked = select(column, func.count().label("n")).where(column != "").group_by(column)
    rows = reader.connection.execute(asked.order_by(func.count().desc(), column).limit(most))
    return {row[0]: row[1] for row in rows}
