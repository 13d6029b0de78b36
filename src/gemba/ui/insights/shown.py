"""What the views of insights read, on a job's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba import wording
from gemba.domain.measures import FrozenBaseline, Measure, MeasureSort
from gemba.errors import GembaError
from gemba.reports.chart_facts import ChartFacts
from gemba.store.series import CATEGORIES
from gemba.work import alerts, chart_records
from gemba.work.chart_facts import facts_of
from gemba.work.chart_records import Behind, RecordLine
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
        return ChartShown(measure, facts, tuple(frozen(reader, measure.uid)), wanted.by)


def read_behind(desk: Any, shown: ChartShown, at: int) -> tuple[list[RecordLine], Behind | None]:
    """The first complaints behind a point, and which all of them are."""
    found = chart_records.behind(desk, shown.measure, shown.facts, at, by=shown.by)
    return ([], None) if found is None else (chart_records.record_lines(desk, found.uids), found)


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
