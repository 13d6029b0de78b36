"""Balance: are the compared groups alike in what they were before?

Source: Austin 2009, 2011. Standardised mean difference over the spread of the treated; below 0.1 is called balanced.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gemba.methods.checking import paired

BALANCED = 0.1


@dataclass(frozen=True, slots=True)
class Balance:
    """One trait before and after matching."""

    trait: str
    before: float
    """Standardised mean difference; 0 when all are alike, nan when only the treated do not differ among themselves."""
    after: float

    @property
    def balanced(self) -> bool:
        """|difference| after matching below 0.1."""
        return abs(self.after) < BALANCED


def balance(
    traits: Mapping[str, Sequence[float]], treated: Sequence[bool], weights: Sequence[float]
) -> tuple[Balance, ...]:
    """Standardised differences of every trait, before and after weighting.

    Args:
        traits: values of each trait, one for each unit (categories as one 0/1 trait each).
        treated: the groups.
        weights: from a match, 0 for dropped units.

    Raises:
        Refusal: `methods.lengths`.
    """
    found = []
    for name, values in traits.items():
        paired(values, treated)
        paired(values, weights)
        spread = _sd([value for value, with_it in zip(values, treated, strict=True) if with_it])
        before, after = _gap(values, treated, [1.0] * len(values)), _gap(values, treated, weights)
        found.append(Balance(name, _standardised(before, spread), _standardised(after, spread)))
    return tuple(found)


def _standardised(gap: float, spread: float) -> float:
    return 0.0 if gap == 0 else gap / spread


def _gap(values: Sequence[float], treated: Sequence[bool], weights: Sequence[float]) -> float:
    means = []
    for side in (True, False):
        rows = [(v, w) for v, t, w in zip(values, treated, weights, strict=True) if bool(t) is side and w > 0]
        whole = math.fsum(w for _, w in rows)
        means.append(math.fsum(v * w for v, w in rows) / whole if whole else math.nan)
    return means[0] - means[1]


def _sd(values: Sequence[float]) -> float:
    if len(values) < 2:
        return math.nan
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)) or math.nan
