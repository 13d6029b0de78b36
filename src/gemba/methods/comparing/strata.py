"""Matched cohorts by strata: exact, or exact after coarsening.

Sources: Rubin 1973; Iacus, King and Porro 2012 (coarsened exact matching). Units of a stratum that lacks the other
group are dropped and counted. The effect is the mean over treated units (ATT): each stratum's difference weighted by
its treated units.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired


@dataclass(frozen=True, slots=True)
class Matched:
    """Who was compared, and what came out."""

    effect: float
    """Treated less untreated, weighted by treated units; nan when nothing could be matched."""
    treated: int
    untreated: int
    strata: int
    dropped_treated: int
    dropped_untreated: int
    weights: tuple[float, ...]
    """For each unit: 1 treated, its share untreated (summing to the untreated kept), 0 dropped."""


def match_exactly(keys: Sequence[Hashable], treated: Sequence[bool], outcomes: Sequence[float]) -> Matched:
    """Compare within strata of equal keys.

    Args:
        keys: the stratum of each unit, for example (channel, product, region, month).
        treated: whether the change applied to it.
        outcomes: what is compared.

    Raises:
        Refusal: `methods.too_few` or `methods.lengths`.
    """
    enough(keys, 1)
    paired(keys, treated)
    paired(keys, outcomes)
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for at, (key, has_it) in enumerate(zip(keys, treated, strict=True)):
        groups.setdefault(key, ([], []))[int(has_it)].append(at)
    kept = [(without, with_it) for without, with_it in groups.values() if without and with_it]
    n_with = sum(len(with_it) for _, with_it in kept)
    n_without = sum(len(without) for without, _ in kept)
    gaps = [len(w) * (_mean(outcomes, w) - _mean(outcomes, o)) for o, w in kept]
    weights = [0.0] * len(keys)
    for without, with_it in kept:
        for at in with_it:
            weights[at] = 1.0
        for at in without:
            weights[at] = len(with_it) / len(without) * n_without / n_with
    return Matched(
        math.fsum(gaps) / n_with if n_with else math.nan,
        n_with,
        n_without,
        len(kept),
        sum(map(bool, treated)) - n_with,
        len(keys) - sum(map(bool, treated)) - n_without,
        tuple(weights),
    )


def coarsened(values: Sequence[float], cuts: Sequence[float]) -> list[int]:
    """The bin of each value between the cuts (rising); a value on a cut belongs above it. Parts of a key."""
    return [bisect_right(cuts, value) for value in values]


def even_cuts(values: Sequence[float], bins: int) -> list[float]:
    """Cuts for bins of equal width over the range of the values."""
    enough(values, 1)
    low, high = min(values), max(values)
    return [low + (high - low) * at / bins for at in range(1, bins)]


def _mean(outcomes: Sequence[float], at: Sequence[int]) -> float:
    return math.fsum(outcomes[each] for each in at) / len(at)
