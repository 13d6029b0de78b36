"""Cohen's kappa: two raters, categories; weighted for categories that have an order.

Sources: Cohen 1960, 1968; Fleiss, Cohen and Everitt 1969 for both standard errors (the interval's and, under no
agreement beyond chance, z's), as R's psych and irr. Weights: equal steps (linear) or squared (quadratic).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gemba.methods.agreement.percent import Rating
from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval
from gemba.methods.tails import two_sided, wanted_z


class Weights(StrEnum):
    """How much a near miss counts."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


_CREDIT: dict[Weights, Callable[[int, int, int], float]] = {
    Weights.NONE: lambda i, j, _k: float(i == j),
    Weights.LINEAR: lambda i, j, k: 1 - abs(i - j) / (k - 1),
    Weights.QUADRATIC: lambda i, j, k: 1 - ((i - j) / (k - 1)) ** 2,
}


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 is full, 0 what chance gives."""

    kappa: float
    """nan when both raters gave one and the same answer throughout: nothing can be told."""
    interval: Interval
    """Large-sample; may pass 1 or -1 slightly with few units."""
    z: float
    """Against no agreement beyond chance."""
    p: float
    observed: float
    """Agreement seen, 0 to 1 (weighted)."""
    expected: float
    """Agreement that chance gives with these raters' habits."""
    units: int


def cohen(
    first: Sequence[Rating],
    second: Sequence[Rating],
    weights: Weights = Weights.NONE,
    order: Sequence[str | float] | None = None,
) -> Kappa:
    """Kappa of two raters' ratings of the same units.

    Args:
        first: one rater's ratings; units that either did not rate are left out.
        second: the other's.
        weights: for categories that have an order.
        order: all categories from lowest to highest; sorted ones that occur, when not given.

    Raises:
        Refusal: `methods.lengths`, or `methods.too_few` without a unit that both rated.
    """
    paired(first, second)
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    enough(both, 1)
    levels = list(order) if order is not None else sorted({each for pair in both for each in pair}, key=_sortable)
    place = {level: at for at, level in enumerate(levels)}
    table = [[0.0] * len(levels) for _ in levels]
    for a, b in both:
        table[place[a]][place[b]] += 1
    return cohen_table(table, weights)


def _sortable(level: str | float) -> tuple[bool, str | float]:
    return isinstance(level, str), level


def cohen_table(table: Sequence[Sequence[float]], weights: Weights = Weights.NONE, confidence: float = 0.95) -> Kappa:
    """Kappa of a square table of counts, the first rater's categories down."""
    size, n = len(table), math.fsum(math.fsum(row) for row in table)
    enough(range(int(n)), 1)
    credit = [[_CREDIT[weights](i, j, max(size, 2)) for j in range(size)] for i in range(size)]
    share = [[count / n for count in row] for row in table]
    rows = [math.fsum(row) for row in share]
    columns = [math.fsum(row[j] for row in share) for j in range(size)]
    cells = [(i, j) for i in range(size) for j in range(size)]
    seen = math.fsum(credit[i][j] * share[i][j] for i, j in cells)
    chance = math.fsum(credit[i][j] * rows[i] * columns[j] for i, j in cells)
    if chance >= 1:
        return Kappa(math.nan, Interval(math.nan, math.nan, confidence), math.nan, math.nan, seen, chance, int(n))
    kappa = (seen - chance) / (1 - chance)
    by_row = [math.fsum(credit[i][j] * columns[j] for j in range(size)) for i in range(size)]
    by_column = [math.fsum(credit[i][j] * rows[i] for i in range(size)) for j in range(size)]
    spread = (
        math.fsum(share[i][j] * (credit[i][j] - (by_row[i] + by_column[j]) * (1 - kappa)) ** 2 for i, j in cells)
        - (kappa - chance * (1 - kappa)) ** 2
    )
    null = (
        math.fsum(rows[i] * columns[j] * (credit[i][j] - by_row[i] - by_column[j]) ** 2 for i, j in cells) - chance**2
    )
    half = wanted_z(confidence) * math.sqrt(max(spread, 0) / n) / (1 - chance)
    z = kappa * (1 - chance) / math.sqrt(null / n) if null > 0 else math.nan
    p = two_sided(z) if not math.isnan(z) else math.nan
    return Kappa(kappa, Interval(kappa - half, kappa + half, confidence), z, p, seen, chance, int(n))
