"""EWMA and CUSUM: charts that remember, for small lasting shifts.

Source: Montgomery chapter 9 (EWMA with lambda 0.2 and L 3, exact start-up limits; tabular CUSUM with k 0.5 and h 5),
as R's qcc.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from gemba.methods.charts.individuals import individuals_baseline
from gemba.methods.charts.model import Baseline, Chart, ChartSort, standardised
from gemba.methods.charts.moving_range import Spread
from gemba.methods.checking import within


def ewma(values: Sequence[float], weight: float = 0.2, sigmas: float = 3, baseline: Baseline | None = None) -> Chart:
    """The exponentially weighted moving average, beginning at the centre.

    Args:
        values: measured values in time order.
        weight: lambda, the newest value's share, above 0 and at most 1.
        sigmas: L, the limits' width.
        baseline: centre and sigma; from the values' moving range when not given.

    Raises:
        Refusal: `methods.outside` for a weight that is not from 0.01 to 1.
    """
    within("weight", weight, 0.01, 1)
    made = baseline or individuals_baseline(values)
    points = list(accumulate(values, lambda kept, new: weight * new + (1 - weight) * kept, initial=made.centre))[1:]
    rates = [
        made.spread * math.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * at)))
        for at in range(1, len(values) + 1)
    ]
    return Chart(
        ChartSort.EWMA,
        tuple(points),
        (made.centre,) * len(values),
        tuple(made.centre - sigmas * rate for rate in rates),
        tuple(made.centre + sigmas * rate for rate in rates),
        tuple(standardised(point, made.centre, rate) for point, rate in zip(points, rates, strict=True)),
        (made,),
    )


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums of deviations beyond the slack, in sigmas; both are 0 or more."""

    high: tuple[float, ...]
    low: tuple[float, ...]
    decision: float
    """h: a sum above it signals."""
    baseline: Baseline

    def beyond(self) -> tuple[int, ...]:
        """Positions where either sum is above the decision interval."""
        return tuple(
            at for at, (up, down) in enumerate(zip(self.high, self.low, strict=True)) if max(up, down) > self.decision
        )


def cusum(values: Sequence[float], slack: float = 0.5, decision: float = 5, baseline: Baseline | None = None) -> Cusum:
    """The tabular CUSUM.

    Args:
        values: measured values in time order.
        slack: k, half the shift to be found, in sigmas.
        decision: h, in sigmas.
        baseline: centre and sigma; from the values' moving range when not given.
    """
    made = baseline or individuals_baseline(values, Spread.MEAN)
    z = [standardised(value, made.centre, made.spread) or 0.0 for value in values]
    high = list(accumulate(z, lambda kept, new: max(0.0, kept + new - slack), initial=0.0))[1:]
    low = list(accumulate(z, lambda kept, new: max(0.0, kept - new - slack), initial=0.0))[1:]
    return Cusum(tuple(high), tuple(low), decision, made)
