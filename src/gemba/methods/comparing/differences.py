"""Difference in differences: did those with the change move more than those without it?

Sources: Card and Krueger 1994; cluster-robust standard errors CR1, G / (G - 1) (N - 1) / (N - K), as Stata and R's
sandwich. It supposes that both groups would have moved alike: look at the periods before. With fewer than 10 clusters
use the permutation test.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import product

from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval
from gemba.methods.tails import student_quantile, student_two_sided

FEWEST_CLUSTERS = 10


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """The effect, with both standard errors."""

    effect: float
    error: float
    """By cluster; this is the one to use."""
    plain_error: float
    """As if every row were independent."""
    p: float
    interval: Interval
    clusters: int
    n: int

    @property
    def few_clusters(self) -> bool:
        """Fewer than ten: the standard error is not to be trusted."""
        return self.clusters < FEWEST_CLUSTERS


def difference_in_differences(
    outcomes: Sequence[float],
    treated: Sequence[bool],
    after: Sequence[bool],
    clusters: Sequence[Hashable],
    confidence: float = 0.95,
) -> DifferenceInDifferences:
    """The interaction of the regression outcome ~ treated x after.

    Args:
        outcomes: one row for each unit and period.
        treated: whether the unit ever gets the change.
        after: whether the row lies after the change.
        clusters: what rows belong together (the unit, or its place).
        confidence: two-sided, t with clusters - 1 degrees of freedom.

    Raises:
        Refusal: `methods.lengths`, or `methods.too_few` when one of the four groups is empty or fewer than 2 clusters.
    """
    import numpy as np

    for other in (treated, after, clusters):
        paired(outcomes, other)
    rows = [(bool(t), bool(a)) for t, a in zip(treated, after, strict=True)]
    for group in product((False, True), repeat=2):
        enough([row for row in rows if row == group], 1)
    number = {cluster: at for at, cluster in enumerate(dict.fromkeys(clusters))}
    enough(number, 2)
    t, a, y = (np.asarray(each, dtype=np.float64) for each in (treated, after, outcomes))
    x = np.column_stack([np.ones(len(y)), t, a, t * a])
    enough(outcomes, 5)
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    rest = y - x @ beta
    n, k, g = len(y), 4, len(number)
    scores = np.zeros((g, k))
    np.add.at(scores, [number[each] for each in clusters], x * rest[:, None])
    factor = g / (g - 1) * (n - 1) / (n - k)
    robust = factor * inverse @ scores.T @ scores @ inverse
    effect, error = float(beta[3]), math.sqrt(float(robust[3, 3]))
    plain = math.sqrt(float(rest @ rest) / (n - k) * float(inverse[3, 3]))
    half = student_quantile((1 + confidence) / 2, g - 1) * error
    p = student_two_sided(effect / error, g - 1) if error > 0 else math.nan
    return DifferenceInDifferences(effect, error, plain, p, Interval(effect - half, effect + half, confidence), g, n)
