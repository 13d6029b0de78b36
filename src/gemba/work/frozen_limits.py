"""The frozen baselines of a measure, and whether they still mean the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gemba.domain.measures import FrozenBaseline, Measure
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.methods.charts.model import Baseline, ChartSort
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.wording import text


def frozen(reader: Reader, measure: Uid) -> list[FrozenBaseline]:
    """The baselines of a measure, by the day from which each holds."""
    found = reader.find(FrozenBaseline, measure=measure)
    return sorted(found, key=lambda each: (each.holds_from, each.frozen_at, each.uid))


def outdated(reader: Reader, measure: Measure, baselines: Sequence[FrozenBaseline]) -> tuple[Facet, int] | None:
    """Facet and version of a vocabulary that came after the newest baseline; `None` while it means the same."""
    if not baselines:
        return None
    fields = {*measure.filters, *measure.of}
    for facet in (each for each in Facet if each.value in fields):
        now = vocabularies.current(reader, facet)
        if now is not None and now.released_at > baselines[-1].frozen_at:
            return facet, now.version
    return None


def as_limits(record: FrozenBaseline) -> Baseline:
    """The baseline as the methods take it."""
    figures = record.figures
    words = text("frozen on {day}: {reason}", day=record.frozen_at.date().isoformat(), reason=record.reason)
    return Baseline(
        ChartSort(record.chart),
        figures["centre"],
        figures.get("spread", math.nan),
        figures.get("line", figures["centre"]),
        record.points,
        words,
        log=bool(figures.get("log")),
    )
