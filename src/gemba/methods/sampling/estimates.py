"""What a sample says of the whole: means, totals and shares with weights, strata and the finite population correction.

Source: Cochran 1977, chapter 5; linearised variance as R's survey (svymean, svytotal). A stratum with a single sampled
item adds nothing to the standard error and is counted, so that whoever reads it knows.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from gemba.methods.checking import above, enough, paired
from gemba.methods.proportions import Interval
from gemba.methods.tails import wanted_z


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure for the whole population."""

    value: float
    error: float
    """Standard error."""
    n: int
    lonely: int
    """Strata with a single sampled item (and more that were not drawn)."""

    def interval(self, confidence: float = 0.95) -> Interval:
        """Value ± z standard errors."""
        half = wanted_z(confidence) * self.error
        return Interval(self.value - half, self.value + half, confidence)


def estimate_mean(
    values: Sequence[float],
    strata: Sequence[Hashable] | None = None,
    populations: Sequence[float] | None = None,
    weights: Sequence[float] | None = None,
) -> Estimate:
    """The mean of the population; of 0 and 1 a share.

    Args:
        values: one for each sampled item.
        strata: the stratum of each item; one stratum when not given.
        populations: for each item the number of items in its stratum, for the correction and the weights.
        weights: how many items each one stands for; population over sample of its stratum when not given.

    Raises:
        Refusal: `methods.too_few` without values, `methods.lengths`, `methods.outside` for weights not above 0.
    """
    strata, populations, weights = _complete(values, strata, populations, weights)
    whole = math.fsum(weights)
    mean = math.fsum(w * value for w, value in zip(weights, values, strict=True)) / whole
    parts = [w * (value - mean) / whole for w, value in zip(weights, values, strict=True)]
    variance, lonely = _variance(parts, strata, populations)
    return Estimate(mean, math.sqrt(variance), len(values), lonely)


def estimate_total(
    values: Sequence[float],
    strata: Sequence[Hashable] | None = None,
    populations: Sequence[float] | None = None,
    weights: Sequence[float] | None = None,
) -> Estimate:
    """The total of the population; arguments as in `estimate_mean`."""
    strata, populations, weights = _complete(values, strata, populations, weights)
    parts = [w * value for w, value in zip(weights, values, strict=True)]
    variance, lonely = _variance(parts, strata, populations)
    return Estimate(math.fsum(parts), math.sqrt(variance), len(values), lonely)


def _complete(
    values: Sequence[float],
    strata: Sequence[Hashable] | None,
    populations: Sequence[float] | None,
    weights: Sequence[float] | None,
) -> tuple[Sequence[Hashable], Sequence[float], Sequence[float]]:
    enough(values, 1)
    strata = strata if strata is not None else [0] * len(values)
    populations = populations if populations is not None else [math.inf] * len(values)
    paired(values, strata)
    paired(values, populations)
    if weights is None:
        sizes = _sizes(strata)
        weights = [
            1.0 if math.isinf(size) else size / sizes[stratum]
            for stratum, size in zip(strata, populations, strict=True)
        ]
    paired(values, weights)
    for weight in weights:
        above("weight", weight, 0)
    return strata, populations, weights


def _sizes(strata: Sequence[Hashable]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for stratum in strata:
        found[stratum] = found.get(stratum, 0) + 1
    return found


def _variance(parts: list[float], strata: Sequence[Hashable], populations: Sequence[float]) -> tuple[float, int]:
    """Between-item variance within strata, each with its finite population correction."""
    by: dict[Hashable, list[float]] = {}
    size_of: dict[Hashable, float] = {}
    for part, stratum, size in zip(parts, strata, populations, strict=True):
        by.setdefault(stratum, []).append(part)
        size_of[stratum] = size
    variance, lonely = 0.0, 0
    for stratum, group in by.items():
        n, left = len(group), max(0.0, 1 - len(group) / size_of[stratum])
        if n == 1:
            lonely += left > 0
            continue
        mean = math.fsum(group) / n
        variance += left * n / (n - 1) * math.fsum((each - mean) ** 2 for each in group)
    return variance, lonely
