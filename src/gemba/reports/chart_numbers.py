"""Numbers on charts, and the round ones that axes are marked with."""

from __future__ import annotations

import math

_SAME = 1e-9
"""Of two numbers: what they differ by is rounding."""


def figure(value: float | None, *, percent: bool = False) -> str:
    """A number as people read it: four digits that matter, or percent."""
    if value is None:
        return "–"
    if percent:
        return f"{100 * value:.3g}\u00a0%" if abs(value) < 0.1 else f"{100 * value:.1f}\u00a0%"
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.4g}" if abs(value) < 10 else f"{value:.1f}".removesuffix(".0")


def percent(share: float, digits: int = 0) -> str:
    """A share in whole percent, or with so many digits behind the point."""
    return f"{100 * share:.{digits}f}\u00a0%"


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`: steps of 1, 2, 2.5 or 5 times a power of ten.

    Two that differ by no more than rounding makes count as the same, and are given room on both sides.
    """
    if not high - low > _SAME * max(abs(low), abs(high), _SAME):
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 12) for at in range(first, last + 1)]
