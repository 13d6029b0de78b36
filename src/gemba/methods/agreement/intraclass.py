"""Intraclass correlation: agreement of measurements, the six forms.

Source: Shrout and Fleiss 1979; McGraw and Wong 1996. As R's psych::ICC with sums of squares (not lme4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval
from gemba.methods.tails import f_quantile


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six coefficients by their usual names, each with its interval."""

    icc1: float
    """Single rater, each unit by other raters."""
    icc2: float
    """Single rater, raters a sample, absolute agreement."""
    icc3: float
    """Single rater, these very raters, consistency."""
    icc1k: float
    """Mean of k raters, as icc1; icc2k and icc3k likewise."""
    icc2k: float
    icc3k: float
    intervals: tuple[Interval, Interval, Interval, Interval, Interval, Interval]
    """In the order of the coefficients."""


def intraclass(units: Sequence[Sequence[float]], confidence: float = 0.95) -> Intraclass:
    """All six forms for units that every rater measured.

    Raises:
        Refusal: `methods.too_few` below two units or raters, `methods.lengths` for unequal units.
    """
    enough(units, 2)
    enough(units[0], 2)
    for unit in units:
        paired(units[0], unit)
    n, k = len(units), len(units[0])
    between, raters, error, within = _mean_squares(units)
    icc1 = _over(between - within, between + (k - 1) * within)
    icc2 = _over(between - error, between + (k - 1) * error + k * (raters - error) / n)
    icc3 = _over(between - error, between + (k - 1) * error)
    tail = 1 - (1 - confidence) / 2
    one = _one_way(_over(between, within), (n - 1, n * (k - 1)), k, tail)
    three = _one_way(_over(between, error), (n - 1, (n - 1) * (k - 1)), k, tail)
    two = _two_way((between, raters, error), icc2, (n, k), tail)
    means = [tuple(_stepped(bound, k) for bound in bounds) for bounds in (one, two, three)]
    intervals = [Interval(low, high, confidence) for low, high in (one, two, three, *means)]
    return Intraclass(
        icc1,
        icc2,
        icc3,
        _over(between - within, between),
        _over(between - error, between + (raters - error) / n),
        _over(between - error, between),
        (intervals[0], intervals[1], intervals[2], intervals[3], intervals[4], intervals[5]),
    )


def _mean_squares(units: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Between units, between raters, what is left, and within units."""
    n, k = len(units), len(units[0])
    whole = math.fsum(math.fsum(unit) for unit in units) / (n * k)
    rows = [math.fsum(unit) / k for unit in units]
    columns = [math.fsum(column) / n for column in zip(*units, strict=True)]
    between = k * math.fsum((row - whole) ** 2 for row in rows)
    raters = n * math.fsum((column - whole) ** 2 for column in columns)
    total = math.fsum((value - whole) ** 2 for unit in units for value in unit)
    left = total - between - raters
    return between / (n - 1), raters / (k - 1), left / ((n - 1) * (k - 1)), (total - between) / (n * (k - 1))


def _one_way(f: float, freedom: tuple[int, int], k: int, tail: float) -> tuple[float, float]:
    low = f / f_quantile(tail, *freedom)
    high = f * f_quantile(tail, freedom[1], freedom[0])
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _two_way(
    squares: tuple[float, float, float], icc: float, size: tuple[int, int], tail: float
) -> tuple[float, float]:
    """Satterthwaite's interval for absolute agreement (Shrout and Fleiss, p. 424)."""
    between, raters, error = squares
    n, k = size
    f = _over(raters, error)
    top = (k - 1) * (n - 1) * (k * icc * f + n * (1 + (k - 1) * icc) - k * icc) ** 2
    bottom = (n - 1) * k * k * icc * icc * f * f + (n * (1 + (k - 1) * icc) - k * icc) ** 2
    freedom = _over(top, bottom)
    upper, lower = f_quantile(tail, n - 1, freedom), f_quantile(tail, freedom, n - 1)
    rest = k * raters + (k * n - k - n) * error
    low = n * (between - upper * error) / (upper * rest + n * between)
    high = n * (lower * between - error) / (rest + n * lower * between)
    return low, high


def _stepped(single: float, k: int) -> float:
    """Spearman-Brown: from one rater to the mean of k."""
    return single * k / (1 + single * (k - 1))


def _over(a: float, b: float) -> float:
    return a / b if b else math.nan
