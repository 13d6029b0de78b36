"""Pareto: which few categories make most of the whole.

Source: Juran. Largest first, equal ones by name, "other" last whatever its size, with the line of cumulated shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gemba.methods.checking import within


@dataclass(frozen=True, slots=True)
class Bar:
    """One category."""

    name: str
    amount: float
    share: float
    """Of the whole, 0 to 1."""
    cumulated: float
    """Share of this and all before it."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """The bars in order, and the vital few."""

    bars: tuple[Bar, ...]
    vital: int
    """How many bars it takes to reach the line."""


def pareto(
    amounts: Mapping[str, float], weights: Mapping[str, float] | None = None, other: str = "", line: float = 0.8
) -> Pareto:
    """Sort categories by amount, or by amount times weight (severity).

    Args:
        amounts: count of each category.
        weights: a factor for each category; 1 where there is none.
        other: the category that stands last.
        line: the share that the vital few reach.

    Raises:
        Refusal: `methods.outside` for a negative amount.
    """
    scaled = {name: amount * (weights or {}).get(name, 1.0) for name, amount in amounts.items()}
    for amount in scaled.values():
        within("amount", amount, 0)
    whole = sum(scaled.values())
    bars: list[Bar] = []
    reached = 0.0
    for name in sorted(scaled, key=lambda each: (each == other and bool(other), -scaled[each], each)):
        reached += scaled[name]
        bars.append(Bar(name, scaled[name], scaled[name] / whole if whole else 0.0, reached / whole if whole else 0.0))
    vital = next((at for at, bar in enumerate(bars, 1) if bar.cumulated >= line - 1e-12), len(bars))
    return Pareto(tuple(bars), vital if whole else 0)
