"""The numbers of a measure over time: counts, shares, rates or measured values, each with what it is based on."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.measures import Measure, MeasureSort
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import series as counting
from gemba.store.reading import Reader
from gemba.work.measure_values import values as values_of
from gemba.work.measures import whole
from gemba.work.records import known


class Numbers(StrEnum):
    """What the values of a series are."""

    COUNTS = "counts"
    SHARES = "shares"
    RATES = "rates"
    MEASURED = "measured"


PERCENT = "%"
"""Unit of values that are shares."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers in time order, one for each period that is over; the one that is not is kept apart."""

    numbers: Numbers
    begins: tuple[date, ...]
    """First day of each period, or the day of each event."""
    ends: tuple[date, ...]
    counts: tuple[float, ...]
    """What was counted (hits of a share), or the measured values."""
    sizes: tuple[float, ...] | None = None
    """Items or exposure of each period; `None` when all are alike."""
    running: tuple[date, float, float | None] | None = None
    """The period that is not over: its first day, count so far and size."""
    zone: str = "UTC"
    missing: int = 0
    """Periods in between without a value."""
    silent_since: date | None = None
    """The day at which it ends because nothing was recorded for long after it."""

    @property
    def values(self) -> tuple[float, ...]:
        """Counts, shares, rates or measured values, as an individuals chart draws them."""
        if self.sizes is None or self.numbers is Numbers.MEASURED:
            return self.counts
        return tuple(count / size for count, size in zip(self.counts, self.sizes, strict=True))


def series_of(reader: Reader, measure: Measure, begins: date | None = None, ends: date | None = None) -> Series:
    """The numbers of a measure.

    Args:
        reader: of the store.
        measure: what is charted.
        begins: first day; from the beginning when left out.
        ends: last day.

    Raises:
        Refusal: its exposure has other periods than it (`work.exposure_period`).
    """
    if measure.sort is MeasureSort.VALUES:
        return _entered(reader, measure, begins, ends)
    silent = counting.silent_since(reader) if ends is None else None
    counted = _counted(reader, measure, begins, ends or silent)
    return msgspec.structs.replace(counted, silent_since=silent)


def zone_of(reader: Reader, measure: Measure) -> str:
    """The zone in whose calendar the periods lie: that of the measure's place, else UTC."""
    place = reader.get(Place, measure.place) if measure.place else None
    if place is None:
        return "UTC"
    try:
        return ZoneInfo(place.zone).key
    except (OSError, ValueError, LookupError):
        return "UTC"


def hours_between(
    reader: Reader, measure: Measure, begins: date | None = None, ends: date | None = None
) -> tuple[Series, tuple[float, ...]]:
    """Whole days between events as a series, and the hours between them.

    The day of a point is that of the later event. What passed since the last one is not over and left out.
    """
    zone = zone_of(reader, measure)
    during = (
        None if begins is None else counting.stretch(measure.period, begins, zone)[0],
        None if ends is None else datetime.combine(ends + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)),
    )
    moments = counting.moments(reader, measure.filters, place=measure.place, during=during)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    pairs = list(itertools.pairwise(moments))
    hours = tuple((after - before).total_seconds() / 3600 for before, after in pairs)
    whole_days = tuple(float((after - before).days) for before, after in itertools.pairwise(days))
    later = tuple(days[1:])
    return Series(numbers=Numbers.MEASURED, begins=later, ends=later, counts=whole_days, zone=zone), hours


def _counted(reader: Reader, measure: Measure, begins: date | None, ends: date | None) -> Series:
    zone = zone_of(reader, measure)
    of = whole(measure)
    if of is not None and not of.keys() & measure.filters.keys():
        part, every = counting.parts(
            reader,
            measure.filters,
            of,
            measure.period,
            place=measure.place,
            begins=begins,
            ends=ends,
            zone=zone,
        )
        return _cut(measure, part, dict(zip(every.begins, map(float, every.whole), strict=True)), zone)
    asked = {**of, **measure.filters} if of is not None else dict(measure.filters)
    found = counting.counts(reader, asked, measure.period, place=measure.place, begins=begins, ends=ends, zone=zone)
    if of is None and measure.exposure is None:
        return _cut(measure, found, None, zone)
    if of is not None:
        base = counting.counts(
            reader,
            of,
            measure.period,
            place=measure.place,
            begins=found.begins[0] if found.begins else begins,
            ends=ends,
            zone=zone,
        )
        return _cut(measure, found, dict(zip(base.begins, map(float, base.whole), strict=True)), zone)
    return _cut(measure, found, _exposures(reader, measure), zone)


def _exposures(reader: Reader, measure: Measure) -> dict[date, float]:
    exposure = known(reader, Measure, measure.exposure or "")
    if exposure.period is not measure.period:
        raise Refusal("work.exposure_period", measure=exposure.code, period=measure.period.value)
    return {each.begins: each.value for each in values_of(reader, exposure)}


def _cut(measure: Measure, found: counting.Counted, sizes: dict[date, float] | None, zone: str) -> Series:
    """The series of what was counted: periods without a size are left out, the running one is kept apart."""
    rows = [(day, float(count), None if sizes is None else sizes.get(day, 0.0)) for day, count in _rows(found)]
    running = rows.pop() if rows and found.unfinished else None
    kept = [row for row in rows if row[2] is None or row[2] > 0]
    numbers = Numbers.COUNTS if sizes is None else Numbers.SHARES if measure.of else Numbers.RATES
    return Series(
        numbers=numbers,
        begins=tuple(row[0] for row in kept),
        ends=tuple(_last_day(measure, row[0]) for row in kept),
        counts=tuple(row[1] for row in kept),
        sizes=None if sizes is None else tuple(row[2] or 0.0 for row in kept),
        running=None if running is None or running[2] == 0 else running,
        zone=zone,
        missing=len(rows) - len(kept),
    )


def _rows(found: counting.Counted) -> list[tuple[date, int]]:
    counted = found.whole or (0,) * len(found.begins)
    return list(zip(found.begins, counted, strict=True))


def _last_day(measure: Measure, begins: date) -> date:
    return counting.after(measure.period, begins) - timedelta(days=1)


def _entered(reader: Reader, measure: Measure, begins: date | None, ends: date | None) -> Series:
    """What was entered: percent are shares of their size, whole numbers without a unit are counts; else measured."""
    told = [
        each
        for each in values_of(reader, measure)
        if (begins is None or each.begins >= begins) and (ends is None or each.begins <= ends)
    ]
    days = tuple(each.begins for each in told)
    numbers = _sort_of([each.value for each in told], [each.size for each in told], measure.unit)
    sizes = None if numbers is Numbers.COUNTS or not told else tuple(each.size or 1.0 for each in told)
    counts = tuple(each.value for each in told)
    if numbers is Numbers.SHARES and sizes is not None:
        counts = tuple(each.value / 100 * (each.size or 1.0) for each in told)
    spans = len(counting.spans(measure.period, days[0], days[-1])) if days else 0
    return Series(
        numbers=numbers,
        begins=days,
        ends=tuple(_last_day(measure, day) for day in days),
        counts=counts,
        sizes=None if numbers is Numbers.MEASURED else sizes,
        zone="UTC",
        missing=spans - len(days),
    )


def _sort_of(values: list[float], sizes: list[float | None], unit: str) -> Numbers:
    sized = bool(sizes) and all(sizes)
    if unit == PERCENT and sized and all(0 <= value <= 100 for value in values):
        return Numbers.SHARES
    counted = not unit and all(value >= 0 and value.is_integer() for value in values)
    if counted:
        return Numbers.RATES if sized else Numbers.COUNTS
    return Numbers.MEASURED
