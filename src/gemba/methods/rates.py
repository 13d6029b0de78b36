"""Counts and rates: exact intervals, and the comparison of two periods.

Sources: Garwood 1936 (exact Poisson interval); Przyborowski and Wilenski 1940 (conditional test: given the total, the
first count is binomial). Two-sided p sums what is no likelier than what was seen, as R's poisson.test.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gemba.methods.checking import above, within
from gemba.methods.proportions import Interval, clopper_pearson
from gemba.methods.special import gamma_quantile
from gemba.methods.tails import binomial_chance, binomial_share, binomial_tail

_SLACK = 1 + 1e-7


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Rate of the first over rate of the second."""

    ratio: float
    """nan when nothing was counted at all."""
    interval: Interval
    p: float
    """Two-sided."""
    p_greater: float
    """Chance of a first count so high or higher when the rates are equal: the question asked of a cluster."""


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a count's mean."""
    within("count", count, 0)
    rest = (1 - confidence) / 2
    low = 0.0 if count == 0 else gamma_quantile(rest, count)
    return Interval(low, gamma_quantile(1 - rest, count + 1), confidence)


def rate_ratio(count1: int, time1: float, count2: int, time2: float, confidence: float = 0.95) -> RateRatio:
    """Compare two rates exactly; times (or other exposures) in any one unit.

    Raises:
        Refusal: `methods.outside` for negative counts or exposures that are not positive.
    """
    within("count1", count1, 0)
    within("count2", count2, 0)
    above("time1", time1, 0)
    above("time2", time2, 0)
    total, share = count1 + count2, time1 / (time1 + time2)
    if total == 0:
        return RateRatio(math.nan, Interval(0.0, math.inf, confidence), 1.0, 1.0)
    ratio = math.inf if count2 == 0 else (count1 / time1) / (count2 / time2)
    bounds = clopper_pearson(count1, total, confidence)
    interval = Interval(_odds(bounds.low) * time2 / time1, _odds(bounds.high) * time2 / time1, confidence)
    return RateRatio(ratio, interval, _two_sided(count1, total, share), binomial_tail(count1, total, share))


def chance_of_rise(count1: int, time1: float, count2: int, time2: float) -> float:
    """`RateRatio.p_greater` alone: how likely so high a first count is when nothing has changed.

    Raises:
        Refusal: `methods.outside` for negative counts or exposures that are not positive.
    """
    within("count1", count1, 0)
    within("count2", count2, 0)
    above("time1", time1, 0)
    above("time2", time2, 0)
    return binomial_tail(count1, count1 + count2, time1 / (time1 + time2))


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)


def _two_sided(seen: int, n: int, p: float) -> float:
    """All outcomes no likelier than the one seen; far outcomes are added up as tails."""
    limit = binomial_chance(seen, n, p) * _SLACK
    mode = n * p
    if seen == mode:
        return 1.0
    if seen < mode:
        other = _first_no_likelier(math.ceil(mode), n, limit, n, p)
        return min(1.0, binomial_share(seen, n, p) + binomial_tail(other, n, p))
    other = n - _first_no_likelier(n - math.floor(mode), n, limit, n, 1 - p)
    return min(1.0, binomial_tail(seen, n, p) + binomial_share(other, n, p))


def _first_no_likelier(low: int, high: int, limit: float, n: int, p: float) -> int:
    """The first k at or after the mode whose chance is within the limit; one past n when there is none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        if binomial_chance(middle, n, p) <= limit:
            high = middle
        else:
            low = middle + 1
    return low
