"""Short-term spread from the differences of neighbours.

Constants d2(2) = 1.128, D4(2) = 3.267, d4(2) = 0.954 (Montgomery, Introduction to SPC, appendix VI; Wheeler for the
median). *Screened*: moving ranges above 3.267 times their mean are dropped once (qicharts2's default; qcc keeps them).
*Median*: one wild point cannot swell the limits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import median

from gemba.errors import Refusal

D2 = 1.128
D4 = 3.267
D4_MEDIAN = 0.954


class Spread(StrEnum):
    """How the usual moving range is worked out."""

    MEAN = "mean"
    SCREENED = "screened"
    MEDIAN = "median"


WORDS = {
    Spread.MEAN: "mean moving range / 1.128",
    Spread.SCREENED: "mean moving range / 1.128, ranges above 3.267 x their mean dropped once",
    Spread.MEDIAN: "median moving range / 0.954",
}


def moving_ranges(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """|difference to the point before|; None for the first point and beside a missing one."""
    found = [None if a is None or b is None else abs(b - a) for a, b in pairwise(values)]
    return (None, *found) if values else ()


def usual_range(values: Sequence[float | None], spread: Spread) -> float:
    """The mean (screened or not) or the median moving range.

    Raises:
        Refusal: `methods.too_few` when no two neighbours are there.
    """
    ranges = [each for each in moving_ranges(values) if each is not None]
    if not ranges:
        raise Refusal("methods.too_few", needed=2, given=sum(value is not None for value in values))
    if spread is Spread.MEDIAN:
        return median(ranges)
    usual = math.fsum(ranges) / len(ranges)
    if spread is Spread.SCREENED:
        kept = [each for each in ranges if each < D4 * usual]
        usual = math.fsum(kept) / len(kept) if kept else usual
    return usual


def short_term_sigma(values: Sequence[float | None], spread: Spread = Spread.MEAN) -> float:
    """The standard deviation that neighbours show."""
    return usual_range(values, spread) / (D4_MEDIAN if spread is Spread.MEDIAN else D2)
