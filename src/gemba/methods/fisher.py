"""Fisher's exact test of a two-by-two table.

Two-sided p by the sum of all tables that are no likelier than the one seen; the odds ratio is the conditional maximum
likelihood estimate (as R's fisher.test; R solves it to about four digits, here it is solved fully).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gemba.methods.checking import within
from gemba.methods.special import solve
from gemba.methods.tails import hypergeometric_chance

_SLACK = 1 + 1e-7
"""Tables this little likelier than the one seen count as equally likely (R's convention)."""


@dataclass(frozen=True, slots=True)
class Fisher:
    """The exact test's answer."""

    p: float
    odds_ratio: float
    """Conditional estimate; 0 or infinite at the edges, nan when the margins leave only one table."""


def fisher(hits1: int, n1: int, hits2: int, n2: int) -> Fisher:
    """Whether two shares differ, exactly.

    Raises:
        Refusal: `methods.outside` when hits are not 0 to n.
    """
    within("hits1", hits1, 0, n1)
    within("hits2", hits2, 0, n2)
    hits = hits1 + hits2
    low, high = max(0, hits - n2), min(hits, n1)
    chances = [hypergeometric_chance(k, n1, n2, hits) for k in range(low, high + 1)]
    seen = chances[hits1 - low]
    p = min(1.0, math.fsum(each for each in chances if each <= seen * _SLACK))
    return Fisher(p, _odds_ratio(hits1, low, high, chances))


def _odds_ratio(seen: int, low: int, high: int, chances: list[float]) -> float:
    if low == high:
        return math.nan
    if seen == low:
        return 0.0
    if seen == high:
        return math.inf
    logs = [(k, math.log(chance)) for k, chance in zip(range(low, high + 1), chances, strict=True) if chance > 0]
    return math.exp(solve(lambda odds: _mean(logs, odds) - seen, -700.0, 700.0))


def _mean(logs: list[tuple[int, float]], log_odds: float) -> float:
    """The mean of the noncentral hypergeometric distribution."""
    top = max(log + k * log_odds for k, log in logs)
    weights = [(k, math.exp(log + k * log_odds - top)) for k, log in logs]
    return sum(k * w for k, w in weights) / sum(w for _, w in weights)
