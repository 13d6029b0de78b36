"""Taking hold of marks: which one is below the pointer, its handles, and what becomes of it when they are pulled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from gemba.domain.evidence import Mark, MarkShape
from gemba.store import mark_shapes as shapes
from gemba.store.mark_shapes import Box, Point
from gemba.ui.drawing.painting import frame_of

_FIXED = {MarkShape.TEXT, MarkShape.NUMBER}
"""These are moved, and grow by the keys of the width."""
_LEAST = 0.005
"""Fractions that a mark is wide and high at least, so that it can be taken hold of."""


def mark_at(marks: Sequence[Mark], at: Point, size: tuple[int, int], reach: float) -> int | None:
    """The uppermost mark within `reach` pixels of a point of the picture; a frame counts where its line is."""
    order = sorted(range(len(marks)), key=lambda number: (not shapes.is_redaction(marks[number]), number))
    return next((number for number in reversed(order) if _is_at(marks[number], at, size, reach)), None)


def handles_of(mark: Mark, size: tuple[int, int]) -> list[Point]:
    """Where a mark can be pulled, in pixels of the picture."""
    if mark.shape in _FIXED:
        return []
    points = shapes.spots(mark, size)
    if mark.shape is MarkShape.ARROW:
        return [points[0], points[-1]]
    left, top, right, bottom = shapes.box_of(points)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def moved(mark: Mark, by: Point) -> Mark:
    """A mark shifted by fractions of the picture; it stays within."""
    left, top, right, bottom = shapes.box_of(mark.points)
    x, y = min(max(by[0], -left), 1 - right), min(max(by[1], -top), 1 - bottom)
    return _with(mark, [(px + x, py + y) for px, py in mark.points])


def pulled(mark: Mark, handle: int, to: Point) -> Mark:
    """A mark with one of its handles at another place (fractions of the picture)."""
    to = (min(max(to[0], 0.0), 1.0), min(max(to[1], 0.0), 1.0))
    if mark.shape is MarkShape.ARROW:
        ends = [to, mark.points[-1]] if handle == 0 else [mark.points[0], to]
        return _with(mark, ends)
    box = list(shapes.box_of(mark.points))
    box[0 if handle in {0, 3} else 2] = to[0]
    box[1 if handle in {0, 1} else 3] = to[1]
    return _fitted(mark, (box[0], box[1], box[2], box[3]))


def grown(mark: Mark, by: Point) -> Mark:
    """A mark wider and higher by fractions of the picture; the keys' way to size it."""
    if mark.shape in _FIXED:
        return msgspec.structs.replace(mark, width=min(max(mark.width + (by[0] + by[1]) * 0.05, 0.001), 0.05))
    if mark.shape is MarkShape.ARROW:
        end = mark.points[-1]
        return pulled(mark, 1, (end[0] + by[0], end[1] + by[1]))
    left, top, right, bottom = shapes.box_of(mark.points)
    right, bottom = min(1.0, max(right + by[0], left + _LEAST)), min(1.0, max(bottom + by[1], top + _LEAST))
    return _fitted(mark, (left, top, right, bottom))


def is_to_be_seen(mark: Mark) -> bool:
    """False for what is only a click, where a shape needs an extent."""
    if mark.shape in _FIXED:
        return bool(mark.text.strip())
    left, top, right, bottom = shapes.box_of(mark.points)
    if mark.shape in {MarkShape.ARROW, MarkShape.PEN}:
        return max(right - left, bottom - top) >= _LEAST
    return min(right - left, bottom - top) >= _LEAST


def _fitted(mark: Mark, box: Box) -> Mark:
    """A mark scaled into another box, also past its own opposite corner."""
    left, top, right, bottom = shapes.box_of(mark.points)
    wide, tall = right - left or 1.0, bottom - top or 1.0
    points = [
        (box[0] + (x - left) / wide * (box[2] - box[0]), box[1] + (y - top) / tall * (box[3] - box[1]))
        for x, y in mark.points
    ]
    return _with(mark, points)


def _with(mark: Mark, points: Sequence[Point]) -> Mark:
    return msgspec.structs.replace(mark, points=tuple(points))


def _is_at(mark: Mark, at: Point, size: tuple[int, int], reach: float) -> bool:
    reach += shapes.line_width(mark, size) / 2
    points = shapes.spots(mark, size)
    if mark.shape in {MarkShape.ARROW, MarkShape.PEN}:
        return any(_apart(at, one, other) <= reach for one, other in pairwise(points))
    left, top, right, bottom = frame_of(mark, size)
    if not (left - reach <= at[0] <= right + reach and top - reach <= at[1] <= bottom + reach):
        return False
    if mark.shape is MarkShape.BOX:
        inside = left + reach < at[0] < right - reach and top + reach < at[1] < bottom - reach
        return not inside
    if mark.shape is MarkShape.CIRCLE:
        return _near_ellipse(at, (left, top, right, bottom), reach)
    return True


def _near_ellipse(at: Point, box: Box, reach: float) -> bool:
    half_wide, half_tall = max((box[2] - box[0]) / 2, 1.0), max((box[3] - box[1]) / 2, 1.0)
    x, y = (at[0] - (box[0] + box[2]) / 2) / half_wide, (at[1] - (box[1] + box[3]) / 2) / half_tall
    return abs(math.hypot(x, y) - 1) <= reach / min(half_wide, half_tall)


def _apart(at: Point, one: Point, other: Point) -> float:
    """How far a point is from a line between two others."""
    wide, tall = other[0] - one[0], other[1] - one[1]
    long = wide * wide + tall * tall
    share = 0.0 if long == 0 else min(1.0, max(0.0, ((at[0] - one[0]) * wide + (at[1] - one[1]) * tall) / long))
    return math.hypot(at[0] - one[0] - share * wide, at[1] - one[1] - share * tall)
