"""The records behind a point of a chart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.complaints import Complaint
from gemba.domain.measures import Measure, MeasureSort
from gemba.domain.record import Uid
from gemba.reports.chart_facts import ChartFacts
from gemba.store import series as counting
from gemba.store.complaint_conditions import NOT
from gemba.work.desk import Desk
from gemba.work.measures import whole
from gemba.work.records import known

MOST = 200


class Behind(msgspec.Struct, frozen=True):
    """Which complaints a point counts."""

    uids: tuple[Uid, ...]
    """The oldest first, at most `MOST`."""
    filters: dict[str, str]
    place: Uid | None
    begins: datetime
    ends: datetime
    """Not included."""


class RecordLine(msgspec.Struct, frozen=True):
    """One complaint, in short."""

    uid: Uid
    number: str
    received_at: datetime
    severity: str
    state: str
    words: str
    """Its summary, else the beginning of what the customer said."""


def behind(
    desk: Desk,
    measure: Measure | Uid,
    facts: ChartFacts,
    at: int,
    *,
    by: str = "cause",
    begins: date | None = None,
    ends: date | None = None,
) -> Behind | None:
    """The complaints that a point counts; `None` where nothing is counted from complaints.

    Args:
        desk: whose store it is.
        measure: what is charted.
        facts: the chart.
        at: position of the point.
        by: category of the bars.
        begins: first day of a chart across categories or sites.
        ends: its last day.
    """
    with desk.reader() as reader:
        about = known(reader, Measure, measure) if isinstance(measure, str) else measure
        told = meant(about, facts, at, desk.clock().date(), by=by, begins=begins, ends=ends)
        if told is None:
            return None
        found = counting.records_behind(reader, told.filters, (told.begins, told.ends), place=told.place, most=MOST)
        return msgspec.structs.replace(told, uids=tuple(found))


def meant(
    about: Measure,
    facts: ChartFacts,
    at: int,
    today: date,
    *,
    by: str = "cause",
    begins: date | None = None,
    ends: date | None = None,
) -> Behind | None:
    """Which complaints a point counts, without looking any up; as `behind`.

    Args:
        about: what is charted.
        facts: the chart.
        at: position of the point.
        today: last day of a chart that goes on.
        by: category of the bars.
        begins: first day of a chart across categories or sites.
        ends: its last day.
    """
    point = facts.points[at]
    filters, place = {**(whole(about) or {}), **about.filters}, about.place
    if about.sort is not MeasureSort.COMPLAINTS or (facts.bars and not point.key):
        return None
    if facts.bars and (by != "place" or point.key.startswith(NOT)):
        filters[by] = point.key
    elif facts.bars or facts.funnel:
        place = point.key
    return Behind((), filters, place, *_during(facts, at, begins, ends, today))


def where(counted: Behind) -> dict[str, str]:
    """The filters of the list of complaints (`gemba complaint list --where`) that leave what a point counts."""
    told = dict(counted.filters) | {"received": f"{counted.begins.isoformat()}..{counted.ends.isoformat()}"}
    return told | ({"place": counted.place} if counted.place is not None else {})


def record_lines(desk: Desk, uids: tuple[Uid, ...]) -> list[RecordLine]:
    """Those complaints in short, in this order."""
    with desk.reader() as reader:
        return [
            RecordLine(
                each.uid,
                each.number,
                each.received_at,
                each.severity,
                each.state,
                each.summary or (each.redacted_words or each.words)[:160],
            )
            for each in reader.many(Complaint, uids)
        ]


def _during(
    facts: ChartFacts, at: int, begins: date | None, ends: date | None, today: date
) -> tuple[datetime, datetime]:
    zone, point = ZoneInfo(facts.zone), facts.points[at]
    first = point.begins or begins or date(1970, 1, 1)
    last = (point.ends or today) if point.begins else (ends or today)
    moments = [datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1))]
    return moments[0].astimezone(UTC), moments[1].astimezone(UTC)
