"""The median with an interval that supposes nothing of the shape: order statistics by the binomial.

Source: Thompson 1936. The interval runs from the k-th smallest to the k-th largest value, where k is the largest number
for which the chance of fewer than k values on one side of the true median stays at or below half of what is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gemba.methods.checking import enough
from gemba.methods.proportions import Interval
from gemba.methods.tails import binomial_tail


@dataclass(frozen=True, slots=True)
class Median:
    """The middle value, and between which values it lies."""

    value: float
    interval: Interval | None
    """None when there are too few values for one of that confidence (fewer than 6 for 95 %)."""
    n: int


def median_of(values: Sequence[float], confidence: float = 0.95) -> Median:
    """The median of some values with its exact, conservative interval.

    Raises:
        Refusal: `methods.too_few` without any.
    """
    enough(values, 1)
    ordered, n = sorted(values), len(values)
    rest = (1 - confidence) / 2
    k = bisect_left(range(n // 2), True, key=lambda below: binomial_tail(n - below, n, 0.5) > rest)
    interval = Interval(ordered[k - 1], ordered[n - k], confidence) if k else None
    return Median(median(ordered), interval, n)
