"""Propensity matching: one untreated partner for each treated unit, alike in how likely the treatment was.

Sources: Rosenbaum and Rubin 1985; Austin 2011 (caliper 0.2 standard deviations of the logit). Logistic regression by
Newton's steps; greedy nearest neighbour without putting back, the likeliest treated first (MatchIt's order), equal
distances by position.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import stdev

from gemba.errors import Refusal
from gemba.methods.checking import enough, paired

_STEPS = 50


@dataclass(frozen=True, slots=True)
class Pairs:
    """Matched pairs (treated, untreated positions), in the order made."""

    pairs: tuple[tuple[int, int], ...]
    dropped_treated: int
    dropped_untreated: int
    caliper: float
    """Largest distance of logits that was allowed."""

    def weights(self, n: int) -> tuple[float, ...]:
        """1 for every matched unit of n, 0 for the others; for `balance`."""
        kept = {at for pair in self.pairs for at in pair}
        return tuple(float(at in kept) for at in range(n))

    def effect(self, outcomes: Sequence[float]) -> float:
        """Mean difference over pairs, treated less untreated; nan without any pair."""
        gaps = [outcomes[a] - outcomes[b] for a, b in self.pairs]
        return math.fsum(gaps) / len(gaps) if gaps else math.nan


def propensities(traits: Sequence[Sequence[float]], treated: Sequence[bool]) -> tuple[float, ...]:
    """The logit of being treated for each unit, from its traits.

    Args:
        traits: for each unit its numbers (categories as 0/1 numbers), without a constant.
        treated: the groups, both present.

    Raises:
        Refusal: `methods.lengths`, `methods.too_few`; `methods.separated` when traits tell the groups apart entirely.
    """
    import numpy as np

    paired(traits, treated)
    enough([each for each in treated if each], 1)
    enough([each for each in treated if not each], 1)
    x = np.column_stack([np.ones(len(traits)), np.asarray(traits, dtype=np.float64)])
    y = np.asarray(treated, dtype=np.float64)
    scale = np.maximum(np.abs(x).max(axis=0), 1e-12)
    x = x / scale
    beta = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        logits = np.clip(x @ beta, -30, 30)
        p = 1 / (1 + np.exp(-logits))
        step = np.linalg.lstsq((x.T * (p * (1 - p))) @ x, x.T @ (y - p), rcond=None)[0]
        beta += step
        if float(np.abs(step).max()) < 1e-10:
            return tuple(float(each) for each in x @ beta)
    raise Refusal("methods.separated")


def match_nearest(logits: Sequence[float], treated: Sequence[bool], caliper: float = 0.2) -> Pairs:
    """Greedy nearest neighbours within a caliper of so many standard deviations of the logit.

    Raises:
        Refusal: `methods.lengths` or `methods.too_few`.
    """
    from bisect import bisect_left

    paired(logits, treated)
    enough(logits, 2)
    limit = caliper * stdev(logits)
    free = sorted((logits[at], at) for at, with_it in enumerate(treated) if not with_it)
    untreated = len(free)
    pairs = []
    wanted = sorted((at for at, with_it in enumerate(treated) if with_it), key=lambda at: (-logits[at], at))
    for at in wanted:
        near = bisect_left(free, (logits[at], -1))
        options = [i for i in (near - 1, near) if 0 <= i < len(free)]
        best = min(options, key=lambda i: (abs(free[i][0] - logits[at]), free[i][1]), default=None)
        if best is not None and abs(free[best][0] - logits[at]) <= limit:
            pairs.append((at, free.pop(best)[1]))
    return Pairs(tuple(pairs), len(wanted) - len(pairs), untreated - len(pairs), limit)
