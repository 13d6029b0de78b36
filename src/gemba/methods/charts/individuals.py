"""Individuals and moving range (I-MR): single measured values in time order.

Source: Montgomery 6.4; NIST/SEMATECH 6.3.2.2. Limits are mean ± 3 sigma with sigma from the moving range; with the
median range, median ± 3.145 times it (Wheeler).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from gemba.methods.charts.limits import draw, logarithms
from gemba.methods.charts.model import Baseline, Chart, ChartSort, mean_of
from gemba.methods.charts.moving_range import D4, WORDS, Spread, moving_ranges, short_term_sigma, usual_range
from gemba.methods.checking import enough


def individuals(
    values: Sequence[float | None], spread: Spread = Spread.MEAN, baseline: slice = slice(None), *, log: bool = False
) -> Chart:
    """The I chart.

    Args:
        values: in time order; None where there is none.
        spread: how sigma is worked out.
        baseline: the points that fix the limits; all by default.
        log: work on logarithms (for times and amounts with a long tail); limits are drawn on the values' own scale.

    Raises:
        Refusal: `methods.too_few` without two neighbours, `methods.outside` for a logarithm of what is not positive.
    """
    if not log:
        return draw(individuals_baseline(values[baseline], spread), values)
    return draw(replace(individuals_baseline(logarithms(values)[baseline], spread), log=True), values)


def individuals_baseline(values: Sequence[float | None], spread: Spread = Spread.MEAN) -> Baseline:
    """Centre and sigma of measured values."""
    there = [value for value in values if value is not None]
    enough(there, 2)
    sigma = short_term_sigma(values, spread)
    centre = median(there) if spread is Spread.MEDIAN else mean_of(tuple(values))
    return Baseline(ChartSort.INDIVIDUALS, centre, sigma, centre, len(there), WORDS[spread])


def moving_range(values: Sequence[float | None], baseline: slice = slice(None)) -> Chart:
    """The MR chart that goes under an I chart: centre the mean moving range, upper limit 3.267 times it, lower 0."""
    ranges = moving_ranges(values)
    usual = usual_range(values[baseline], Spread.MEAN)
    points = sum(each is not None for each in moving_ranges(values[baseline]))
    spread = (D4 - 1) * usual / 3
    words = "upper limit 3.267 x mean moving range"
    return draw(Baseline(ChartSort.MOVING_RANGE, usual, spread, usual, points, words), ranges)
