"""Plain percent agreement and prevalence; always shown beside a kappa, which is low when nearly all answers are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough

Rating = str | float | None
"""A category or a number; None where a unit was not rated."""


@dataclass(frozen=True, slots=True)
class PercentAgreement:
    """Shares 0 to 1."""

    whole: float
    """Units on which all raters agree, of the units that at least two rated."""
    pairwise: float
    """Pairs of ratings that agree, of all pairs within units."""
    units: int
    prevalence: tuple[tuple[str | float, float], ...]
    """Share of each answer among all ratings, most frequent first."""


def percent_agreement(units: Sequence[Sequence[Rating]], tolerance: float = 0) -> PercentAgreement:
    """How often raters agree.

    Args:
        units: for each unit the ratings it was given, one for each rater in a fixed order; None for none.
        tolerance: numbers this far apart still agree.

    Raises:
        Refusal: `methods.too_few` when no unit has two ratings.
    """
    rated = [[rating for rating in unit if rating is not None] for unit in units]
    rated = [unit for unit in rated if len(unit) > 1]
    enough(rated, 1)
    whole = sum(all(_agree(unit[0], other, tolerance) for other in unit) and _narrow(unit, tolerance) for unit in rated)
    pairs = [(a, b) for unit in rated for at, a in enumerate(unit) for b in unit[at + 1 :]]
    seen = Counter(rating for unit in rated for rating in unit)
    total = sum(seen.values())
    return PercentAgreement(
        whole / len(rated),
        sum(_agree(a, b, tolerance) for a, b in pairs) / len(pairs),
        len(rated),
        tuple((rating, count / total) for rating, count in seen.most_common()),
    )


def _agree(a: str | float, b: str | float, tolerance: float) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return abs(a - b) <= tolerance


def _narrow(unit: list[str | float], tolerance: float) -> bool:
    """The whole range of numbers lies within the tolerance, not only each one's distance to the first."""
    numbers = [rating for rating in unit if not isinstance(rating, str)]
    return not numbers or max(numbers) - min(numbers) <= tolerance
