"""Permutation test: how often would chance alone share out the change so that the groups differ as much?

Source: Fisher 1935; Phipson and Smyth 2010 (the seen arrangement counts as one of the draws). All arrangements are
tried when there are few enough, else a seeded sample of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from gemba.methods.chance import Chance
from gemba.methods.checking import enough, paired

_SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Permutation:
    """The test's answer."""

    difference: float
    """Mean of the treated less mean of the others."""
    p: float
    """Two-sided."""
    arrangements: int
    exact: bool
    """All arrangements were tried."""


def permutation_test(
    values: Sequence[float], treated: Sequence[bool], *, most: int = 20_000, seed: str = "permutation"
) -> Permutation:
    """Compare two groups of units, for example each place's change from before to after.

    Args:
        values: one for each unit.
        treated: the groups, both present.
        most: arrangements to try at most.
        seed: of the sample of arrangements.

    Raises:
        Refusal: `methods.lengths` or `methods.too_few`.
    """
    paired(values, treated)
    chosen = [at for at, with_it in enumerate(treated) if with_it]
    enough(chosen, 1)
    n, k = len(values), len(chosen)
    enough(range(n - k), 1)
    whole = math.fsum(values)

    def gap(part: Sequence[int]) -> float:
        inside = math.fsum(values[at] for at in part)
        return inside / k - (whole - inside) / (n - k)

    seen = gap(chosen)
    limit = abs(seen) - _SLACK * max(1.0, abs(seen))
    ways = math.comb(n, k)
    if ways <= most:
        hits = sum(abs(gap(part)) >= limit for part in combinations(range(n), k))
        return Permutation(seen, hits / ways, ways, exact=True)
    chance = Chance(seed)
    hits = sum(abs(gap(chance.sample(range(n), k))) >= limit for _ in range(most))
    return Permutation(seen, (hits + 1) / (most + 1), most, exact=False)
