"""Where things lie on a chart: from values and positions to millimetres, and the room that words need."""

from __future__ import annotations

import msgspec

from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.reports.chart_numbers import figure, ticks

_LETTER = 0.19
"""Millimetres that a letter takes for each point of its size, about."""


class Plot(msgspec.Struct, frozen=True):
    """The area of the points within a drawing, in millimetres from its top and left."""

    left: float
    top: float
    width: float
    height: float
    low: float
    """Value at the foot."""
    high: float
    """Value at the top."""
    marks: tuple[float, ...]
    """Round values along the side."""
    across: tuple[float, ...]
    """Distance of each point from the left edge of the area."""

    @property
    def right(self) -> float:
        """Where the area ends."""
        return self.left + self.width

    @property
    def foot(self) -> float:
        """Where the area ends below."""
        return self.top + self.height

    def x(self, at: int) -> float:
        """Where a point lies."""
        return self.left + self.across[at]

    def y(self, value: float) -> float:
        """Where a value lies; what is outside stays on the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.foot - share * self.height


def room_for(words: str, size: float) -> float:
    """About how wide words are."""
    return len(words) * size * _LETTER


def plot(facts: ChartFacts, width: float, height: float, size: float, *, top: float, below: float) -> Plot:
    """The area that is left when axis words have their room.

    Args:
        facts: what is charted.
        width: of the whole drawing.
        height: of the part that this area has to itself.
        size: of the type, points.
        top: where that part begins.
        below: room under the area for words.
    """
    values = [value for point in facts.points for value in _values(point)] or [0.0, 1.0]
    low, high = min(values), max(values)
    if not facts.funnel and low >= 0 and low < high * 0.6:
        low = 0.0
    marks = ticks(low, high, max(3, min(7, int(height / (size * 1.1)))))
    left = max(room_for(figure(each, percent=facts.percent), size) for each in marks) + 3.0
    right = _right(facts, size)
    inside = max(10.0, width - left - right)
    return Plot(
        left=left,
        top=top,
        width=inside,
        height=max(8.0, height - below),
        low=marks[0],
        high=marks[-1],
        marks=tuple(marks),
        across=tuple(_across(facts, inside)),
    )


def _values(point: PointFacts) -> list[float]:
    told = (point.value, point.below, point.lower, point.upper, point.centre)
    return [value for value in told if value is not None]


def _right(facts: ChartFacts, size: float) -> float:
    """Room for the words at the end of the lines."""
    judged = [point for point in facts.points if not point.excluded]
    if facts.funnel or not judged:
        return 4.0
    last = judged[-1]
    told = [figure(each, percent=facts.percent) for each in (last.lower, last.centre, last.upper) if each is not None]
    return max((room_for(each, size) for each in told), default=0.0) + 3.0


def _across(facts: ChartFacts, inside: float) -> list[float]:
    count = len(facts.points)
    if facts.funnel:
        most = max((point.size or 0.0 for point in facts.points), default=1.0) or 1.0
        return [(point.size or 0.0) / (most * 1.04) * inside for point in facts.points]
    step = inside / max(1, count)
    return [step * (at + 0.5) for at in range(count)]
