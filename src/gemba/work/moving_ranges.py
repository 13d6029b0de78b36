"""The moving ranges that stand under an individuals chart."""

from __future__ import annotations

from gemba.domain.measures import Measure
from gemba.methods.charts.individuals import moving_range
from gemba.reports.chart_facts import ChartFacts, PointFacts, SignalFacts
from gemba.reports.chart_numbers import figure
from gemba.wording import text
from gemba.work.chart_words import kind_title, label
from gemba.work.charting import Drawn


def ranges_beneath(measure: Measure, drawn: Drawn) -> ChartFacts | None:
    """How much neighbours differ, with its upper limit; `None` below three points."""
    if len(drawn.values) < 3:
        return None
    chart = moving_range(drawn.values)
    points = tuple(
        PointFacts(
            label=label(measure.period, begins),
            begins=begins,
            value=value or 0.0,
            centre=chart.centre[at],
            lower=None,
            upper=chart.upper[at],
            excluded="" if value is not None else text("The first point has no range."),
        )
        for at, (begins, value) in enumerate(zip(drawn.series.begins, chart.values, strict=True))
    )
    told = tuple(
        SignalFacts(
            rule="N1",
            first=at,
            last=at,
            points=(at,),
            sentence=text(
                "{label}: neighbours differ by {value}, more than {limit}.",
                label=points[at].label,
                value=figure(points[at].value),
                limit=figure(points[at].upper),
            ),
            worse=True,
        )
        for at in chart.beyond()
    )
    return ChartFacts(
        title=kind_title("mr"),
        kind="mr",
        kind_title=kind_title("mr"),
        proposed="mr",
        reason="",
        axis=text("Range"),
        points=points,
        signals=told,
    )
