"""How often each cause was seen at each site lately, by the source that tells of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import complaint
from gemba.store.follow_cells import site_of
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import finding

COMPLAINTS, FINDINGS = "complaints", "findings"
Cell = tuple[str, str, Uid]
"""Source, cause by today's code, site."""


def cause_counts(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> Counter[Cell]:
    """Complaints received and findings raised with a cause, counted by source, cause and site.

    Args:
        reader: of the store.
        begins: first day.
        ends: last day.
        place: only there and below; everywhere when left out.
    """
    c, f = complaint.c, finding.c
    told = conditions(reader, {}, place=place, begins=begins, ends=ends)
    complained = select(c.cause, c.place, func.count()).where(*told, c.cause != "", c.place.is_not(None))
    found = select(f.cause, f.place, func.count()).where(*_raised(reader, begins, ends, place))
    counted = _summed(reader, COMPLAINTS, complained.group_by(c.cause, c.place))
    return counted + _summed(reader, FINDINGS, found.group_by(f.cause, f.place))


def findings_by_cause(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> dict[str, tuple[Uid, ...]]:
    """The findings that `cause_counts` counts, by cause; the oldest first.

    Args: as `cause_counts`.
    """
    f, today = finding.c, vocabularies.crosswalk(reader, Facet.CAUSE)
    asked = select(f.cause, f.uid).where(*_raised(reader, begins, ends, place)).order_by(f.raised_at, f.uid)
    found: dict[str, list[Uid]] = {}
    for cause, uid in reader.connection.execute(asked):
        found.setdefault(today.get(cause, cause), []).append(uid)
    return {cause: tuple(uids) for cause, uids in found.items()}


def _raised(reader: Reader, begins: date, ends: date, place: Uid | None) -> list[ColumnElement[bool]]:
    """Findings with a cause, raised on these days at the place."""
    f = finding.c
    met = [f.cause != "", f.raised_at >= _midnight(begins), f.raised_at < _midnight(ends + timedelta(days=1))]
    return met if place is None else [*met, f.place.in_(places_below(reader, (place,)))]


def _summed(reader: Reader, source: str, asked: Select[Any]) -> Counter[Cell]:
    today, sites = vocabularies.crosswalk(reader, Facet.CAUSE), site_of(reader)
    counted: Counter[Cell] = Counter()
    for cause, where, n in reader.connection.execute(asked):
        counted[source, today.get(cause, cause), sites.get(where, where)] += n
    return counted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
