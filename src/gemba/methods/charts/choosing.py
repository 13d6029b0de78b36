"""Which chart fits, and why.

Gemba's own rule, after Provost and Murray: expected count below 1 a period, look at what lies between events; 1 to 5,
c or u read with N1 only; from 5, u (or c over equal exposure); shares, p; large sizes or more spread than the counting
law has, Laney; measured values, individuals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gemba.methods.charts.attributes import p_chart, u_chart
from gemba.methods.charts.laney import sigma_z
from gemba.methods.charts.model import ChartSort
from gemba.methods.charts.phases import PROVISIONAL
from gemba.methods.checking import enough
from gemba.methods.rules.sets import DEFAULT
from gemba.methods.rules.zones import Rule

MANY = 300
"""Items a period from which the binomial law is too narrow for real life."""
SPREAD_OUT = 1.2
"""Sigma-z from which the counting law does not hold."""
FAR_SPREAD_OUT = 2.0
"""The same where fewer than 12 points tell it: few points swing widely by chance."""


class Reason(StrEnum):
    """Why a chart was chosen; a stable name, put into words by whoever shows it."""

    RARE_COUNTS = "rare_counts"
    RARE_TIMES = "rare_times"
    FEW = "few"
    COUNTS = "counts"
    SHARES = "shares"
    LARGE = "large"
    OVERDISPERSED = "overdispersed"
    MEASURED = "measured"
    SKEWED = "skewed"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chart that is proposed."""

    sort: ChartSort
    reason: Reason
    figure: float
    """The number that decided: expected count a period, mean size, sigma-z, or skewness."""
    rules: tuple[Rule, ...] = DEFAULT
    log: bool = False
    """Chart logarithms."""


def choose_for_counts(counts: Sequence[float], sizes: Sequence[float] | None = None, *, times: bool = False) -> Choice:
    """For events counted over periods.

    Args:
        counts: events in each period.
        sizes: exposure of each period; None when all are equal.
        times: whether the moment of each event is known, so that times between them can be charted.
    """
    enough(counts, 1)
    expected = math.fsum(counts) / len(counts)
    equal = sizes is None or len(set(sizes)) == 1
    if expected < 1:
        return Choice(
            ChartSort.T if times else ChartSort.G, Reason.RARE_TIMES if times else Reason.RARE_COUNTS, expected
        )
    if expected < 5:
        return Choice(ChartSort.C if equal else ChartSort.U, Reason.FEW, expected, (Rule.N1,))
    spread = sigma_z(u_chart(counts, sizes or [1.0] * len(counts))) if len(counts) > 1 else 1.0
    if _too_wide(spread, len(counts)):
        return Choice(ChartSort.LANEY_U, Reason.OVERDISPERSED, spread)
    return Choice(ChartSort.C if equal else ChartSort.U, Reason.COUNTS, expected)


def choose_for_shares(hits: Sequence[float], sizes: Sequence[float]) -> Choice:
    """For marked items among all items of each period."""
    enough(hits, 1)
    expected, mean_size = math.fsum(hits) / len(hits), math.fsum(sizes) / len(sizes)
    if expected < 1:
        return Choice(ChartSort.G, Reason.RARE_COUNTS, expected)
    if mean_size > MANY:
        return Choice(ChartSort.LANEY_P, Reason.LARGE, mean_size)
    chart = p_chart(hits, sizes)
    spread = sigma_z(chart) if len(hits) > 1 and all(z is not None and math.isfinite(z) for z in chart.z) else 1.0
    if _too_wide(spread, len(hits)):
        return Choice(ChartSort.LANEY_P, Reason.OVERDISPERSED, spread)
    return Choice(ChartSort.P, Reason.SHARES, expected, DEFAULT if expected >= 5 else (Rule.N1,))


def _too_wide(spread: float, points: int) -> bool:
    return spread > (SPREAD_OUT if points >= PROVISIONAL else FAR_SPREAD_OUT)


def choose_for_measures(values: Sequence[float], *, duration: bool = False) -> Choice:
    """For measured values; durations with a long tail are charted as logarithms."""
    enough(values, 1)
    mean = math.fsum(values) / len(values)
    second = math.fsum((value - mean) ** 2 for value in values) / len(values)
    third = math.fsum((value - mean) ** 3 for value in values) / len(values)
    skewness = third / second**1.5 if second > 0 else 0.0
    if duration and skewness > 1 and min(values) > 0:
        return Choice(ChartSort.INDIVIDUALS, Reason.SKEWED, skewness, log=True)
    return Choice(ChartSort.INDIVIDUALS, Reason.MEASURED, skewness)
