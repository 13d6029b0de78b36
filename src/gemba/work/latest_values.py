"""What a measure shows now: the value of the last period that is over."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.goals import Bound
from gemba.domain.measures import Measure, MeasureSort
from gemba.domain.record import Uid
from gemba.domain.service_gaps import meets
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.series import first_day, silent_since
from gemba.work.chart_words import label
from gemba.work.goals_in_force import today_of
from gemba.work.measure_series import PERCENT, Numbers, series_of
from gemba.work.measure_values import values

_BACK = 3
"""Periods that are looked at for a value that is counted."""


class Latest(msgspec.Struct, frozen=True):
    """The newest value of a measure."""

    value: float
    """A share is in percent."""
    unit: str
    """`%` for a share, else the measure's own; empty for a plain number."""
    begins: date
    """First day of its period."""
    period: str
    """The same as people name it: `2026-10`, `2026 W41`."""


def latest(reader: Reader, measure: Measure) -> Latest | None:
    """The newest value of a measure; `None` while there is none, or when it cannot be told.

    A value that was entered counts as soon as its period has begun, a count only once its period is over.
    """
    today = today_of(reader)
    if measure.sort is MeasureSort.VALUES:
        told = [each for each in values(reader, measure) if each.begins <= today]
        return _latest(measure, told[-1].value, measure.unit, told[-1].begins) if told else None
    day = silent_since(reader) or today
    for _ in range(_BACK):
        day = first_day(measure.period, date.fromordinal(max(1, day.toordinal() - 1)))
    try:
        series = series_of(reader, measure, begins=day)
    except Refusal:  # its exposure does not fit: the chart says why
        return None
    if not series.values:
        return None
    is_share = series.numbers is Numbers.SHARES
    value = series.values[-1] * (100 if is_share else 1)
    return _latest(measure, value, PERCENT if is_share else measure.unit, series.begins[-1])


def stands(now: Latest | None, target: float | None, bound: Bound, unit: str) -> bool | None:
    """Whether what a measure shows meets a target; `None` where it cannot be told, also for want of one unit."""
    if now is None or target is None or units_differ(now, unit):
        return None
    return meets(now.value, target, bound)


def units_differ(now: Latest, unit: str) -> bool:
    """True when a target and a measure are in different units, so that their numbers say nothing of each other."""
    return bool(unit and now.unit) and unit.strip().casefold() != now.unit.strip().casefold()


def _latest(measure: Measure, value: float, unit: str, begins: date) -> Latest:
    return Latest(value, unit, begins, label(measure.period, begins))


class LatestValues:
    """The newest values of measures, each read once.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[Uid, tuple[Measure | None, Latest | None]] = {}

    def of(self, measure: Uid | None) -> tuple[Measure | None, Latest | None]:
        """A measure and what it shows; nothing for one that is not here."""
        if measure is None:
            return None, None
        if measure not in self._known:
            found = self._reader.get(Measure, measure)
            self._known[measure] = found, latest(self._reader, found) if found is not None else None
        return self._known[measure]
