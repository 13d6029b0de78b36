"""What the views of insights read, on a job's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba import wording
from gemba.domain.measures import FrozenBaseline, Measure, MeasureSort
from gemba.errors import GembaError
from gemba.reports.chart_facts import ChartFacts
from gemba.store.series import CATEGORIES
from gemba.ui.complaints.narrowing import narrowed
from gemba.work import alerts, chart_records
from gemba.work.chart_facts import facts_of
from gemba.work.frozen_limits import frozen
from gemba.work.measure_series import series_of
from gemba.work.measures import measures
from gemba.work.records import known

_SPARK = 40
"""Newest values that a sparkline shows."""


class MeasureLine(msgspec.Struct, frozen=True):
    """A measure in the list."""

    uid: str
    code: str
    title: str
    spark: tuple[float, ...]
    alerts: int


class ChartShown(msgspec.Struct, frozen=True):
    """One chart, and what can be done with it."""

    measure: Measure
    facts: ChartFacts
    baselines: tuple[FrozenBaseline, ...] = ()
    by: str = "cause"
    ways: tuple[str, ...] = ()
    """For each point the place of the list of complaints that it counts; empty where it counts none."""

    @property
    def counted(self) -> bool:
        """True when records stand behind its points."""
        return self.measure.sort is MeasureSort.COMPLAINTS


class Wanted(msgspec.Struct, frozen=True):
    """Which chart is asked for."""

    uid: str
    kind: str = "auto"
    spread: str = "mean"
    by: str = "cause"


def read_measures(desk: Any) -> list[MeasureLine]:
    """All measures with their newest values and open alerts."""
    waiting = [alert.measure for alert in alerts.open_signals(desk)]
    found = []
    with desk.reader() as reader:
        for measure in measures(reader):
            try:
                spark = series_of(reader, measure).values[-_SPARK:]
            except GembaError:
                spark = ()
            found.append(MeasureLine(measure.uid, measure.code, measure.title, spark, waiting.count(measure.uid)))
    return found


def read_chart(desk: Any, wanted: Wanted) -> ChartShown:
    """The chart of a measure.

    Raises:
        Refusal: it cannot be drawn so.
    """
    with desk.reader() as reader:
        measure = known(reader, Measure, wanted.uid)
        facts = facts_of(reader, measure, wanted.kind, by=wanted.by, spread=wanted.spread)
        today = desk.clock().date()
        found = (chart_records.meant(measure, facts, at, today, by=wanted.by) for at in range(len(facts.points)))
        ways = tuple("" if one is None else narrowed(one) for one in found)
        return ChartShown(measure, facts, tuple(frozen(reader, measure.uid)), wanted.by, ways)


def categories() -> list[tuple[str, str]]:
    """What bars can be made by: code and words."""
    words = {
        "product": wording.text("By product"),
        "step": wording.text("By process step"),
        "channel": wording.text("By channel"),
        "segment": wording.text("By segment"),
        "cause": wording.text("By cause"),
        "severity": wording.text("By severity"),
        "place": wording.text("By place"),
        "source": wording.text("By source"),
    }
    return [(code, words[code]) for code in ("cause", *(each for each in CATEGORIES if each != "cause"))]
