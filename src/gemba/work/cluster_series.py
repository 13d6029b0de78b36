"""The series of a cluster: its cases over time, and whether its chart signals a rise within the period of a review.

The limits are frozen on what came before the period; the period's points are judged by them (`gemba.methods`). Only
signals of more complaints count: a fall is good news and no sign of a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from gemba.methods.charts.attributes import u_chart
from gemba.methods.charts.choosing import Choice, choose_for_counts
from gemba.methods.charts.laney import laney_u
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.charts.phases import PROVISIONAL, freeze, judged
from gemba.methods.charts.rare import g_chart
from gemba.methods.rules.sets import read
from gemba.methods.rules.zones import Rule

DAY, WEEK, FOUR_WEEKS = 1, 7, 28
_BLOCKS_BEFORE = 26
"""Blocks that the limits rest on: half a year of weeks; more only when the period itself has more."""
_SHORT, _LONG = 28, 200
"""Days of a period below which days are charted, and above which four weeks are."""

Days = Mapping[date, int]
"""Cases by day."""


class Span(msgspec.Struct, frozen=True):
    """The period of a review and what lies before it, cut into blocks of equal length."""

    begins: date
    ends: date
    length: int
    """Days of a block."""
    before: date
    """First day of the blocks that the limits rest on."""
    known_since: date | None
    """Day of the oldest complaint at all; `None` without any."""
    weight: float = 1.0
    """Share of the period's complaints that were drawn."""

    @property
    def days(self) -> int:
        """Of the period."""
        return (self.ends - self.begins).days + 1

    @property
    def first(self) -> date | None:
        """First day before the period of which anything is known; `None` when nothing is."""
        if self.known_since is None or self.known_since >= self.begins:
            return None
        return max(self.before, self.known_since)

    @property
    def previous(self) -> tuple[date, int] | None:
        """First day and number of days of the period before, of the same length where so much is known."""
        if self.first is None:
            return None
        starts = max(self.first, self.begins - timedelta(self.days))
        return starts, (self.begins - starts).days

    @property
    def blocks_before(self) -> int:
        """Whole blocks before the period of which all is known."""
        return 0 if self.first is None else (self.begins - self.first).days // self.length

    def sizes(self) -> list[float]:
        """Length of each of the period's blocks, in blocks; a short rest is added to the last one."""
        whole, rest = divmod(self.days, self.length)
        if whole == 0 or rest * 2 >= self.length:
            return [1.0] * whole + ([rest / self.length] if rest else [])
        return [*[1.0] * (whole - 1), 1 + rest / self.length]

    def counts(self, days: Days) -> list[int]:
        """Cases in each of the period's blocks."""
        found = [0] * len(self.sizes())
        for day, count in days.items():
            found[min((day - self.begins).days // self.length, len(found) - 1)] += count
        return found

    def counts_before(self, days: Days) -> list[int]:
        """Cases in each whole block before it, the oldest first."""
        found = [0] * self.blocks_before
        start = self.begins - timedelta(len(found) * self.length)
        for day, count in days.items():
            if day >= start:
                found[(day - start).days // self.length] += count
        return found


def span_of(begins: date, ends: date, known_since: date | None, weight: float = 1.0) -> Span:
    """The period cut into days, weeks or blocks of four weeks, whatever suits its length."""
    days = (ends - begins).days + 1
    length = DAY if days < _SHORT else WEEK if days <= _LONG else FOUR_WEEKS
    blocks = max(_BLOCKS_BEFORE, -(-days // length))
    return Span(begins, ends, length, begins - timedelta(blocks * length), known_since, weight)


class SeriesSignal(msgspec.Struct, frozen=True, kw_only=True):
    """What the chart of a cluster says."""

    signals: bool | None = None
    """`None` when there is no chart, and `why_not` says why."""
    why_not: str = ""
    """`few_periods`, `few_cases` or `sample`."""
    chart: str = ""
    """The chart's code."""
    reason: str = ""
    """Why this chart (`gemba.methods.charts.choosing.Reason`)."""
    points_before: int = 0
    """Points that the limits rest on; below 20 they are provisional."""
    usual: float | None = None
    """Centre line: cases a block, or of a g chart days from one case to the next."""
    upper: float | None = None
    """Upper limit of a whole block; `None` for a g chart."""
    highest: float | None = None
    """The period's highest point (of a g chart the shortest time between cases)."""
    beyond: int = 0
    """Points of the period above the upper limit."""
    run: int = 0
    """Longest run of points on the side of more complaints, when the run rules signal."""
    run_allowed: int = 0
    """The longest that chance makes likely."""


def signal_of(span: Span, before: Days, now: Days) -> SeriesSignal:
    """Whether the chart of a cluster signals a rise.

    Args:
        span: of the review.
        before: cases before the period, by day.
        now: cases of the period that were drawn, by day.
    """
    points = span.blocks_before
    if points < PROVISIONAL:
        return SeriesSignal(why_not="few_periods", points_before=points)
    counts = span.counts_before(before)
    choice = choose_for_counts(counts)
    if choice.sort is ChartSort.G:
        return _rare(span, choice, before, now)
    ones = [1.0] * points
    spread_out = choice.sort is ChartSort.LANEY_U
    frozen = freeze(laney_u(counts, ones) if spread_out else u_chart(counts, ones))
    sizes = [size * span.weight for size in span.sizes()]
    values = [count / size for count, size in zip(span.counts(now), sizes, strict=True)]
    chart = judged(frozen, values, sizes)
    found = _told(chart, choice, frozen)
    limit = judged(frozen, [0.0], [span.weight]).upper[0]
    return msgspec.structs.replace(found, upper=limit, highest=max(values))


def _rare(span: Span, choice: Choice, before: Days, now: Days) -> SeriesSignal:
    """Rare cases: the days from one to the next; a run of short ones is a rise."""
    if span.weight < 1:
        return SeriesSignal(why_not="sample", chart=choice.sort, reason=choice.reason)
    earlier = _gaps(_moments(before))
    if len(earlier) < PROVISIONAL or not now:
        return SeriesSignal(why_not="few_cases", chart=choice.sort, reason=choice.reason, points_before=len(earlier))
    frozen = freeze(g_chart(earlier))
    later = _gaps([max(before), *_moments(now)])
    found = _told(judged(frozen, later), choice, frozen, more_is_up=False)
    return msgspec.structs.replace(found, highest=float(min(later)))


def _told(chart: Chart, choice: Choice, frozen: Baseline, *, more_is_up: bool = True) -> SeriesSignal:
    reading = read(chart, choice.rules)
    flagged = {each.rule: each.points for each in reading.signals}
    worse = [at for at in flagged.get(Rule.N1, ()) if more_is_up and (chart.values[at] or 0.0) > chart.upper[at]]
    run = [at for at in flagged.get(Rule.ANHOEJ, ()) if _is_worse(chart, at, more_is_up=more_is_up)]
    runs = reading.runs[0]
    return SeriesSignal(
        signals=bool(worse or run),
        chart=choice.sort,
        reason=choice.reason,
        points_before=frozen.points,
        usual=frozen.line,
        beyond=len(worse),
        run=len(run),
        run_allowed=runs.longest_allowed if Rule.ANHOEJ in choice.rules else 0,
    )


def _is_worse(chart: Chart, at: int, *, more_is_up: bool) -> bool:
    value = chart.values[at]
    return value is not None and value != chart.centre[at] and (value > chart.centre[at]) == more_is_up


def _moments(days: Days) -> list[date]:
    return [day for day in sorted(days) for _ in range(days[day])]


def _gaps(moments: Sequence[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(moments)]
