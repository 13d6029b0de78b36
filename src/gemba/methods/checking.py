"""What every method asks of its numbers before it begins."""

from __future__ import annotations

import math
from collections.abc import Sized

from gemba.errors import Refusal


def enough(values: Sized, needed: int) -> None:
    """Refuse (`methods.too_few`) when there are fewer than `needed` values."""
    if len(values) < needed:
        raise Refusal("methods.too_few", needed=needed, given=len(values))


def paired(first: Sized, second: Sized) -> None:
    """Refuse (`methods.lengths`) when two lists that belong together differ in length."""
    if len(first) != len(second):
        raise Refusal("methods.lengths", first=len(first), second=len(second))


def within(name: str, value: float, lowest: float, highest: float = math.inf) -> None:
    """Refuse (`methods.outside`) a value that is no number or not between two bounds, both of which it may take."""
    if not lowest <= value <= highest:
        allowed = f"{lowest:g} or more" if math.isinf(highest) else f"from {lowest:g} to {highest:g}"
        raise Refusal("methods.outside", name=name, value=value, allowed=allowed)


def above(name: str, value: float, lowest: float) -> None:
    """Refuse (`methods.outside`) a value that is not greater than a bound, or is no finite number."""
    if not (value > lowest and math.isfinite(value)):
        raise Refusal("methods.outside", name=name, value=value, allowed=f"more than {lowest:g}")
