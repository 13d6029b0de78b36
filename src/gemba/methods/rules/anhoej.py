"""Anhøj's run rules: has the level shifted, whatever the limits say?

Sources: Anhøj and Olesen 2014; Schilling 2012 for the longest run. A shift shows as a longest run above
round(log2(n)) + 3 points, or as fewer crossings of the centre line than the 5 % point of a binomial(n - 1, 0.5). n
counts the points that are not on the centre line; those on it are skipped, they neither break nor lengthen a run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gemba.methods.tails import binomial_quantile


@dataclass(frozen=True, slots=True)
class Runs:
    """What the run rules saw."""

    useful: int
    """Points that are not on the centre line."""
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    run_from: int
    """Position (from 0) where the longest run begins, the newest of equally long ones; 0 without any."""
    run_to: int
    """Position of its last point."""

    @property
    def signal(self) -> bool:
        """Whether the longest run is too long or the crossings are too few."""
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed


def runs(values: Sequence[float | None], centre: Sequence[float] | float) -> Runs:
    """Read the run rules.

    Args:
        values: points in time order; None where one is missing.
        centre: the centre line, one number or one for each point.
    """
    lines = [centre] * len(values) if isinstance(centre, (int, float)) else centre
    sides = [
        (at, value > line)
        for at, (value, line) in enumerate(zip(values, lines, strict=True))
        if value is not None and value != line
    ]
    groups = [[at for at, _ in group] for _, group in groupby(sides, key=lambda each: each[1])]
    longest = max(reversed(groups), key=len, default=[0])
    useful = len(sides)
    return Runs(
        useful,
        len(longest) if sides else 0,
        longest_run_allowed(useful),
        max(0, len(groups) - 1),
        crossings_needed(useful),
        longest[0],
        longest[-1],
    )


def longest_run_allowed(useful: int) -> int:
    """The longest run that chance makes likely: round(log2(n) + 3), halves to even as in R."""
    return round(math.log2(useful) + 3) if useful > 0 else 0


def crossings_needed(useful: int) -> int:
    """The fewest crossings that chance makes likely: the 5 % point of binomial(n - 1, 0.5)."""
    return binomial_quantile(0.05, max(useful - 1, 0), 0.5)
