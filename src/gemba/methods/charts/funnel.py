"""Funnel plot: many units at once, each judged by the spread that its own size has.

Source: Spiegelhalter 2005. With overdispersion the limits widen by sd(z), so that a few large units do not all stand
out; the floor is 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import stdev

from gemba.methods.charts.attributes import check_rates, check_shares, total_share
from gemba.methods.charts.limits import draw, sigma_at
from gemba.methods.charts.model import Baseline, Chart, ChartSort, standardised
from gemba.methods.checking import enough, within


def funnel_of_shares(hits: Sequence[float], sizes: Sequence[float], *, overdispersed: bool = True) -> Chart:
    """Shares of units; points in the order given, sizes are the x axis.

    Raises:
        Refusal: `methods.lengths`, `methods.too_few` below two units, `methods.outside`.
    """
    check_shares(hits, sizes)
    return _funnel(ChartSort.LANEY_P, hits, sizes, overdispersed=overdispersed)


def funnel_of_rates(counts: Sequence[float], sizes: Sequence[float], *, overdispersed: bool = True) -> Chart:
    """Rates of units: counts over exposures."""
    check_rates(counts, sizes)
    return _funnel(ChartSort.LANEY_U, counts, sizes, overdispersed=overdispersed)


def _funnel(sort: ChartSort, counts: Sequence[float], sizes: Sequence[float], *, overdispersed: bool) -> Chart:
    enough(counts, 2)
    centre = total_share(counts, sizes)
    values = [count / n for count, n in zip(counts, sizes, strict=True)]
    plain = Baseline(sort, centre, 1.0, centre, len(values), "centre from the totals")
    z = [standardised(value, centre, sigma_at(plain, n)) or 0.0 for value, n in zip(values, sizes, strict=True)]
    spread = max(1.0, stdev(z)) if overdispersed and all(map(math.isfinite, z)) else 1.0
    words = f"centre from the totals, limits widened by sd(z) = {spread:.3f}" if overdispersed else plain.convention
    return draw(Baseline(sort, centre, spread, centre, len(values), words), values, sizes)


def funnel_limits(chart: Chart, sizes: Sequence[float], sigmas: float = 3) -> tuple[tuple[float, float], ...]:
    """The curve of lower and upper limits at any sizes, for drawing; 2 sigmas for the inner funnel."""
    baseline = chart.baselines[0]
    highest = 1.0 if baseline.sort is ChartSort.LANEY_P else math.inf
    for n in sizes:
        within("n", n, 0)
    widths = [sigmas * sigma_at(baseline, n) if n > 0 else math.inf for n in sizes]
    return tuple((max(0.0, baseline.centre - width), min(highest, baseline.centre + width)) for width in widths)
