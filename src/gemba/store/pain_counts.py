"""How many pains each step has: complaints, findings, analyses and pins by hand, counted by the database.

Complaints are counted over a covering index, without those that are linked to another that says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Table, and_, func, select

from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import cause_analysis, complaint
from gemba.store.list_filters import count_up_to, places_below, unindexed
from gemba.store.map_tables import pin
from gemba.store.reading import Reader
from gemba.store.tables import finding

_FEW = 2_000
"""Rows that are looked up and sorted in no time."""


class Within(msgspec.Struct, frozen=True):
    """Which pains are meant."""

    place: Uid | None = None
    """With all below it; `None` for everywhere."""
    begins: date | None = None
    ends: date | None = None
    """Last day, included; days are in UTC."""

    def narrowed(self, begins: date | None, ends: date | None) -> Within:
        """The same place, from another day to another."""
        return msgspec.structs.replace(self, begins=begins, ends=ends)


Counts = dict[str, dict[str, int]]
"""Number by severity (or grade) by today's code of the step."""


def complaints(reader: Reader, within: Within) -> Counts:
    """Complaints by step and severity, without those linked to another; the empty code for those not coded."""
    by = (complaint.c.step, complaint.c.severity)
    return _by_today(reader, _complaints_by(reader, within, by))


def complaints_by_place(reader: Reader, within: Within, facet: Facet) -> Counter[tuple[str, Uid | None, str]]:
    """The same by code of a facet, place and severity."""
    column = complaint.c[facet]
    found: Counter[tuple[str, Uid | None, str]] = Counter()
    today = vocabularies.crosswalk(reader, facet)
    for (code, place, severity), n in _complaints_by(reader, within, (column, complaint.c.place, complaint.c.severity)):
        found[(today.get(code, code), place, severity)] += n
    return found


def findings(reader: Reader, within: Within) -> Counts:
    """Findings that name a step, by step and grade."""
    counted = _counted(finding, (finding.c.step, finding.c.grade), _found_within(reader, within, finding.c.step))
    return _by_today(reader, _rows(reader, counted))


def findings_by_place(reader: Reader, within: Within, facet: Facet) -> Counter[tuple[str, Uid]]:
    """Findings that name a code of a facet, by code and place."""
    column = finding.c[facet]
    found: Counter[tuple[str, Uid]] = Counter()
    today = vocabularies.crosswalk(reader, facet)
    counted = _counted(finding, (column, finding.c.place), _found_within(reader, within, column))
    for (code, place), n in _rows(reader, counted):
        found[(today.get(code, code), place)] += n
    return found


def analyses(reader: Reader, within: Within) -> Counts:
    """Cause analyses that name a step, by step and what the cause is."""
    table = cause_analysis
    held = [table.c.step != "", *_between(table.c.begun_at, within), *_at(reader, table.c.place, within)]
    return _by_today(reader, _rows(reader, _counted(table, (table.c.step, table.c.sort), held)))


def pinned(reader: Reader, steps: Sequence[Uid], sorts: Sequence[str]) -> dict[Uid, dict[str, int]]:
    """Pins by hand that stand, by uid of the step and severity."""
    held = [pin.c.step.in_(steps), pin.c.removed.is_(False), pin.c.sort.in_(sorts)]
    found: dict[Uid, dict[str, int]] = {}
    for (step, severity), n in _rows(reader, _counted(pin, (pin.c.step, pin.c.severity), held)):
        found.setdefault(step, {})[severity] = n
    return found


def newest_complaints(
    reader: Reader, within: Within, filters: Mapping[str, str], limit: int, *, placeless: bool = False
) -> list[Uid]:
    """Uids of the complaints behind a count, the newest first; `placeless` for those that name no place."""
    named = conditions(reader, filters)
    if count_up_to(reader, complaint.c.id, and_(*named), _FEW) >= _FEW:
        named = [unindexed(one) for one in named]  # walk back from today rather than sort all that have the code
    held = [*named, *conditions(reader, {}, begins=within.begins, ends=within.ends), complaint.c.duplicate_of.is_(None)]
    held += [unindexed(one) for one in _at(reader, complaint.c.place, within)]
    held += [unindexed(complaint.c.place.is_(None))] if placeless else []
    asked = select(complaint.c.uid).where(*held).order_by(complaint.c.received_at.desc(), complaint.c.id.desc())
    return list(reader.connection.scalars(asked.limit(limit)))


def newest_findings(reader: Reader, within: Within, facet: Facet, code: str, limit: int) -> list[Uid]:
    """Uids of the findings behind a count, the newest first."""
    held = _found_within(reader, within, finding.c[facet])
    held.append(finding.c[facet].in_(sorted(vocabularies.meant_by(reader, facet, code))))
    asked = select(finding.c.uid).where(*held).order_by(finding.c.raised_at.desc(), finding.c.id.desc())
    return list(reader.connection.scalars(asked.limit(limit)))


def newest_analyses(reader: Reader, within: Within, code: str, limit: int) -> list[Uid]:
    """Uids of the cause analyses behind a count, the newest first."""
    table = cause_analysis
    held = [*_between(table.c.begun_at, within), *_at(reader, table.c.place, within)]
    held.append(table.c.step.in_(sorted(vocabularies.meant_by(reader, Facet.STEP, code))))
    asked = select(table.c.uid).where(*held).order_by(table.c.begun_at.desc(), table.c.id.desc())
    return list(reader.connection.scalars(asked.limit(limit)))


def _complaints_by(reader: Reader, within: Within, by: Sequence[Column[Any]]) -> list[tuple[tuple[Any, ...], int]]:
    """Walks the index of the day of receipt, which has all that is asked for, whatever else SQLite would choose."""
    days = conditions(reader, {}, begins=within.begins, ends=within.ends)
    there = [unindexed(one) for one in _at(reader, complaint.c.place, within)]
    alone = unindexed(complaint.c.duplicate_of.is_(None))
    return _rows(reader, _counted(complaint, [unindexed(column) for column in by], [*days, *there, alone]))


def _found_within(reader: Reader, within: Within, column: Column[Any]) -> list[ColumnElement[bool]]:
    return [column != "", *_between(finding.c.raised_at, within), *_at(reader, finding.c.place, within)]


def _counted(table: Table, by: Sequence[ColumnElement[Any]], held: Sequence[ColumnElement[bool]]) -> Any:
    return select(*by, func.count()).select_from(table).where(*held).group_by(*by)


def _rows(reader: Reader, asked: Any) -> list[tuple[tuple[Any, ...], int]]:
    return [(tuple(row[:-1]), int(row[-1])) for row in reader.connection.execute(asked)]


def _by_today(reader: Reader, rows: Sequence[tuple[tuple[Any, ...], int]]) -> Counts:
    """Counts by the code that stands today for the one that was given then."""
    today = vocabularies.crosswalk(reader, Facet.STEP)
    found: Counts = {}
    for (code, what), n in rows:
        of = found.setdefault(today.get(code, code), {})
        of[what] = of.get(what, 0) + n
    return found


def _between(column: Column[Any], within: Within) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if within.begins is not None:
        found.append(column >= datetime.combine(within.begins, time(), UTC))
    if within.ends is not None:
        found.append(column < datetime.combine(within.ends + timedelta(days=1), time(), UTC))
    return found


def _at(reader: Reader, column: Column[Any], within: Within) -> list[ColumnElement[bool]]:
    return [] if within.place is None else [column.in_(places_below(reader, (within.place,)))]
