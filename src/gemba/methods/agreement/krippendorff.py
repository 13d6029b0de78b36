"""Krippendorff's alpha: any number of raters, missing ratings, any level of measurement.

Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability. alpha = 1 - seen / expected disagreement, from
the coincidences within units. Reading (his): .80 and above reliable, .667 to .80 tentative, below that do not compare.
The interval is a bootstrap over units, seeded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gemba.errors import Refusal
from gemba.methods.agreement.percent import Rating
from gemba.methods.chance import Chance
from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

RELIABLE = 0.80
TENTATIVE = 0.667
DRAWS = 1000
_EXACT = 8000
"""Ratings up to which sums of products of four counts, in quarters, are exact in doubles."""


class Level(StrEnum):
    """What a difference between two ratings means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement: 1 is full, 0 what chance gives, below 0 worse than chance."""

    alpha: float
    """nan when all ratings are the same: nothing can be told."""
    level: Level
    units: int
    """Units with at least two ratings."""
    ratings: int
    """Ratings of those units."""

    @property
    def reliable(self) -> bool:
        """At least .80."""
        return self.alpha >= RELIABLE

    @property
    def tentative(self) -> bool:
        """From .667 to below .80: for tentative conclusions only."""
        return TENTATIVE <= self.alpha < RELIABLE


def krippendorff(units: Sequence[Sequence[Rating]], level: Level = Level.NOMINAL) -> Alpha:
    """Alpha of the ratings of units.

    Args:
        units: for each unit the ratings it was given, in any order; None for none.
        level: nominal takes categories, the others numbers (ordinal: ranks such as 1 to 5).

    Raises:
        Refusal: `methods.too_few` when no unit has two ratings; `methods.outside` for words where numbers are needed.
    """
    pairs = _Pairs(units, level)
    return Alpha(pairs.alpha(pairs.once()), level, pairs.units, len(pairs.place))


def alpha_interval(
    units: Sequence[Sequence[Rating]],
    level: Level = Level.NOMINAL,
    *,
    draws: int = DRAWS,
    seed: str = "alpha",
    confidence: float = 0.95,
) -> Interval:
    """The percentile interval of alpha when units are drawn again and again with putting back.

    Draws in which all ratings are the same count as full agreement.
    """
    import numpy as np

    pairs, chance = _Pairs(units, level), Chance(seed)
    again = chance.often(pairs.units, draws)
    found = pairs.alphas(np.array(list(again))) if pairs.is_exact else [pairs.alpha(times) for times in again]
    sure = [_sure(alpha) for alpha in found]
    low, high = np.quantile(sure, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(float(low), float(high), confidence)


def alpha_change(
    before: Sequence[Sequence[Rating]],
    after: Sequence[Sequence[Rating]],
    level: Level = Level.NOMINAL,
    *,
    draws: int = DRAWS,
    seed: str = "alpha",
    confidence: float = 0.95,
) -> tuple[float, Interval]:
    """How much alpha rose from one round of ratings of the same units to another, with its percentile interval.

    Each draw takes the same units of both rounds. Only units that two rated in both rounds count. A round in which all
    ratings are the same counts as full agreement.

    Raises:
        Refusal: `methods.lengths` for rounds of other units, `methods.too_few` when no unit was rated twice in both.
    """
    import numpy as np

    paired(before, after)
    kept = [each for each in zip(before, after, strict=True) if all(_rated(unit) > 1 for unit in each)]
    enough(kept, 1)
    first, second = (_Pairs([each[at] for each in kept], level) for at in (0, 1))
    ones = first.once()
    rise = _sure(second.alpha(ones)) - _sure(first.alpha(ones))
    found = [_sure(second.alpha(times)) - _sure(first.alpha(times)) for times in Chance(seed).often(len(kept), draws)]
    low, high = np.quantile(found, [(1 - confidence) / 2, (1 + confidence) / 2])
    return rise, Interval(float(low), float(high), confidence)


def _rated(unit: Sequence[Rating]) -> int:
    return sum(rating is not None for rating in unit)


def _sure(alpha: float) -> float:
    return 1.0 if math.isnan(alpha) else alpha


class _Pairs:
    """All pairs of ratings within units, ready to be summed under any weighting of the units."""

    def __init__(self, units: Sequence[Sequence[Rating]], level: Level) -> None:
        import numpy as np

        rated = [[rating for rating in unit if rating is not None] for unit in units]
        rated = [unit for unit in rated if len(unit) > 1]
        enough(rated, 1)
        if level is not Level.NOMINAL and any(isinstance(rating, str) for unit in rated for rating in unit):
            raise Refusal("methods.outside", name="rating", value="text", allowed="a number")
        values = sorted({rating for unit in rated for rating in unit}, key=lambda each: (isinstance(each, str), each))
        at = {value: place for place, value in enumerate(values)}
        self.units, self.level, self.values = len(rated), level, values
        self.place: Places = np.array([at[rating] for unit in rated for rating in unit])
        self.unit: Places = np.repeat(np.arange(len(rated)), [len(unit) for unit in rated])
        cells = [
            (number, at[a], at[b], 1 / (len(unit) - 1))
            for number, unit in enumerate(rated)
            for i, a in enumerate(unit)
            for j, b in enumerate(unit)
            if i != j and a != b
        ]
        table = np.array(cells, dtype=np.float64).reshape(-1, 4)
        self.pair_unit, self.first, self.second = (table[:, column].astype(np.int64) for column in range(3))
        self.weight: Floats = table[:, 3]

    def once(self) -> Places:
        import numpy as np

        return np.ones(self.units, dtype=np.int64)

    def alpha(self, times: Places) -> float:
        """Alpha when each unit counts so many times."""
        import numpy as np

        margin: Floats = np.bincount(self.place, weights=times[self.unit], minlength=len(self.values)).astype(
            np.float64
        )
        distance = self._distances(margin)
        expected = float(margin @ distance @ margin)
        if expected == 0:
            return math.nan
        seen = float(np.sum(times[self.pair_unit] * self.weight * distance[self.first, self.second]))
        return 1 - (float(margin.sum()) - 1) * seen / expected

    @property
    def is_exact(self) -> bool:
        """True when all sums are of whole numbers and quarters that a double holds: then their order is free."""
        levels = self.level in (Level.NOMINAL, Level.ORDINAL)
        return levels and len(self.place) == 2 * self.units and len(self.place) <= _EXACT

    def alphas(self, times: Places) -> list[float]:
        """`alpha` for many weightings at once, one a row; for units of two ratings (`is_exact`)."""
        import numpy as np

        k = len(self.values)
        ratings, differing = np.zeros((self.units, k)), np.zeros((self.units, k * k))
        np.add.at(ratings, (self.unit, self.place), 1)
        np.add.at(differing, (self.pair_unit, self.first * k + self.second), self.weight)
        weights = times.astype(np.float64)
        margins = weights @ ratings
        places = np.cumsum(margins, axis=1) - margins / 2
        gaps = (places[:, :, None] - places[:, None, :]) ** 2
        distances = gaps if self.level is Level.ORDINAL else np.broadcast_to(1 - np.eye(k), gaps.shape)
        expected = np.einsum("di,dij,dj->d", margins, distances, margins)
        seen = np.sum((weights @ differing).reshape(gaps.shape) * distances, axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = 1 - (margins.sum(axis=1) - 1) * seen / expected
        return [math.nan if nothing else float(alpha) for alpha, nothing in zip(found, expected == 0, strict=True)]

    def _distances(self, margin: Floats) -> Floats:
        """Squared differences of every two values."""
        import numpy as np

        if self.level is Level.NOMINAL:
            return 1 - np.eye(len(self.values))
        if self.level is Level.ORDINAL:
            middle = np.cumsum(margin) - margin / 2
            return (middle[:, None] - middle[None, :]) ** 2
        values = np.array(self.values, dtype=np.float64)
        gap = values[:, None] - values[None, :]
        if self.level is Level.INTERVAL:
            return gap**2
        total = values[:, None] + values[None, :]
        return np.divide(gap, total, out=np.zeros_like(gap), where=total != 0) ** 2
