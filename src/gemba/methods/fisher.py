"""Fisher's exact test of a two-by-two table.

Two-sided p by the sum of all tables that are no likelier than the one seen; the odds ratio is the conditional maximum
likelihood estimate (as R's fisher.test; R solves it to about four digits, here it is solved fully).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from gemba.methods.checking import within
from gemba.methods.special import solve

_SLACK = 1 + 1e-7
"""Tables this little likelier than the one seen count as equally likely (R's convention)."""
_NOTHING = 1e-20
"""Weights below this, beside the likeliest table's, change no digit of a mean."""


@dataclass(frozen=True, slots=True)
class Fisher:
    """The exact test's answer."""

    p: float
    odds_ratio: float
    """Conditional estimate; 0 or infinite at the edges, nan when the margins leave only one table."""


@dataclass(frozen=True, slots=True)
class _Margins:
    """What all tables have in common: the sizes of both groups and the hits of both together."""

    n1: int
    n2: int
    hits: int

    @property
    def low(self) -> int:
        """Fewest hits that the first group can have."""
        return max(0, self.hits - self.n2)

    @property
    def high(self) -> int:
        """Most hits that it can have."""
        return min(self.hits, self.n1)

    def step(self, k: int, odds: float) -> float:
        """How many times likelier k hits of the first group are than k - 1."""
        return (self.n1 - k + 1) * (self.hits - k + 1) / (k * (self.n2 - self.hits + k)) * odds

    def likeliest(self, odds: float) -> int:
        """The hits of the likeliest table."""
        low, high = self.low, self.high
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.step(middle, odds) >= 1 else (low, middle - 1)
        return low

    def weights(self, odds: float, least: float) -> Iterator[tuple[int, float]]:
        """Tables with their weights beside the likeliest's 1, outwards from it until they are below the least.

        Large tables cost as much as their spread is wide, not as many as there are.
        """
        top = self.likeliest(odds)
        yield top, 1.0
        weight = 1.0
        for k in range(top + 1, self.high + 1):
            weight *= self.step(k, odds)
            if weight <= least:
                break
            yield k, weight
        weight = 1.0
        for k in range(top, self.low, -1):
            weight /= self.step(k, odds)
            if weight <= least:
                break
            yield k - 1, weight


def fisher(hits1: int, n1: int, hits2: int, n2: int) -> Fisher:
    """Whether two shares differ, exactly.

    Raises:
        Refusal: `methods.outside` when hits are not 0 to n.
    """
    within("hits1", hits1, 0, n1)
    within("hits2", hits2, 0, n2)
    margins = _Margins(n1, n2, hits1 + hits2)
    weights = dict(margins.weights(1.0, 0.0))
    seen = weights.get(hits1, 0.0)  # further out than the smallest double: no chance
    rarer = math.fsum(each for each in weights.values() if each <= seen * _SLACK)
    return Fisher(min(1.0, rarer / math.fsum(weights.values())), _odds_ratio(hits1, margins))


def _odds_ratio(seen: int, margins: _Margins) -> float:
    if margins.low == margins.high:
        return math.nan
    if seen == margins.low:
        return 0.0
    if seen == margins.high:
        return math.inf
    return math.exp(solve(lambda odds: _mean(margins, math.exp(odds)) - seen, -700.0, 700.0))


def _mean(margins: _Margins, odds: float) -> float:
    """The mean of the noncentral hypergeometric distribution."""
    weights = list(margins.weights(odds, _NOTHING))
    return math.fsum(k * weight for k, weight in weights) / math.fsum(weight for _, weight in weights)
