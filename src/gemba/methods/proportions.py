"""Proportions: intervals, differences and exact tests.

Sources: Wilson 1927; Clopper and Pearson 1934; Newcombe 1998 (method 10, no continuity correction); Pearson's
chi-square without correction. Shares are 0 to 1, confidence is two-sided.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gemba.methods.checking import within
from gemba.methods.special import beta_quantile
from gemba.methods.tails import binomial_tail, chi_square_tail, wanted_z


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where, with the confidence that was asked for."""

    low: float
    high: float
    confidence: float = 0.95

    def separate(self, other: Interval) -> bool:
        """Whether two intervals do not touch; only then may two places be ranked."""
        return self.low > other.high or other.low > self.high


@dataclass(frozen=True, slots=True)
class Difference:
    """Two shares compared: first less second."""

    difference: float
    interval: Interval
    chi_square: float
    p: float
    """Of the chi-square with one degree of freedom; nan when both shares are 0 or both are 1."""


def wilson(hits: int, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of a share; the default here, good for small n and shares near 0 or 1.

    Raises:
        Refusal: `methods.outside` when n is not positive or hits are not 0 to n.
    """
    _check(hits, n)
    z = wanted_z(confidence)
    share, square = hits / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Interval(
        0.0 if hits == 0 else max(0.0, centre - half), 1.0 if hits == n else min(1.0, centre + half), confidence
    )


def clopper_pearson(hits: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a share: never too narrow, often too wide."""
    _check(hits, n)
    rest = (1 - confidence) / 2
    low = 0.0 if hits == 0 else beta_quantile(rest, hits, n - hits + 1)
    high = 1.0 if hits == n else beta_quantile(1 - rest, hits + 1, n - hits)
    return Interval(low, high, confidence)


def compare_shares(hits1: int, n1: int, hits2: int, n2: int, confidence: float = 0.95) -> Difference:
    """The difference of two independent shares with Newcombe's hybrid score interval and Pearson's chi-square."""
    one, two = wilson(hits1, n1, confidence), wilson(hits2, n2, confidence)
    p1, p2 = hits1 / n1, hits2 / n2
    gap = p1 - p2
    low = gap - math.hypot(p1 - one.low, two.high - p2)
    high = gap + math.hypot(one.high - p1, p2 - two.low)
    pooled = (hits1 + hits2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    chi = gap * gap / spread if spread > 0 else math.nan
    return Difference(gap, Interval(low, high, confidence), chi, chi_square_tail(chi, 1) if spread > 0 else math.nan)


def concentration(hits: int, n: int, baseline: float) -> float:
    """The exact chance of so many hits or more when the true share is `baseline` (upper binomial tail)."""
    _check(hits, n)
    within("baseline", baseline, 0, 1)
    return binomial_tail(hits, n, baseline)


def highest_share_after_none(n: int, confidence: float = 0.95) -> float:
    """What n items without a single finding still allow: the share that would give none in 1 - confidence of samples.

    Thirteen items without a finding still allow 20.6 % bad.
    """
    within("n", n, 1)
    return 1.0 - math.pow(1 - confidence, 1 / n)


def _check(hits: int, n: int) -> None:
    within("n", n, 1)
    within("hits", hits, 0, n)
