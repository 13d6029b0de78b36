"""What a chart is: the points, their centre line and limits, and the baseline that both were worked out from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

Values = tuple[float | None, ...]


class ChartSort(StrEnum):
    """The kinds of chart, with stable names."""

    RUN = "run"
    INDIVIDUALS = "i"
    MOVING_RANGE = "mr"
    INDIVIDUALS_PRIME = "i-prime"
    XBAR = "xbar"
    RANGE = "r"
    SD = "s"
    P = "p"
    NP = "np"
    C = "c"
    U = "u"
    LANEY_P = "laney-p"
    LANEY_U = "laney-u"
    G = "g"
    T = "t"
    EWMA = "ewma"
    CUSUM = "cusum"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The figures that fix a chart's limits; frozen, they judge points that come later."""

    sort: ChartSort
    centre: float
    """Mean (p-bar, u-bar, x-bar …) on the scale that the limits are worked out on."""
    spread: float
    """Standard deviation of a point where all are alike (I, MR, x-bar, R, S, t), of one item (I-prime), sigma-z
    (Laney); 1 for p, np, c, u and g, whose law gives it; nan for a run chart."""
    line: float
    """The centre line that is drawn: the mean, or the median for run and g charts."""
    points: int
    """How many points it was worked out from."""
    convention: str
    """How the spread was worked out, in the field's words."""
    log: bool = False
    """Worked out on logarithms; charts are drawn on the values' own scale."""

    @property
    def provisional(self) -> bool:
        """Fewer than 20 points: limits may still move a good deal."""
        return self.points < 20


@dataclass(frozen=True, slots=True)
class Chart:
    """Points with limits; all tuples are as long as the points, missing points are None.

    Limits are strict: a point on a limit is within it.
    """

    sort: ChartSort
    values: Values
    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    z: Values
    """Standardised points, (value - mean) / sigma of that point, for rules where sizes differ."""
    baselines: tuple[Baseline, ...]
    """One for each phase, in order."""
    starts: tuple[int, ...] = (0,)
    """Where each phase begins."""

    def beyond(self) -> tuple[int, ...]:
        """Positions (from 0) of points beyond a limit."""
        found = zip(self.values, self.lower, self.upper, strict=True)
        return tuple(
            at for at, (value, low, high) in enumerate(found) if value is not None and not low <= value <= high
        )

    @property
    def provisional(self) -> bool:
        """Whether the newest phase has fewer than 20 points behind its limits."""
        return self.baselines[-1].provisional


def standardised(value: float | None, centre: float, sigma: float) -> float | None:
    """How many sigmas a value lies from the centre; without any spread, 0 on it and infinite beside it."""
    if value is None:
        return None
    if sigma > 0:
        return (value - centre) / sigma
    return 0.0 if value == centre else math.copysign(math.inf, value - centre)


def mean_of(values: Values) -> float:
    """The mean of the values that are there."""
    there = [value for value in values if value is not None]
    return math.fsum(there) / len(there)
