"""Draw over a photo: arrows, words, numbers, and blocks that hide what nobody should see in a copy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from gemba.domain.change import Change
from gemba.domain.evidence import Evidence, Mark, MarkShape
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.records import changeable, known

MOST_MARKS = 200
"""On one picture."""
MOST_POINTS = 400
"""Of one way of the pen; more are thinned out."""
LONGEST_TEXT = 300
_EXACT = 5
"""Digits after the point of a fraction: a tenth of a pixel of the largest photo."""
_PLAIN = 0.006
_POINTS = {MarkShape.TEXT: 1, MarkShape.NUMBER: 1}


def mark(desk: Desk, evidence: Uid, marks: Sequence[Mark]) -> Change:
    """Keep what is drawn over a photo, in place of what was drawn before; the original stays untouched.

    Args:
        desk: who does it, where.
        evidence: a photo of a draft, or of an action.
        marks: all of them, in order; none takes them away.

    Raises:
        Refusal: the assessment is concluded, the evidence is no picture, or a mark cannot be drawn.
    """
    if len(marks) > MOST_MARKS:
        raise Refusal("work.too_many_marks", count=len(marks), limit=MOST_MARKS)
    kept = tuple(_checked(one) for one in marks)
    with desk.unit() as unit:
        found = changeable(unit, evidence)
        if not found.width:
            raise Refusal("work.no_picture_to_mark", name=found.name)
        unit.change(Evidence, evidence, marks=kept)
        return unit.change_made(evidence)


def add_marks(desk: Desk, evidence: Uid, marks: Sequence[Mark]) -> Change:
    """Draw more over a photo."""
    with desk.reader() as reader:
        before = known(reader, Evidence, evidence).marks
    return mark(desk, evidence, (*before, *marks))


def next_number(marks: Sequence[Mark]) -> str:
    """The number that follows the highest numbered marker."""
    numbers = [int(one.text) for one in marks if one.shape is MarkShape.NUMBER and one.text.isdecimal()]
    return str(max(numbers, default=0) + 1)


def _checked(one: Mark) -> Mark:
    """A mark as it is kept: within the picture, no longer than needed.

    Raises:
        Refusal: points are missing or are no numbers, or a text has no words.
    """
    needed = _POINTS.get(one.shape, 2)
    if len(one.points) < needed or not all(math.isfinite(value) for point in one.points for value in point):
        raise Refusal("work.mark_without_points", shape=one.shape.value, needed=needed)
    if one.shape in _POINTS and not one.text.strip():
        raise Refusal("work.mark_without_words", shape=one.shape.value)
    points = one.points if one.shape is MarkShape.PEN else (one.points[0], one.points[-1])[:needed]
    width = one.width if math.isfinite(one.width) else _PLAIN
    return Mark(
        shape=one.shape,
        points=tuple(_thinned([(_within(x), _within(y)) for x, y in points])),
        text=one.text.strip()[:LONGEST_TEXT],
        colour=one.colour,
        width=round(min(max(width, 0.0005), 0.05), _EXACT),
    )


def _within(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), _EXACT)


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The way of a pen without points that lie on one another, and at most `MOST_POINTS`."""
    step = max(1, math.ceil((len(points) - 1) / (MOST_POINTS - 1)))
    few = [*points[:-1:step], points[-1]]
    moved = [few[0], *(after for before, after in pairwise(few) if after != before)]
    return moved if len(moved) > 1 or len(points) == 1 else [few[0], few[-1]]
