"""Where the same step and cause are complained of: counts by step, cause and place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from sqlalchemy import case, func, select

from gemba.domain.complaints import Severity
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import unindexed
from gemba.store.reading import Reader

WEIGHTS = {Severity.LOW: 1, Severity.MEDIUM: 3, Severity.HIGH: 9, Severity.CRITICAL: 27}
"""How much one complaint weighs by its severity: each step is three times the one before."""


class CellCount(msgspec.Struct, frozen=True):
    """Complaints of one step and cause at one site."""

    step: str
    cause: str
    site: Uid
    count: int
    weight: int
    """Sum of the severity weights."""
    first: datetime
    last: datetime


def cells(
    reader: Reader,
    filters: Mapping[str, str],
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> list[CellCount]:
    """Counts by the codes of today and by site: what lies below a site counts for it. Uncoded ones are left out."""
    c = complaint.c
    weight = func.sum(case(*((c.severity == severity, weight) for severity, weight in WEIGHTS.items()), else_=0))
    columns = (c.step, c.cause, c.place)
    asked = (
        select(*columns, func.count(), weight, func.min(c.received_at), func.max(c.received_at))
        .where(*conditions(reader, filters, place=place, begins=begins, ends=ends))
        .where(c.step != "", c.cause != "", c.place.is_not(None))
        # Not by the index of these three: it lacks the severity, and each row would be looked up.
        .group_by(*(unindexed(column) for column in columns))
    )
    sites = site_of(reader)
    steps, causes = (vocabularies.crosswalk(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    found: dict[tuple[str, str, Uid], CellCount] = {}
    for step, cause, where, *figures in reader.connection.execute(asked):
        key = (steps.get(step, step), causes.get(cause, cause), sites.get(where, where))
        one = CellCount(*key, *figures)
        known = found.get(key)
        found[key] = one if known is None else _joined(known, one)
    return list(found.values())


def site_of(reader: Reader) -> dict[Uid, Uid]:
    """By place the site that it belongs to: the nearest place above an area that is none, else the place itself.

    A site that goes on in another counts there.
    """
    places = {place.uid: place for place in reader.find(Place)}

    def site(uid: Uid) -> Uid:
        at, steps = places[uid], 0
        while (at.level is Level.AREA or at.merged_into in places) and at.parent in places and steps < len(places):
            at, steps = places[at.merged_into if at.merged_into in places else at.parent], steps + 1
        return at.uid if at.level is not Level.AREA else uid

    return {uid: site(uid) for uid in places}


def _joined(one: CellCount, other: CellCount) -> CellCount:
    return msgspec.structs.replace(
        one,
        count=one.count + other.count,
        weight=one.weight + other.weight,
        first=min(one.first, other.first),
        last=max(one.last, other.last),
    )
