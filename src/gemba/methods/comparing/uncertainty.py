"""How sure a matched comparison is.

Sources: Imbens and Rubin 2015, chapter 19 (variance of a stratified mean over the treated); the paired t interval for
pairs. Within strata the variance of each group is pooled, because single strata are small. Units count as independent:
where whole places were changed, compare places instead (difference in differences, permutation).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from statistics import stdev

from gemba.methods.checking import paired
from gemba.methods.comparing.propensity import Pairs
from gemba.methods.proportions import Interval
from gemba.methods.tails import student_quantile, wanted_z


def strata_interval(
    keys: Sequence[Hashable], treated: Sequence[bool], outcomes: Sequence[float], confidence: float = 0.95
) -> Interval | None:
    """Interval of the effect that `match_exactly` gives of the same units; None when strata leave no variance to see.

    Raises:
        Refusal: `methods.lengths`.
    """
    paired(keys, treated)
    paired(keys, outcomes)
    groups: dict[Hashable, tuple[list[float], list[float]]] = {}
    for key, has_it, outcome in zip(keys, treated, outcomes, strict=True):
        groups.setdefault(key, ([], []))[int(has_it)].append(outcome)
    kept = [(without, with_it) for without, with_it in groups.values() if without and with_it]
    variances = [_pooled([pair[side] for pair in kept]) for side in (0, 1)]
    if None in variances:
        return None
    n_treated = sum(len(with_it) for _, with_it in kept)
    square = effect = 0.0
    for without, with_it in kept:
        share = len(with_it) / n_treated
        square += share**2 * ((variances[0] or 0) / len(without) + (variances[1] or 0) / len(with_it))
        effect += share * (math.fsum(with_it) / len(with_it) - math.fsum(without) / len(without))
    half = wanted_z(confidence) * math.sqrt(square)
    return Interval(effect - half, effect + half, confidence)


def pairs_interval(pairs: Pairs, outcomes: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """Interval of the mean difference over pairs; None with fewer than two."""
    gaps = [outcomes[a] - outcomes[b] for a, b in pairs.pairs]
    if len(gaps) < 2:
        return None
    middle = math.fsum(gaps) / len(gaps)
    half = student_quantile((1 + confidence) / 2, len(gaps) - 1) * stdev(gaps) / math.sqrt(len(gaps))
    return Interval(middle - half, middle + half, confidence)


def _pooled(strata: Sequence[Sequence[float]]) -> float | None:
    """Variance around the strata's own means; None without a degree of freedom."""
    freedom = sum(len(values) - 1 for values in strata)
    if freedom < 1:
        return None
    squares = 0.0
    for values in strata:
        mean = math.fsum(values) / len(values)
        squares += math.fsum((value - mean) ** 2 for value in values)
    return squares / freedom
