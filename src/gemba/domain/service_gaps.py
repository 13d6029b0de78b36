"""How far apart what is promised, what is expected and what is achieved are, whichever side is the good one."""

from __future__ import annotations

import msgspec

from gemba.domain.goals import Bound


class Gaps(msgspec.Struct, frozen=True):
    """Three gaps, each as a share of what it is measured against; above 0 falls short, 0 or less does not.

    `None` where one of the two values is not known.
    """

    promise: float | None
    """Promised, against what the customer expects."""
    delivery: float | None
    """Achieved, against what was promised."""
    experience: float | None
    """Achieved, against what the customer expects."""

    @property
    def worst(self) -> float | None:
        """The widest; `None` when none is known."""
        return max((one for one in (self.promise, self.delivery, self.experience) if one is not None), default=None)


def meets(value: float, target: float, bound: Bound) -> bool:
    """Whether a value is on the good side of a target, or on it."""
    return value >= target if bound is Bound.AT_LEAST else value <= target


def shortfall(value: float, target: float, bound: Bound) -> float:
    """By how much a value falls short of a target, as a share of the target's size; below 0 by how much it is better.

    Against a target of 0 it is a share of the value's own size, so that any miss counts as a whole.
    """
    off = target - value if bound is Bound.AT_LEAST else value - target
    size = abs(target) or abs(value)
    return off / size if off else 0.0


def gaps(promised: float, expected: float | None, achieved: float | None, bound: Bound) -> Gaps:
    """The three gaps of a service level.

    Args:
        promised: what is agreed.
        expected: what the customer expects; `None` while nobody has asked.
        achieved: what is delivered; `None` while it is not known.
        bound: on which side of a target a value is good.
    """
    return Gaps(
        None if expected is None else shortfall(promised, expected, bound),
        None if achieved is None else shortfall(achieved, promised, bound),
        None if achieved is None or expected is None else shortfall(achieved, expected, bound),
    )
