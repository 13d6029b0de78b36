"""Fair comparison of units whose cases differ, for example sites seen by stricter and by milder raters.

Sources: indirect standardisation (Breslow and Day 1987): what each unit would show if its rows had the usual share of
their stratum, against what it shows, with the exact Poisson interval; Mantel and Haenszel 1959 with the variance of
Robins, Breslow and Greenland 1986 for a common odds ratio; Pearson's chi-square for whether shares differ at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired, within
from gemba.methods.proportions import Interval
from gemba.methods.rates import poisson_interval
from gemba.methods.tails import chi_square_tail, wanted_z


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Whether shares of several groups differ more than chance makes them."""

    chi_square: float
    freedom: int
    p: float
    """nan when all or none have the mark."""


def homogeneity(hits: Sequence[int], sizes: Sequence[int]) -> Homogeneity:
    """Pearson's chi-square of groups by mark.

    Raises:
        Refusal: `methods.lengths`, `methods.too_few` below two groups, `methods.outside` for hits not 0 to size.
    """
    paired(hits, sizes)
    enough(hits, 2)
    for hit, n in zip(hits, sizes, strict=True):
        within("n", n, 1)
        within("hits", hit, 0, n)
    share = sum(hits) / sum(sizes)
    if share in {0.0, 1.0}:
        return Homogeneity(math.nan, len(hits) - 1, math.nan)
    chi = math.fsum((hit - n * share) ** 2 / (n * share * (1 - share)) for hit, n in zip(hits, sizes, strict=True))
    return Homogeneity(chi, len(hits) - 1, chi_square_tail(chi, len(hits) - 1))


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One unit, as seen and as it would compare if strata were shared out alike."""

    n: int
    hits: int
    expected: float
    """Hits that its rows would have at the usual share of their strata."""
    ratio: float
    """Seen over expected; nan when none are expected."""
    interval: Interval
    """Of the ratio, exact Poisson."""
    share: float
    """The overall share times the ratio."""


def adjusted_shares(
    units: Sequence[Hashable], strata: Sequence[Hashable], marked: Sequence[bool], confidence: float = 0.95
) -> Mapping[Hashable, Adjusted]:
    """Standardise every unit's share for the strata of its rows.

    Args:
        units: the unit (place) of each row.
        strata: what is adjusted for: the rater, or any combination.
        marked: whether the row has the mark (a finding).
        confidence: two-sided.

    Raises:
        Refusal: `methods.lengths`, or `methods.too_few` without rows.
    """
    enough(units, 1)
    paired(units, strata)
    paired(units, marked)
    rows = Counter(strata)
    hits = Counter(stratum for stratum, mark in zip(strata, marked, strict=True) if mark)
    usual = {stratum: hits[stratum] / n for stratum, n in rows.items()}
    overall = sum(hits.values()) / len(units)
    sizes, seen = Counter(units), Counter(unit for unit, mark in zip(units, marked, strict=True) if mark)
    expected: dict[Hashable, list[float]] = {unit: [] for unit in sizes}
    for unit, stratum in zip(units, strata, strict=True):
        expected[unit].append(usual[stratum])
    return {unit: _adjusted(n, seen[unit], math.fsum(expected[unit]), overall, confidence) for unit, n in sizes.items()}


def _adjusted(n: int, hits: int, expected: float, overall: float, confidence: float) -> Adjusted:
    if expected <= 0:
        return Adjusted(n, hits, expected, math.nan, Interval(0.0, math.inf, confidence), overall)
    bounds = poisson_interval(hits, confidence)
    interval = Interval(bounds.low / expected, bounds.high / expected, confidence)
    return Adjusted(n, hits, expected, hits / expected, interval, min(1.0, overall * hits / expected))


@dataclass(frozen=True, slots=True)
class CommonOdds:
    """One odds ratio for all strata."""

    ratio: float
    interval: Interval


def mantel_haenszel(tables: Sequence[tuple[int, int, int, int]], confidence: float = 0.95) -> CommonOdds:
    """The odds ratio that strata have in common.

    Args:
        tables: for each stratum (marked in A, not in A, marked in B, not in B).
        confidence: two-sided.

    Raises:
        Refusal: `methods.too_few` without a stratum that tells anything.
    """
    parts = [(a, b, c, d, a + b + c + d) for a, b, c, d in tables if a + b + c + d]
    enough([1 for a, b, c, d, _ in parts if a * d + b * c], 1)
    same = [(a * d / n, (a + d) / n) for a, _, _, d, n in parts]
    cross = [(b * c / n, (b + c) / n) for _, b, c, _, n in parts]
    r, s = math.fsum(each for each, _ in same), math.fsum(each for each, _ in cross)
    if r == 0 or s == 0:
        return CommonOdds(math.inf if s == 0 else 0.0, Interval(0.0, math.inf, confidence))
    pairs = list(zip(same, cross, strict=True))
    variance = (
        math.fsum(p * x for (x, p), _ in pairs) / (2 * r * r)
        + math.fsum(p * y + q * x for (x, p), (y, q) in pairs) / (2 * r * s)
        + math.fsum(q * y for _, (y, q) in pairs) / (2 * s * s)
    )
    width = math.exp(wanted_z(confidence) * math.sqrt(variance))
    return CommonOdds(r / s, Interval(r / s / width, r / s * width, confidence))
