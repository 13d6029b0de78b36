"""Spearman's rank correlation, also with a lag: does one measure still move with another?

Source: Spearman 1904; interval by Fisher's z with the variance of Bonett and Wright 2000, (1 + r² / 2) / (n - 3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.agreement.concordance import ranks
from gemba.methods.checking import enough, paired, within
from gemba.methods.proportions import Interval
from gemba.methods.tails import student_two_sided, wanted_z


@dataclass(frozen=True, slots=True)
class Correlation:
    """-1 to 1; nan when one side never changes."""

    r: float
    interval: Interval
    p: float
    """Two-sided, t with n - 2 degrees of freedom."""
    n: int
    lag: int


def spearman(first: Sequence[float], second: Sequence[float], lag: int = 0, confidence: float = 0.95) -> Correlation:
    """How alike two series rank their periods.

    Args:
        first: the measure that may lead.
        second: the outcome, of the same periods.
        lag: periods by which the outcome follows.
        confidence: two-sided.

    Raises:
        Refusal: `methods.lengths`, `methods.outside` for a negative lag, `methods.too_few` below five pairs.
    """
    paired(first, second)
    within("lag", lag, 0)
    a, b = first[: len(first) - lag], second[lag:]
    enough(a, 5)
    n, one, two = len(a), ranks(a), ranks(b)
    middle = (n + 1) / 2
    cross = math.fsum((x - middle) * (y - middle) for x, y in zip(one, two, strict=True))
    spread = math.sqrt(math.fsum((x - middle) ** 2 for x in one) * math.fsum((y - middle) ** 2 for y in two))
    if spread == 0:
        return Correlation(math.nan, Interval(-1.0, 1.0, confidence), math.nan, n, lag)
    r = max(-1.0, min(1.0, cross / spread))
    if abs(r) >= 1:
        return Correlation(r, Interval(r, r, confidence), 0.0, n, lag)
    half = wanted_z(confidence) * math.sqrt((1 + r * r / 2) / (n - 3))
    z = math.atanh(r)
    t = r * math.sqrt((n - 2) / (1 - r * r))
    return Correlation(
        r, Interval(math.tanh(z - half), math.tanh(z + half), confidence), student_two_sided(t, n - 2), n, lag
    )
