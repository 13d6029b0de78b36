"""Fleiss' kappa: the same number of ratings of every unit, raters interchangeable.

Sources: Fleiss 1971; Fleiss, Nee and Landis 1979 (standard errors under no agreement beyond chance); Conger 1980 for
the exact kappa, which keeps each rater's own habits. As R's irr.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired
from gemba.methods.tails import two_sided


@dataclass(frozen=True, slots=True)
class CategoryKappa:
    """One answer against all others."""

    category: str | float
    kappa: float
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class FleissKappa:
    """Agreement beyond chance of several raters."""

    kappa: float
    """nan when only one answer was ever given."""
    z: float
    p: float
    exact: float
    """Conger's."""
    categories: tuple[CategoryKappa, ...]
    units: int
    raters: int


def fleiss(units: Sequence[Sequence[str | float]]) -> FleissKappa:
    """Kappa of units that were each rated by the same number of raters.

    Args:
        units: for each unit its ratings, complete; in a fixed order of raters for the exact kappa.

    Raises:
        Refusal: `methods.too_few` without a unit or with one rater; `methods.lengths` for units of unequal length.
    """
    enough(units, 1)
    enough(units[0], 2)
    for unit in units:
        paired(units[0], unit)
    n, m = len(units), len(units[0])
    tallies = [Counter(unit) for unit in units]
    levels = sorted(set().union(*tallies), key=lambda level: (isinstance(level, str), level))
    shares = [sum(tally[level] for tally in tallies) / (n * m) for level in levels]
    seen = (sum(count * count for tally in tallies for count in tally.values()) - n * m) / (n * m * (m - 1))
    chance = math.fsum(share * share for share in shares)
    if chance >= 1:
        return FleissKappa(math.nan, math.nan, math.nan, math.nan, (), n, m)
    kappa = (seen - chance) / (1 - chance)
    z = kappa / _error(shares, n, m)
    each = tuple(_category(level, share, tallies, m) for level, share in zip(levels, shares, strict=True))
    return FleissKappa(kappa, z, two_sided(z), _conger(units, seen), each, n, m)


def _error(shares: list[float], n: int, m: int) -> float:
    """The standard error of kappa when raters agree by chance only."""
    spread = math.fsum(p * (1 - p) for p in shares)
    skew = math.fsum(p * (1 - p) * (1 - 2 * p) for p in shares)
    return math.sqrt(2 * (spread * spread - skew) / (spread * spread * n * m * (m - 1)))


def _category(level: str | float, share: float, tallies: list[Counter[str | float]], m: int) -> CategoryKappa:
    n = len(tallies)
    apart = sum(tally[level] * (m - tally[level]) for tally in tallies)
    kappa = 1 - apart / (n * m * (m - 1) * share * (1 - share))
    z = kappa * math.sqrt(n * m * (m - 1) / 2)
    return CategoryKappa(level, kappa, z, two_sided(z))


def _conger(units: Sequence[Sequence[str | float]], seen: float) -> float:
    """Kappa with the chance agreement of every pair of raters taken from their own margins."""
    raters = list(zip(*units, strict=True))
    margins = [Counter(rater) for rater in raters]
    n, pairs = len(units), [(a, b) for at, a in enumerate(margins) for b in margins[at + 1 :]]
    chance = math.fsum(a[level] * b[level] for a, b in pairs for level in a) / (n * n * len(pairs))
    return (seen - chance) / (1 - chance) if chance < 1 else math.nan
