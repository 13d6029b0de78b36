"""Survey scores and checklist scores, with what their size allows to be said.

NPS: share of 9 and 10 less share of 0 to 6 (Reichheld 2003), SE = sqrt((p + d - (p - d)²) / n). CSAT: top two of five,
Wilson interval. CES: mean of 1 to 7 and share of 5 to 7. House rule: below 10 answers no score is told; from 10 always
with its interval; places are ranked only where intervals are apart. All scores are in points of 100.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import stdev

from gemba.methods.checking import enough, within
from gemba.methods.proportions import Interval, wilson
from gemba.methods.tails import wanted_z

FEWEST = 10


@dataclass(frozen=True, slots=True)
class Score:
    """A score; value, error and interval are None below 10 answers."""

    value: float | None
    error: float | None
    """Standard error in the score's own unit; None where the interval is not made from one."""
    interval: Interval | None
    n: int


_NONE = (None, None, None)


def nps(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> Score:
    """Net promoter score, -100 to 100.

    Raises:
        Refusal: `methods.outside` for negative numbers.
    """
    for count in (promoters, passives, detractors):
        within("answers", count, 0)
    n = promoters + passives + detractors
    if n < FEWEST:
        return Score(*_NONE, n)
    up, down = promoters / n, detractors / n
    error = 100 * math.sqrt(max(0.0, up + down - (up - down) ** 2) / n)
    value, half = 100 * (up - down), wanted_z(confidence) * error
    return Score(value, error, Interval(max(-100.0, value - half), min(100.0, value + half), confidence), n)


def nps_of(answers: Sequence[int]) -> Score:
    """NPS of single answers 0 to 10."""
    for answer in answers:
        within("answer", answer, 0, 10)
    up, down = sum(answer >= 9 for answer in answers), sum(answer <= 6 for answer in answers)
    return nps(up, len(answers) - up - down, down)


def csat(counts: Sequence[int], confidence: float = 0.95) -> Score:
    """Customer satisfaction: percent of the two best of five.

    Args:
        counts: answers of 1, 2, 3, 4 and 5.
        confidence: two-sided.

    Raises:
        Refusal: `methods.lengths` or `methods.outside`.
    """
    return _top(counts, 5, 2, confidence)


def ces_high(counts: Sequence[int], confidence: float = 0.95) -> Score:
    """Customer effort: percent of 5, 6 and 7 of seven ("easy")."""
    return _top(counts, 7, 3, confidence)


def ces(counts: Sequence[int], confidence: float = 0.95) -> Score:
    """Customer effort: the mean of answers 1 to 7, with the interval of a mean."""
    _check(counts, 7)
    n = sum(counts)
    if n < FEWEST:
        return Score(*_NONE, n)
    answers = [answer for answer, count in enumerate(counts, 1) for _ in range(count)]
    value, error = sum(answers) / n, stdev(answers) / math.sqrt(n)
    half = wanted_z(confidence) * error
    return Score(value, error, Interval(max(1.0, value - half), min(7.0, value + half), confidence), n)


def _top(counts: Sequence[int], scale: int, best: int, confidence: float) -> Score:
    _check(counts, scale)
    n, hits = sum(counts), sum(counts[-best:])
    if n < FEWEST:
        return Score(*_NONE, n)
    share = wilson(hits, n, confidence)
    return Score(100 * hits / n, None, Interval(100 * share.low, 100 * share.high, confidence), n)


def _check(counts: Sequence[int], scale: int) -> None:
    enough(counts, scale)
    within("answers of the scale", len(counts), scale, scale)
    for count in counts:
        within("answers", count, 0)


@dataclass(frozen=True, slots=True)
class Item:
    """One checklist item: its points 0 to 1, None when not applicable; `answered` False when left open."""

    points: float | None
    weight: float = 1
    fatal: bool = False
    answered: bool = True


@dataclass(frozen=True, slots=True)
class ChecklistScore:
    """The weighted mean over answered items, and what it must not hide."""

    share: float | None
    """0 to 1; None when nothing was answered."""
    failed: bool
    """A fatal item had less than full points; never averaged away."""
    fatal: tuple[int, ...]
    """Positions of those items."""
    unanswered: float
    """Share of the weight that was left open, of all that applied."""


def checklist_score(items: Sequence[Item]) -> ChecklistScore:
    """Sum of weight x points over sum of weight, over answered items; not-applicable ones leave both.

    Raises:
        Refusal: `methods.outside` for points that are not 0 to 1 or a negative weight.
    """
    for item in items:
        within("weight", item.weight, 0)
        within("points", item.points or 0, 0, 1)
    answered = [(item.points, item.weight) for item in items if item.answered and item.points is not None]
    weight = math.fsum(weight for _, weight in answered)
    left = math.fsum(item.weight for item in items if not item.answered)
    fatal = tuple(
        at
        for at, item in enumerate(items)
        if item.fatal and item.answered and item.points is not None and item.points < 1
    )
    share = math.fsum(points * weight for points, weight in answered) / weight if weight > 0 else None
    return ChecklistScore(share, bool(fatal), fatal, left / (left + weight) if left + weight > 0 else 0.0)
