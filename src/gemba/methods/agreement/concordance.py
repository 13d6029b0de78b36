"""Kendall's W: how alike several raters rank the same units.

Source: Kendall and Babington Smith 1939; corrected for ties (R's irr with correct = TRUE).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired
from gemba.methods.tails import chi_square_tail


@dataclass(frozen=True, slots=True)
class Concordance:
    """0 is none, 1 the same ranking."""

    w: float
    chi_square: float
    p: float
    units: int
    raters: int


def kendall_w(units: Sequence[Sequence[float]], *, correct_ties: bool = True) -> Concordance:
    """W of units that every rater rated.

    Args:
        units: for each unit its ratings, in a fixed order of raters.
        correct_ties: divide by what ties leave possible; without it many ties lower W.

    Raises:
        Refusal: `methods.too_few` below two units or raters, `methods.lengths` for unequal units.
    """
    enough(units, 2)
    enough(units[0], 2)
    for unit in units:
        paired(units[0], unit)
    n, m = len(units), len(units[0])
    columns = [list(column) for column in zip(*units, strict=True)]
    ranked = [ranks(column) for column in columns]
    sums = [sum(rank[at] for rank in ranked) for at in range(n)]
    mean = sum(sums) / n
    spread = sum((each - mean) ** 2 for each in sums)
    ties = sum(count**3 - count for column in columns for count in Counter(column).values()) if correct_ties else 0
    whole = m * m * (n**3 - n) - m * ties
    w = 12 * spread / whole if whole else 1.0
    chi = m * (n - 1) * w
    return Concordance(w, chi, chi_square_tail(chi, n - 1), n, m)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, equal values sharing the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for at in order[start : end + 1]:
            found[at] = (start + end) / 2 + 1
        start = end + 1
    return found
