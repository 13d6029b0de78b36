"""The chart of a measure as facts: points with limits, phases, rules, signals, the proposal and what to know of it."""

from __future__ import annotations

import math
from datetime import date

from gemba.domain.measures import Measure
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.methods.charts.model import ChartSort
from gemba.methods.charts.moving_range import Spread
from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import chart_notes
from gemba.work.chart_signals import rules_for, signals
from gemba.work.chart_words import axis, false_alarm_line, kind_title, label, period_title, reason, rules_line
from gemba.work.charting import Drawn, draw
from gemba.work.desk import Desk
from gemba.work.measure_series import Numbers, series_of
from gemba.work.measures import check_chart
from gemba.work.moving_ranges import ranges_beneath
from gemba.work.pareto_and_funnel import funnel_of, pareto_of
from gemba.work.records import known


def chart_of(
    desk: Desk,
    measure: Measure | Uid,
    kind: str = "auto",
    *,
    begins: date | None = None,
    ends: date | None = None,
    by: str = "",
    spread: str = "mean",
) -> ChartFacts:
    """Chart a measure.

    Args:
        desk: whose store it is.
        measure: one that is kept, by uid, or one that is looked at once.
        kind: code of a chart (`measures.KINDS`).
        begins: first day; from the beginning when left out.
        ends: last day.
        by: category of the bars of a Pareto chart.
        spread: `mean`, `screened` or `median` moving range for trial limits.

    Raises:
        Refusal: the measure is unknown, or the chart cannot be drawn from its numbers.
    """
    with desk.reader() as reader:
        about = known(reader, Measure, measure) if isinstance(measure, str) else measure
        return facts_of(reader, about, kind, begins=begins, ends=ends, by=by, spread=spread)


def facts_of(
    reader: Reader,
    measure: Measure,
    kind: str = "auto",
    *,
    begins: date | None = None,
    ends: date | None = None,
    by: str = "",
    spread: str = "mean",
) -> ChartFacts:
    """The same, in a view of the store that is open already."""
    check_chart(kind)
    wanted = measure.chart if kind == "auto" else kind
    if wanted == "pareto":
        return pareto_of(reader, measure, by or "cause", begins, ends, subject(reader, measure))
    if wanted == "funnel":
        return funnel_of(reader, measure, begins, ends, subject(reader, measure))
    series = series_of(reader, measure, begins, ends)
    if not series.begins:
        return _empty(reader, measure, wanted)
    drawn = draw(reader, measure, kind, begins=begins, ends=ends, spread=Spread(spread))
    if not drawn.values:
        return _empty(reader, measure, wanted)
    return _facts(reader, measure, drawn, spread)


def subject(reader: Reader, measure: Measure) -> str:
    """Place and conditions of a measure, in words."""
    place = reader.get(Place, measure.place) if measure.place else None
    told = [place.name] if place is not None else []
    told += [f"{field} {value.replace(',', ' / ')}" for field, value in measure.filters.items()]
    if measure.of:
        of = " ".join(measure.of.values()) if "all" not in measure.of else text("all complaints")
        told.append(text("as a share of {whole}", whole=of))
    return " · ".join(told)


def _facts(reader: Reader, measure: Measure, drawn: Drawn, spread: str) -> ChartFacts:
    percent = drawn.series.numbers is Numbers.SHARES and drawn.sort not in {ChartSort.NP, ChartSort.G, ChartSort.T}
    percent = percent and drawn.sort not in {ChartSort.C, ChartSort.CUSUM}
    points = _points(measure, drawn)
    rules, left_out = rules_for(measure, drawn)
    proposed = drawn.choice.sort.value if drawn.choice is not None else ChartSort.RUN.value
    named = tuple(rule.value for rule in rules)
    return ChartFacts(
        title=measure.title,
        subject=subject(reader, measure),
        kind=drawn.sort.value,
        kind_title=kind_title(drawn.sort.value),
        proposed=proposed,
        reason=reason(drawn.choice, len(drawn.values)),
        sigma_z=drawn.sigma_z,
        period=measure.period.value,
        zone=drawn.series.zone,
        unit=measure.unit,
        axis=axis(measure, drawn.sort, drawn.per, shares=percent),
        across=text("Event") if drawn.sort in {ChartSort.G, ChartSort.T} else period_title(measure.period),
        percent=percent,
        points=(*points, *_running(measure, drawn)),
        phases=_phases(drawn),
        rules=named,
        rules_text=rules_line(named),
        signals=signals(measure, drawn, points, rules, percent=percent),
        notes=tuple(chart_notes.notes(reader, measure, drawn, left_out, spread)),
        false_alarms=""
        if measure.false_alarms is None
        else false_alarm_line(measure.false_alarms, measure.false_alarm_points, rules=measure.rules or named),
        beneath=ranges_beneath(measure, drawn) if drawn.sort is ChartSort.INDIVIDUALS else None,
    )


def _points(measure: Measure, drawn: Drawn) -> tuple[PointFacts, ...]:
    chart, series = drawn.chart, drawn.series
    between = drawn.sort in {ChartSort.G, ChartSort.T}
    sizes = drawn.sizes if drawn.sizes is not None and series.sizes is not None else None
    return tuple(
        PointFacts(
            label=series.begins[at].isoformat() if between else label(measure.period, series.begins[at]),
            begins=series.begins[at],
            ends=series.ends[at],
            value=value or 0.0,
            size=None if sizes is None else sizes[at],
            count=None if sizes is None else series.counts[at],
            centre=chart.centre[at],
            lower=_finite(chart.lower[at]),
            upper=_finite(chart.upper[at]),
            z=_finite(chart.z[at]),
            below=None if drawn.sums is None else -drawn.sums.low[at],
        )
        for at, value in enumerate(chart.values)
    )


def _running(measure: Measure, drawn: Drawn) -> tuple[PointFacts, ...]:
    """The period that is not over: seen, never judged."""
    running = drawn.series.running
    if running is None or drawn.sort in {ChartSort.G, ChartSort.T, ChartSort.EWMA, ChartSort.CUSUM}:
        return ()
    begins, count, size = running
    value = count if size is None or drawn.sort in {ChartSort.C, ChartSort.NP} else count / size * drawn.per
    return (
        PointFacts(
            label=label(measure.period, begins),
            begins=begins,
            value=value,
            size=size,
            count=None if size is None else count,
            excluded=text("This period is not over; it is shown and not judged."),
        ),
    )


def _phases(drawn: Drawn) -> tuple[PhaseFacts, ...]:
    told = []
    for at, (start, made) in enumerate(zip(drawn.chart.starts, drawn.chart.baselines, strict=True)):
        held = drawn.held[at] if at < len(drawn.held) else None
        title = text("Trial limits") if held is None else text("Baseline from {day}", day=held.holds_from.isoformat())
        told.append(
            PhaseFacts(
                start=start,
                title=title,
                frozen=held is not None,
                provisional=made.provisional,
                points=made.points,
                convention=made.convention,
            )
        )
    return tuple(told)


def _empty(reader: Reader, measure: Measure, kind: str) -> ChartFacts:
    shown = "run" if kind == "auto" else kind
    return ChartFacts(
        title=measure.title,
        subject=subject(reader, measure),
        kind=shown,
        kind_title=kind_title(shown),
        proposed="run",
        reason=text("There is nothing to chart yet."),
        period=measure.period.value,
        notes=(text("No value is there for this measure, place and time."),),
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
