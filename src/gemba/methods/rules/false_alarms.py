"""How often a set of rules cries wolf: measured on simulated stable series, before anyone relies on it.

The rules are the very ones that read the charts; only the counts are drawn by chance, from one unchanging mean. The
limits are frozen at that mean, as those of a settled baseline are; with trial limits, worked out from each series
itself, the shares differ by a few points either way. Anhøj's rules alone are read around each series' own median.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gemba.methods.chance import ALGORITHM, Chance
from gemba.methods.charts.attributes import c_chart
from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, ChartSort
from gemba.methods.charts.run import run_chart
from gemba.methods.checking import within
from gemba.methods.proportions import Interval, wilson
from gemba.methods.rules.sets import DEFAULT, read
from gemba.methods.rules.zones import Rule

Threshold = Callable[[Sequence[float], float], bool]
"""Whether a series with that usual mean raises an alarm."""

SERIES = 1500


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """What share of stable series raises at least one alarm."""

    share: float
    interval: Interval
    series: int
    periods: int
    mean: float
    seed: str
    algorithm: str = ALGORITHM


def false_alarms(
    rules: Collection[Rule] | Threshold = DEFAULT,
    *,
    mean: float,
    periods: int,
    series: int = SERIES,
    seed: str = "false alarms",
    trial: bool = False,
) -> FalseAlarms:
    """Simulate.

    Args:
        rules: a set of rules, or any other threshold (`rise_on_last`, `above_mean`).
        mean: expected count a period, from 0.01 to 500.
        periods: points in each series.
        series: how many series; 1,500 give the share to within some 2.5 points.
        seed: the same seed gives the same answer.
        trial: work the limits out from each series itself.

    Raises:
        Refusal: `methods.outside` for a mean, periods or series that cannot be simulated.
    """
    within("mean", mean, 0.01, 500)
    within("periods", periods, 2, 10_000)
    within("series", series, 1, 1_000_000)
    chance = Chance(seed)
    alarms = rules if callable(rules) else _by_rules(rules, trial=trial)
    hits = sum(alarms(chance.counts(mean, periods), mean) for _ in range(series))
    return FalseAlarms(hits / series, wilson(hits, series), series, periods, mean, seed)


def _by_rules(rules: Collection[Rule], *, trial: bool) -> Threshold:
    if set(rules) == {Rule.ANHOEJ}:  # a run chart has no limits, and its line is its own median
        return lambda counts, _mean: not read(run_chart(counts), rules).quiet

    def alarm(counts: Sequence[float], mean: float) -> bool:
        if trial:
            return not read(c_chart(counts), rules).quiet
        known = Baseline(ChartSort.C, mean, 1.0, mean, len(counts), "known mean")
        return not read(draw(known, counts), rules).quiet

    return alarm


def rise_on_last(share: float) -> Threshold:
    """The naive threshold "so much more than last period": 0.5 for +50 %."""
    return lambda counts, _mean: any(after > before * (1 + share) for before, after in pairwise(counts))


def above_mean(factor: float) -> Threshold:
    """The naive threshold "more than so many times the usual": 1.25 for 125 % of the mean."""
    return lambda counts, mean: max(counts) > factor * mean
