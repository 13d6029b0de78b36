"""Maturity of practices: five levels, and the staged score that no strength can average away.

Source: the staged representation of CMMI. A level counts only with evidence behind it and with all levels below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough

LEVELS = ("initial", "managed", "defined", "measured", "improving")


@dataclass(frozen=True, slots=True)
class Maturity:
    """How many levels are reached, 0 to 5."""

    staged: int
    """The lowest of all practices."""
    profile: Mapping[str, int]
    """Each practice's own."""


def maturity(evidence: Mapping[str, Sequence[int]]) -> Maturity:
    """Levels from evidence.

    Args:
        evidence: for each practice, how many pieces of evidence stand behind each of its levels, from the first.

    Raises:
        Refusal: `methods.too_few` without practices.
    """
    enough(evidence, 1)
    profile = {name: _reached(pieces) for name, pieces in evidence.items()}
    return Maturity(min(profile.values()), profile)


def _reached(pieces: Sequence[int]) -> int:
    return next((level for level, count in enumerate(pieces) if count < 1), len(pieces))
