"""Limits from a baseline: the same lines for trial limits, frozen limits and limits of a phase.

Conventions: three sigmas; limits step with each point's size; clipped at 0, and at 1 (p) or n (np).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from gemba.methods.charts.model import Baseline, Chart, ChartSort, standardised
from gemba.methods.checking import above, paired

SIGMAS = 3
ROOT = 3.6
"""Nelson 1994: times between events to the power of 1 / 3.6 are near enough normal."""

_SHARES = {ChartSort.P, ChartSort.NP, ChartSort.LANEY_P}
_NEVER_NEGATIVE = {*_SHARES, ChartSort.C, ChartSort.U, ChartSort.LANEY_U, ChartSort.G}
_NEVER_NEGATIVE |= {ChartSort.MOVING_RANGE, ChartSort.RANGE, ChartSort.SD}


def draw(baseline: Baseline, values: Sequence[float | None], sizes: Sequence[float] | None = None) -> Chart:
    """The chart of these values judged by that baseline.

    Args:
        baseline: frozen or worked out from these very values.
        values: points as they are drawn: shares for p, numbers for np and c, rates for u.
        sizes: n of each point for p, np, u and Laney; nothing for the others.

    Raises:
        Refusal: `methods.lengths` when values and sizes differ in length.
    """
    sizes = [1.0] * len(values) if sizes is None else sizes
    paired(values, sizes)
    if baseline.sort is ChartSort.T:
        return _times(baseline, values)
    if baseline.log:
        return _on_logarithms(baseline, values)
    if baseline.sort is ChartSort.RUN:
        return _run(baseline, values)
    sigma_of = _SIGMAS.get(baseline.sort, _measured)
    sigmas = [sigma_of(baseline, n) for n in sizes]
    means = [_mean(baseline, n) for n in sizes]
    lines = [_line(baseline, n) for n in sizes]
    rows = list(zip(means, sigmas, sizes, strict=True))
    return Chart(
        baseline.sort,
        tuple(values),
        tuple(lines),
        tuple(_clipped(baseline.sort, mean - SIGMAS * sigma, n) for mean, sigma, n in rows),
        tuple(_clipped(baseline.sort, mean + SIGMAS * sigma, n) for mean, sigma, n in rows),
        tuple(standardised(value, mean, sigma) for value, mean, sigma in zip(values, means, sigmas, strict=True)),
        (baseline,),
    )


def logarithms(values: Sequence[float | None]) -> list[float | None]:
    """Natural logarithms; missing points stay missing.

    Raises:
        Refusal: `methods.outside` for a value that is not above 0.
    """
    for value in values:
        above("value", 1.0 if value is None else value, 0)
    return [None if value is None else math.log(value) for value in values]


def _on_logarithms(baseline: Baseline, values: Sequence[float | None]) -> Chart:
    chart = draw(replace(baseline, log=False), logarithms(values))
    return replace(
        chart,
        values=tuple(values),
        centre=tuple(map(math.exp, chart.centre)),
        lower=tuple(map(math.exp, chart.lower)),
        upper=tuple(map(math.exp, chart.upper)),
        baselines=(baseline,),
    )


def sigma_at(baseline: Baseline, n: float) -> float:
    """The standard deviation of a point of size n around the centre."""
    return _SIGMAS.get(baseline.sort, _measured)(baseline, n)


def _measured(baseline: Baseline, _n: float) -> float:
    return baseline.spread


def _share(baseline: Baseline, n: float) -> float:
    return baseline.spread * math.sqrt(baseline.centre * (1 - baseline.centre) / n)


def _number(baseline: Baseline, n: float) -> float:
    return math.sqrt(n * baseline.centre * (1 - baseline.centre))


def _rate(baseline: Baseline, n: float) -> float:
    return baseline.spread * math.sqrt(baseline.centre / n)


def _prime(baseline: Baseline, n: float) -> float:
    return baseline.spread / math.sqrt(n)


def _between(baseline: Baseline, _n: float) -> float:
    return math.sqrt(baseline.centre * (baseline.centre + 1))


_SIGMAS: dict[ChartSort, Callable[[Baseline, float], float]] = {
    ChartSort.P: _share,
    ChartSort.LANEY_P: _share,
    ChartSort.NP: _number,
    ChartSort.C: lambda baseline, _n: math.sqrt(baseline.centre),
    ChartSort.U: _rate,
    ChartSort.LANEY_U: _rate,
    ChartSort.INDIVIDUALS_PRIME: _prime,
    ChartSort.G: _between,
}


def _mean(baseline: Baseline, n: float) -> float:
    return baseline.centre * n if baseline.sort is ChartSort.NP else baseline.centre


def _line(baseline: Baseline, n: float) -> float:
    return baseline.line * n if baseline.sort is ChartSort.NP else baseline.line


def _clipped(sort: ChartSort, limit: float, n: float) -> float:
    if sort in _SHARES:
        limit = min(limit, n if sort is ChartSort.NP else 1.0)
    return max(limit, 0.0) if sort in _NEVER_NEGATIVE else limit


def _run(baseline: Baseline, values: Sequence[float | None]) -> Chart:
    """A run chart has no limits; its standardised points tell the side only."""
    centre, length = baseline.centre, len(values)
    sides = tuple(None if value is None else float((value > centre) - (value < centre)) for value in values)
    low, high = (-math.inf,) * length, (math.inf,) * length
    return Chart(ChartSort.RUN, tuple(values), (centre,) * length, low, high, sides, (baseline,))


def _times(baseline: Baseline, values: Sequence[float | None]) -> Chart:
    """Limits of a t chart: worked out on the 3.6th root, drawn in the values' own unit."""
    roots = [None if value is None else value ** (1 / ROOT) for value in values]
    low = max(0.0, baseline.centre - SIGMAS * baseline.spread) ** ROOT
    high = (baseline.centre + SIGMAS * baseline.spread) ** ROOT
    length = len(values)
    z = tuple(standardised(root, baseline.centre, baseline.spread) for root in roots)
    line = baseline.line**ROOT
    return Chart(ChartSort.T, tuple(values), (line,) * length, (low,) * length, (high,) * length, z, (baseline,))
