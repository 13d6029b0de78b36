"""x-bar, R and S charts: means and spread of small subgroups measured together.

Source: Montgomery 6.2 and 6.3 with the usual d2 (three decimals) and d3 of samples of 2 to 25 from a normal law, as R's
qcc; c4 exactly. Subgroups are of one size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import stdev

from gemba.methods.charts.attributes import ALL
from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.checking import enough, paired, within

_D2 = (
    *(1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336),
    *(3.407, 3.472, 3.532, 3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931),
)
_D3 = (
    *(0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378, 0.8078413),
    *(0.7970584, 0.7873230, 0.7784873, 0.7704257, 0.7630330, 0.7562217, 0.7499188, 0.7440627),
    *(0.7386021, 0.7334929, 0.7286980, 0.7241851, 0.7199267, 0.7158987, 0.7120802, 0.7084528),
)
Subgroups = Sequence[Sequence[float]]


def xbar_chart(subgroups: Subgroups, baseline: slice = ALL, *, by_range: bool = True) -> Chart:
    """Means of subgroups.

    Args:
        subgroups: the values of each subgroup, in time order; 2 to 25 each, all of one size.
        baseline: the subgroups that fix the limits.
        by_range: sigma from the mean range / d2; else from the mean standard deviation / c4.

    Raises:
        Refusal: `methods.too_few`, `methods.lengths`, or `methods.outside` for subgroups of other sizes.
    """
    n = _size(subgroups)
    used = subgroups[baseline]
    means = [math.fsum(each) / n for each in subgroups]
    centre = math.fsum(means[baseline]) / len(used)
    sigma = _mean_range(used) / _D2[n - 2] if by_range else _mean_sd(used) / c4(n)
    words = "mean range / d2" if by_range else "mean standard deviation / c4"
    return _chart(ChartSort.XBAR, means, centre, sigma / math.sqrt(n), (len(used), words))


def range_chart(subgroups: Subgroups, baseline: slice = ALL) -> Chart:
    """Ranges of subgroups."""
    n = _size(subgroups)
    used = subgroups[baseline]
    centre = _mean_range(used)
    sigma = centre / _D2[n - 2]
    ranges = [max(each) - min(each) for each in subgroups]
    return _chart(ChartSort.RANGE, ranges, centre, sigma * _D3[n - 2], (len(used), "mean range, d3 sigma"))


def sd_chart(subgroups: Subgroups, baseline: slice = ALL) -> Chart:
    """Standard deviations of subgroups."""
    n = _size(subgroups)
    used = subgroups[baseline]
    centre = _mean_sd(used)
    sigma = centre / c4(n)
    error = sigma * math.sqrt(1 - c4(n) ** 2)
    deviations = [stdev(each) for each in subgroups]
    return _chart(ChartSort.SD, deviations, centre, error, (len(used), "mean standard deviation, c4"))


def c4(n: int) -> float:
    """What share of sigma the standard deviation of n normal values is on average."""
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


def _chart(sort: ChartSort, values: Sequence[float], centre: float, error: float, told: tuple[int, str]) -> Chart:
    """The chart of points that all have one standard error."""
    return draw(Baseline(sort, centre, error, centre, *told), values)


def _size(subgroups: Subgroups) -> int:
    enough(subgroups, 1)
    for each in subgroups:
        paired(subgroups[0], each)
    within("size of a subgroup", len(subgroups[0]), 2, 25)
    return len(subgroups[0])


def _mean_range(subgroups: Subgroups) -> float:
    enough(subgroups, 1)
    return math.fsum(max(each) - min(each) for each in subgroups) / len(subgroups)


def _mean_sd(subgroups: Subgroups) -> float:
    enough(subgroups, 1)
    return math.fsum(stdev(each) for each in subgroups) / len(subgroups)
