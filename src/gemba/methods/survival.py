"""Kaplan-Meier: how long things take when some are not finished yet.

Sources: Kaplan and Meier 1958; Greenwood 1926; intervals on the log scale (R's survival default), log-log or plain.
Quantiles and their intervals are read off the curves as R's survival does: the first time at which the curve falls to
the level, or the middle of the step when it runs exactly along it. Dropping the unfinished flatters the figures; here
they are censored at the time they were last known to be open.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gemba.methods.checking import enough, paired, within
from gemba.methods.proportions import Interval
from gemba.methods.tails import wanted_z

_EDGE = 1e-9


class Scale(StrEnum):
    """On which scale the interval of the curve is symmetric."""

    LOG = "log"
    LOG_LOG = "log-log"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from one time on."""

    time: float
    at_risk: int
    """Still open just before."""
    ended: int
    survival: float
    """Share still open after this time."""
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The time by which a share has ended; None when the curve never gets so far."""

    time: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve, at every time at which something ended or was censored."""

    steps: tuple[Step, ...]
    n: int
    ended: int
    confidence: float

    def interval_at(self, time: float) -> Interval:
        """Interval of the share still open at a time."""
        step = self._step(time)
        return Interval(step.low, step.high, self.confidence) if step else Interval(1.0, 1.0, self.confidence)

    def still_open(self, time: float) -> float:
        """Share still open at a time."""
        step = self._step(time)
        return step.survival if step else 1.0

    def _step(self, time: float) -> Step | None:
        return next((step for step in reversed(self.steps) if step.time <= time), None)

    def quantile(self, share: float) -> Quantile:
        """The time by which a share has ended, with its interval; 0.5 is the median, 0.9 the ninetieth.

        Raises:
            Refusal: `methods.outside` for a share that is not 0 to 1.
        """
        within("share", share, 0, 1)
        level = 1 - share
        return Quantile(
            self._first_at([step.survival for step in self.steps], level),
            self._first_at([step.low for step in self.steps], level),
            self._first_at([step.high for step in self.steps], level),
        )

    def _first_at(self, curve: list[float], level: float) -> float | None:
        at = next((i for i, value in enumerate(curve) if value <= level + _EDGE), None)
        if at is None:
            return None
        if abs(curve[at] - level) > _EDGE:
            return self.steps[at].time
        below = next((i for i in range(at, len(curve)) if curve[i] < level - _EDGE), None)
        end = self.steps[-1].time if below is None else self.steps[below].time
        return (self.steps[at].time + end) / 2


def kaplan_meier(
    times: Sequence[float], ended: Sequence[bool], scale: Scale = Scale.LOG, confidence: float = 0.95
) -> Survival:
    """The curve of what is still open.

    Args:
        times: from the beginning to the end, or to the last time known to be open; any one unit.
        ended: whether it ended then; False is censored.
        scale: of the interval.
        confidence: two-sided, of each point of the curve.

    Raises:
        Refusal: `methods.too_few`, `methods.lengths`, or `methods.outside` for a negative time.
    """
    enough(times, 1)
    paired(times, ended)
    ends = Counter(time for time, end in zip(times, ended, strict=True) if end)
    return kaplan_meier_counted(ends, Counter(times) - ends, scale, confidence)


def kaplan_meier_counted(
    ended: Mapping[float, int], censored: Mapping[float, int], scale: Scale = Scale.LOG, confidence: float = 0.95
) -> Survival:
    """The same curve from counts: how many ended, and how many were still open, at each time.

    Args:
        ended: number that ended, by time.
        censored: number last known to be open, by time.
        scale: of the interval.
        confidence: two-sided, of each point of the curve.

    Raises:
        Refusal: `methods.too_few` without any, or `methods.outside` for a negative time.
    """
    times = sorted({*(time for time, n in ended.items() if n), *(time for time, n in censored.items() if n)})
    enough(times, 1)
    within("time", times[0], 0)
    n = sum(ended.values()) + sum(censored.values())
    z, left, survival, greenwood = wanted_z(confidence), n, 1.0, 0.0
    steps = []
    for time in times:
        gone = ended.get(time, 0)
        if gone:
            survival *= 1 - gone / left
            greenwood += gone / (left * (left - gone)) if left > gone else math.inf
        low, high = _bounds(survival, math.sqrt(greenwood), z, scale)
        steps.append(Step(time, left, gone, survival, low, high))
        left -= gone + censored.get(time, 0)
    return Survival(tuple(steps), n, sum(ended.values()), confidence)


def _bounds(survival: float, error: float, z: float, scale: Scale) -> tuple[float, float]:
    """Bounds from the standard error of the logarithm; nan once nothing is left."""
    if survival <= 0:
        return (math.nan, math.nan)
    if scale is Scale.PLAIN:
        half = z * error * survival
        return max(0.0, survival - half), min(1.0, survival + half)
    if scale is Scale.LOG:
        return survival * math.exp(-z * error), min(1.0, survival * math.exp(z * error))
    if survival >= 1:
        return 1.0, 1.0
    width = z * error / math.log(survival)
    return survival ** math.exp(-width), survival ** math.exp(width)
