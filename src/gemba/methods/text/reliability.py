"""Whether a confidence holds: of what was said with so much confidence, how much was right.

Sources: reliability diagrams (Murphy and Winkler 1977); expected calibration error (Naeini 2015), ten bands of equal
width; Brier's score (1950). Intervals are Wilson's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval, wilson

BANDS = tuple((at / 10, (at + 1) / 10) for at in range(10))


@dataclass(frozen=True, slots=True)
class Band:
    """What was said with a confidence from `low` up to, not including, `high` (the last band: up to 1)."""

    low: float
    high: float
    n: int
    right: int
    confidence: float
    """Mean of what was said."""

    @property
    def accuracy(self) -> float:
        """Share that was right; nan without any."""
        return self.right / self.n if self.n else math.nan

    @property
    def interval(self) -> Interval | None:
        """Of the accuracy; `None` without any."""
        return wilson(self.right, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class AtLevel:
    """What is left when only confidences from a level are shown."""

    level: float
    shown: int
    coverage: float
    """Share that is shown."""
    accuracy: float
    """Share of them that is right; nan when none is shown."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidences and truth went together."""

    n: int
    accuracy: float
    """Share of all that was right, shown or not."""
    bands: tuple[Band, ...]
    error: float
    """Expected calibration error, 0 to 1."""
    brier: float
    _confidences: tuple[float, ...]
    _right: tuple[bool, ...]

    def at(self, level: float) -> AtLevel:
        """Coverage and accuracy when only confidences from `level` are shown."""
        shown = [right for said, right in zip(self._confidences, self._right, strict=True) if said >= level]
        accuracy = sum(shown) / len(shown) if shown else math.nan
        return AtLevel(level, len(shown), len(shown) / self.n, accuracy)


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> Reliability:
    """Judge confidences (0 to 1) by what was right.

    Raises:
        Refusal: `methods.lengths`, `methods.too_few` without any.
    """
    paired(confidences, right)
    enough(right, 1)
    pairs = list(zip(confidences, right, strict=True))
    bands = tuple(_band(pairs, low, high) for low, high in BANDS)
    error = math.fsum(abs(band.accuracy - band.confidence) * band.n for band in bands if band.n) / len(pairs)
    brier = math.fsum((said - hit) ** 2 for said, hit in pairs) / len(pairs)
    return Reliability(
        len(pairs), sum(right) / len(pairs), bands, error, brier, tuple(confidences), tuple(map(bool, right))
    )


def _band(pairs: Sequence[tuple[float, bool]], low: float, high: float) -> Band:
    inside = [(said, hit) for said, hit in pairs if low <= said < high or (high == 1 and said >= 1)]
    mean = math.fsum(said for said, _ in inside) / len(inside) if inside else math.nan
    return Band(low, high, len(inside), sum(hit for _, hit in inside), mean)
