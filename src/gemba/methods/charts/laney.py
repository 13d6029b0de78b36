"""Laney's p′ and u′ charts and the I′ chart: limits that allow for more spread than the counting law has.

Sources: Laney 2002, Improved control charts for attributes; Taylor 2018 for I′ (as qicharts2's "ip"). Sigma-z is the
short-term spread of the standardised points. Where it is below 1 the limits would be narrower than chance alone makes
them: by default it is taken as 1 (R lets it narrow).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from gemba.methods.charts.attributes import ALL, check_rates, check_shares, total_share
from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, Chart, ChartSort, standardised
from gemba.methods.charts.moving_range import D4, WORDS, Spread, short_term_sigma
from gemba.methods.checking import above, enough, paired


def laney_p(
    hits: Sequence[float], sizes: Sequence[float], spread: Spread = Spread.MEAN, baseline: slice = ALL, floor: float = 1
) -> Chart:
    """The p′ chart.

    Args:
        hits: how many of each period's items have the mark.
        sizes: how many items each period has.
        spread: how sigma-z is worked out.
        baseline: the periods that fix the limits.
        floor: the least sigma-z; 0 lets it narrow the limits as R does.
    """
    check_shares(hits, sizes)
    shares = [hit / n for hit, n in zip(hits, sizes, strict=True)]
    centre = total_share(hits[baseline], sizes[baseline])
    made = _prime(ChartSort.LANEY_P, centre, centre * (1 - centre), (shares[baseline], sizes[baseline]), spread, floor)
    return draw(made, shares, sizes)


def laney_u(
    counts: Sequence[float],
    sizes: Sequence[float],
    spread: Spread = Spread.MEAN,
    baseline: slice = ALL,
    floor: float = 1,
    per: float = 1,
) -> Chart:
    """The u′ chart; arguments as in `laney_p`, rates drawn per `per` units of exposure."""
    check_rates(counts, sizes)
    scaled = [n / per for n in sizes]
    rates = [count / n for count, n in zip(counts, scaled, strict=True)]
    centre = total_share(counts[baseline], scaled[baseline])
    made = _prime(ChartSort.LANEY_U, centre, centre, (rates[baseline], scaled[baseline]), spread, floor)
    return draw(made, rates, scaled)


def sigma_z(chart: Chart, spread: Spread = Spread.MEAN) -> float:
    """How much more neighbours differ than the counting law says, of any p or u chart; above 1.2 use Laney."""
    return short_term_sigma(chart.z, spread)


def _prime(
    sort: ChartSort,
    centre: float,
    variance: float,
    points: tuple[Sequence[float], Sequence[float]],
    spread: Spread,
    floor: float,
) -> Baseline:
    values, sizes = points
    enough(values, 2)
    z = [standardised(value, centre, math.sqrt(variance / n)) for value, n in zip(values, sizes, strict=True)]
    found = short_term_sigma(z, spread) if variance > 0 else 1.0
    words = f"sigma-z {found:.3f} ({WORDS[spread]})" + (f", taken as {floor:g}" if found < floor else "")
    return Baseline(sort, centre, max(found, floor), centre, len(values), words)


def individuals_prime(
    sums: Sequence[float], sizes: Sequence[float], spread: Spread = Spread.MEAN, baseline: slice = ALL
) -> Chart:
    """The I′ chart: means of subgroups of different size, `sums` over `sizes`.

    Sigma of one item from neighbours: sqrt(pi / 2) |difference| / sqrt(1 / n + 1 / n before).
    """
    paired(sums, sizes)
    for n in sizes:
        above("n", n, 0)
    values = [total / n for total, n in zip(sums, sizes, strict=True)]
    centre = total_share(sums[baseline], sizes[baseline])
    enough(values[baseline], 2)
    pairs = pairwise(zip(values[baseline], sizes[baseline], strict=True))
    steps = [math.sqrt(math.pi / 2) * abs(b - a) / math.sqrt(1 / n + 1 / m) for (a, n), (b, m) in pairs]
    sigma = math.fsum(steps) / len(steps)
    if spread is Spread.SCREENED:
        kept = [step for step in steps if step < D4 * sigma]
        sigma = math.fsum(kept) / len(kept) if kept else sigma
    made = Baseline(ChartSort.INDIVIDUALS_PRIME, centre, sigma, centre, len(values[baseline]), WORDS[spread])
    return draw(made, values, sizes)
