"""How many to draw: for a wanted precision, or to see at least one.

Source: Cochran 1977, 4.3 (n0 = z² p (1 - p) / e², corrected for a finite list); hypergeometric law for discovery.
"""

from __future__ import annotations

import math

from gemba.methods.checking import above, within
from gemba.methods.tails import hypergeometric_chance, wanted_z


def size_for_precision(population: int, margin: float, share: float = 0.5, confidence: float = 0.95) -> int:
    """The smallest n whose share is known to ± margin.

    Args:
        population: items in the frame.
        margin: half the interval's width, 0.05 for ± 5 points.
        share: what is expected; 0.5 is the safe guess.
        confidence: two-sided.

    Raises:
        Refusal: `methods.outside` for an empty frame or a margin or share that is not between 0 and 1.
    """
    within("population", population, 1)
    above("margin", margin, 0)
    within("share", share, 0, 1)
    endless = (wanted_z(confidence) / margin) ** 2 * share * (1 - share)
    return min(population, max(1, math.ceil(endless / (1 + (endless - 1) / population) - 1e-9)))


def size_for_discovery(population: int, bad_share: float, miss: float = 0.05) -> int:
    """The smallest n that shows at least one bad item, but for a chance of `miss`, when so many are bad.

    The number of bad items is the share of the population, rounded (halves to even), and at least one.

    Raises:
        Refusal: `methods.outside` for an empty frame, or a share or miss that is no
            share.
    """
    within("population", population, 1)
    above("share", bad_share, 0)
    within("share", bad_share, 0, 1)
    within("miss", miss, 0, 1)
    bad = max(1, round(population * bad_share))
    none = 1.0
    for n in range(1, population + 1):
        none *= max(0, population - bad - n + 1) / (population - n + 1)
        if none <= miss + 1e-12:
            return n
    return population


def chance_of_none(population: int, bad: int, n: int) -> float:
    """The chance that n drawn items show none of the bad ones."""
    within("bad", bad, 0, population)
    within("n", n, 0, population)
    return hypergeometric_chance(0, bad, population - bad, n)
