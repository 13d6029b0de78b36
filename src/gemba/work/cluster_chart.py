"""The chart of one cluster of a review as it is drawn: what came before, the limits, and the period."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.methods.charts.attributes import u_chart
from gemba.methods.charts.laney import laney_u
from gemba.methods.charts.model import Chart
from gemba.methods.charts.phases import freeze, joined, judged
from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts, SignalFacts
from gemba.store import review_sets
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.cluster_figures import ClusterFigures
from gemba.work.cluster_numbers import block_title
from gemba.work.cluster_series import Days, Span
from gemba.work.desk import Desk
from gemba.work.draw_review import drawn_uids

_DRAWN = {"c", "u", "laney-u"}


def cluster_chart(
    desk: Desk, reader: Reader, review: ComplaintReview, span: Span, cluster: ClusterFigures
) -> ChartFacts | None:
    """The chart of a cluster; `None` where there is none, or where it is one of days between rare cases."""
    if cluster.series.chart not in _DRAWN or cluster.series.signals is None or span.first is None:
        return None
    before, now = _days(desk, reader, review, span, cluster)
    counts, sizes = span.counts_before(before), [size * span.weight for size in span.sizes()]
    ones = [1.0] * len(counts)
    trial = laney_u(counts, ones) if cluster.series.chart == "laney-u" else u_chart(counts, ones)
    values = [count / size for count, size in zip(span.counts(now), sizes, strict=True)]
    later = judged(freeze(trial), values, sizes)
    return _facts(span, cluster, joined([trial, later]), [*counts, *span.counts(now)])


def _days(
    desk: Desk, reader: Reader, review: ComplaintReview, span: Span, cluster: ClusterFigures
) -> tuple[Days, Days]:
    filters = {**review.filters, "step": cluster.step, "cause": cluster.cause}
    place = cluster.place or review.place
    last = span.begins - timedelta(1)
    earlier = review_sets.cases_before(reader, filters, place, span.first or last, last)
    uids = review_sets.clusters_uids(reader, drawn_uids(desk, review), cluster.step, cluster.cause, cluster.place)
    found = []
    for cases in (earlier, review_sets.cases_of(reader, uids)):
        days: Counter[date] = Counter()
        for each in cases:
            days[each.day] += each.n
        found.append(days)
    return found[0], found[1]


def _facts(span: Span, cluster: ClusterFigures, chart: Chart, counts: list[int]) -> ChartFacts:
    start = span.begins - timedelta(span.blocks_before * span.length)
    begins = [start + timedelta(at * span.length) for at in range(len(counts))]
    ends = [*(later - timedelta(1) for _, later in pairwise(begins)), span.ends]
    block = block_title(span)
    return ChartFacts(
        title=" · ".join(part for part in (cluster.step_title, cluster.cause_title, cluster.place_name) if part),
        kind=cluster.series.chart,
        kind_title=text("{chart} chart", chart=cluster.series.chart),
        proposed=cluster.series.chart,
        reason="",
        axis=text("Complaints a {block}", block=block),
        across=text("Each point is a {block}, by its first day", block=block),
        points=tuple(
            PointFacts(
                label=begins[at].isoformat(),
                begins=begins[at],
                ends=ends[at],
                value=value or 0.0,
                count=counts[at],
                centre=chart.centre[at],
                lower=chart.lower[at],
                upper=chart.upper[at],
                z=chart.z[at],
            )
            for at, value in enumerate(chart.values)
        ),
        phases=_phases(span, chart),
        signals=_signals(span, chart, cluster),
    )


def _phases(span: Span, chart: Chart) -> tuple[PhaseFacts, ...]:
    titles = (text("Before"), text("The period of the review"))
    return tuple(
        PhaseFacts(
            start=start,
            title=title,
            frozen=start > 0,
            provisional=chart.baselines[0].provisional,
            points=span.blocks_before,
            convention=chart.baselines[0].convention,
        )
        for start, title in zip(chart.starts, titles, strict=True)
    )


def _signals(span: Span, chart: Chart, cluster: ClusterFigures) -> tuple[SignalFacts, ...]:
    """Points of the period above the limit, and its run when that is longer than chance makes it."""
    first = span.blocks_before
    values = [value or 0.0 for value in chart.values]
    beyond = tuple(at for at in range(first, len(values)) if values[at] > chart.upper[at])
    found = []
    if beyond:
        found.append(_signal("N1", beyond, text("Above the upper limit.")))
    if cluster.series.run:
        run = _longest([at for at in range(first, len(values)) if values[at] > chart.centre[at]])
        found.append(_signal("anhoej", run, text("Longer on the worse side than chance makes it.")))
    return tuple(found)


def _signal(rule: str, points: tuple[int, ...], sentence: str) -> SignalFacts:
    return SignalFacts(rule=rule, first=points[0], last=points[-1], points=points, sentence=sentence, worse=True)


def _longest(points: list[int]) -> tuple[int, ...]:
    """The longest stretch of neighbours, the newest of equally long ones."""
    best: list[int] = []
    run: list[int] = []
    for at in points:
        run = [*run, at] if run and run[-1] == at - 1 else [at]
        best = run if len(run) >= len(best) else best
    return tuple(best)
