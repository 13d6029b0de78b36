"""Sets of complaints that are reviewed: the frame that a set is drawn from, and its cases counted for clusters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, String, Text, and_, case, cast, func, literal, or_, select, type_coerce

from gemba.domain.actions import ActionState
from gemba.domain.complaints import Severity
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.among import among
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import cause_analysis, complaint
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import action, assessment, finding
from gemba.store.tables import place as places

SEVERE = (Severity.HIGH.value, Severity.CRITICAL.value)
"""What counts as severe for the customer."""
_LOOKED_AT = 500
"""Complaints whose further columns tell which of them names shifts or teams."""


class Cases(NamedTuple):
    """Complaints that share all of this, counted; codes are today's."""

    step: str
    cause: str
    place: Uid
    """Empty where it is not known."""
    day: date
    """Of receipt, in UTC."""
    people: str
    """Shift, team or person as a code; empty where it is not known."""
    n: int
    """How many."""
    severe: int
    """Of these, high or critical for the customer."""


class Closed(NamedTuple):
    """An action that was done about a cause."""

    number: str
    step: str
    """Empty when the action is about the cause wherever it shows."""
    cause: str
    place: Uid
    day: date


def frame(reader: Reader, filters: Mapping[str, str], place: Uid | None, begins: date, ends: date) -> list[Uid]:
    """Uids of all complaints that period, place and filters leave, sorted; linked duplicates are left out."""
    asked = select(complaint.c.uid).where(*_meant(reader, filters, place, begins, ends))
    return sorted(reader.connection.scalars(asked))


def frame_count(reader: Reader, filters: Mapping[str, str], place: Uid | None, begins: date, ends: date) -> int:
    """How many complaints the frame has."""
    asked = select(func.count()).select_from(complaint).where(*_meant(reader, filters, place, begins, ends))
    return reader.connection.scalar(asked) or 0


def recorded_since(reader: Reader, uids: Collection[Uid], moment: datetime) -> set[Uid]:
    """Those of the complaints that were recorded after a moment."""
    held = among(reader.connection, complaint.c.uid, uids)
    return set(reader.connection.scalars(select(complaint.c.uid).where(held, complaint.c.recorded_at > moment)))


def cases_of(reader: Reader, uids: Collection[Uid], people: str = "") -> list[Cases]:
    """The complaints of a set, counted by step, cause, place and day.

    Args:
        reader: of the store.
        uids: of the complaints.
        people: title of the source's column that tells the shift, team or person as a code; empty for none.
    """
    held = among(reader.connection, complaint.c.uid, uids)
    return _counted(reader, [held], with_place=True, people=people)


def cases_before(
    reader: Reader,
    filters: Mapping[str, str],
    place: Uid | None,
    begins: date,
    ends: date,
    *,
    by_place: bool = False,
) -> list[Cases]:
    """All complaints of an earlier period, counted the same way; places are told only when asked for."""
    return _counted(reader, _meant(reader, filters, place, begins, ends), with_place=by_place, people="")


def first_day(reader: Reader, place: Uid | None) -> date | None:
    """Day of the oldest complaint at a place or anywhere below it: nothing is known of what came before."""
    asked = select(func.min(complaint.c.received_at))
    if place is not None:
        asked = asked.where(complaint.c.place.in_(places_below(reader, (place,))))
    found = reader.connection.scalar(asked)
    return None if found is None else found.date()


def columns_told(reader: Reader, uids: Collection[Uid]) -> list[str]:
    """Titles of the source's further columns, as some of these complaints have them."""
    held = among(reader.connection, complaint.c.uid, uids)
    asked = select(complaint.c.more).where(held, type_coerce(complaint.c.more, Text) != "{}").limit(_LOOKED_AT)
    return sorted({title for more in reader.connection.scalars(asked) for title in more})


def closed_actions(reader: Reader, before: date) -> list[Closed]:
    """Actions on causes that were done until a day, those of cause analyses and those of findings; codes are today's.

    Args:
        reader: of the store.
        before: the last day that counts.
    """
    limit = datetime.combine(before, time.max, UTC)
    steps, causes = (vocabularies.crosswalk(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    return [
        Closed(number, steps.get(step, step), causes.get(cause, cause), place, moment.date())
        for source, table in ((action.join(cause_analysis), cause_analysis), (action.join(finding), finding))
        for number, step, cause, place, moment in reader.connection.execute(_done(source, table, limit))
    ]


def clusters_uids(reader: Reader, uids: Collection[Uid], step: str, cause: str, place: Uid | None = None) -> list[Uid]:
    """The complaints of a set that a cluster is made of, the newest first."""
    coded = [
        complaint.c[facet.value].in_(sorted(vocabularies.meant_by(reader, facet, code)))
        for facet, code in ((Facet.STEP, step), (Facet.CAUSE, cause))
    ]
    held = [among(reader.connection, complaint.c.uid, uids), *coded]
    if place is not None:
        held.append(complaint.c.place == place)
    asked = select(complaint.c.uid).where(*held).order_by(complaint.c.received_at.desc(), complaint.c.id.desc())
    return list(reader.connection.scalars(asked))


def place_names(reader: Reader, uids: Collection[Uid]) -> dict[Uid, str]:
    """What these places are called."""
    asked = select(places.c.uid, places.c.name).where(among(reader.connection, places.c.uid, set(uids)))
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def with_file_checks(reader: Reader, uids: Collection[Uid]) -> list[Uid]:
    """Those of the complaints whose file somebody has begun to check, sorted."""
    asked = select(assessment.c.subject).where(assessment.c.subject != "").distinct()
    return sorted(set(reader.connection.scalars(asked)).intersection(uids))


def customers(reader: Reader, uids: Collection[Uid]) -> set[str]:
    """What the customers of these complaints are called."""
    held = among(reader.connection, complaint.c.uid, uids)
    asked = select(complaint.c.customer).where(held, complaint.c.customer != "").distinct()
    return set(reader.connection.scalars(asked))


def _meant(
    reader: Reader, filters: Mapping[str, str], place: Uid | None, begins: date, ends: date
) -> list[ColumnElement[bool]]:
    return conditions(reader, filters, place=place, begins=begins, ends=ends, duplicates=False)


def _done(source: Any, table: Any, limit: datetime) -> Select[Any]:
    return (
        select(action.c.number, table.c.step, table.c.cause, action.c.place, action.c.done_at)
        .select_from(source)
        .where(
            action.c.state == ActionState.DONE,
            action.c.done_at.is_not(None),
            action.c.done_at <= limit,
            or_(table.c.cause != "", table.c.step != ""),
        )
    )


def _counted(reader: Reader, held: list[ColumnElement[bool]], *, with_place: bool, people: str) -> list[Cases]:
    steps, causes = (vocabularies.crosswalk(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    of = complaint.c
    keys: list[ColumnElement[Any]] = [
        of.step,
        of.cause,
        func.coalesce(of.place, "") if with_place else literal(""),
        _day(reader),
        _further(reader, people) if people else literal(""),
    ]
    severe = func.sum(case((of.severity.in_(SEVERE), 1), else_=0))
    named = [key.label(f"k{at}") for at, key in enumerate(keys)]
    asked = select(*named, func.count(), severe).where(and_(*held)).group_by(*named)
    return [
        Cases(steps.get(step, step), causes.get(cause, cause), place, _date(day), who or "", n, bad)
        for step, cause, place, day, who, n, bad in map(tuple, reader.connection.execute(asked))
    ]


def _day(reader: Reader) -> ColumnElement[str]:
    """The day of receipt in UTC as text, `2026-03-02`."""
    if reader.connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", complaint.c.received_at), "YYYY-MM-DD", type_=String)
    return func.substr(type_coerce(complaint.c.received_at, Text), 1, 10, type_=String)


def _further(reader: Reader, title: str) -> ColumnElement[str]:
    """What the source's further column of this title says."""
    more = type_coerce(complaint.c.more, Text)
    if reader.connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import JSONB

        return cast(more, JSONB).op("->>")(title)
    return func.json_extract(more, f"$.{msgspec.json.encode(title).decode()}", type_=String)


@lru_cache(maxsize=4096)
def _date(day: str) -> date:
    return date.fromisoformat(day)
