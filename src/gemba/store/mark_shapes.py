"""The geometry of marks over a picture, in pixels: the same for what is burned in and for the canvas that shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gemba.domain.evidence import Mark, MarkShape

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

COLOURS = {"mark": "#C2185B", "good": "#1B7A41", "fair": "#9A5B00", "poor": "#C3261C"}
"""Of lines and of the ground below white words, by the name that a mark carries. They do not follow the look of the
window, because the same colours are printed."""
HALO = "#FFFFFF"
"""Around lines, so that they are seen on any picture."""
PIXELATED = "pixelated"
"""The text of a redaction that is to be shown in coarse blocks; any other is solid."""
SOLID = "#1A1F24"
"""Of a solid redaction."""

MARGIN = 16
"""Pixels that a redaction hides around what was drawn: a JPEG smears what is below it over whole blocks of 16."""
_CELLS = (8, 3)
"""At most as many blocks along the longer and the shorter side of a pixelated redaction."""


def colour_of(mark: Mark) -> str:
    """The colour of a mark, `#RRGGBB`; that of a plain mark when its name is not known."""
    return COLOURS.get(mark.colour, COLOURS["mark"])


def line_width(mark: Mark, size: tuple[int, int]) -> float:
    """Pixels of the line of a mark on a picture of this size."""
    return max(1.5, mark.width * max(size))


def halo_width(line: float) -> float:
    """Pixels of the light seam on either side of a line."""
    return max(1.0, line * 0.35)


def text_height(mark: Mark, size: tuple[int, int]) -> float:
    """Pixels of the letters of a text or number on a picture of this size."""
    return max(9.0, mark.width * 10 * max(size) * 0.6)


def seam_width(height: float) -> float:
    """Pixels of the light seam around words of this height."""
    return max(1.0, height * 0.06)


def words_ground(mark: Mark, at: Point, height: float, words: tuple[float, float]) -> Box:
    """The ground below the words of a text, or the disc of a number around its point.

    Args:
        mark: a text or number.
        at: its point in pixels.
        height: of its letters.
        words: width and height of the words as they are set.
    """
    pad = height * 0.3
    if mark.shape is MarkShape.NUMBER:
        radius = max(height * 0.85, words[0] / 2 + pad / 2)
        return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius
    return at[0], at[1], at[0] + words[0] + 2 * pad, at[1] + words[1] + 2 * pad


def spots(mark: Mark, size: tuple[int, int]) -> list[Point]:
    """The points of a mark in pixels."""
    return [(x * size[0], y * size[1]) for x, y in mark.points]


def box_of(points: Sequence[Point]) -> Box:
    """The box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def arrow_head(points: Sequence[Point], line: float) -> tuple[Point, list[Point]]:
    """Where the shaft of an arrow ends, and the three corners of its head."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)
    if length == 0:
        return (x1, y1), []
    along, deep = ((x1 - x0) / length, (y1 - y0) / length), min(length, line * 4.2)
    foot = (x1 - along[0] * deep, y1 - along[1] * deep)
    half = deep * 0.52
    aside = (-along[1] * half, along[0] * half)
    head = [(x1, y1), (foot[0] + aside[0], foot[1] + aside[1]), (foot[0] - aside[0], foot[1] - aside[1])]
    return (x1 - along[0] * deep * 0.7, y1 - along[1] * deep * 0.7), head


def hidden_box(mark: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels that a redaction hides, whole and within the picture; more than was drawn, never less."""
    left, top, right, bottom = box_of(spots(mark, size))
    return (
        max(0, math.floor(left) - MARGIN),
        max(0, math.floor(top) - MARGIN),
        min(size[0], math.ceil(right) + MARGIN),
        min(size[1], math.ceil(bottom) + MARGIN),
    )


def cells(width: int, height: int) -> tuple[int, int]:
    """How many blocks a pixelated redaction has across and down: few, so that no letter or face can be told."""
    long, short = max(width, height, 1), max(1, min(width, height))
    along = min(_CELLS[0], long)
    aside = max(1, min(_CELLS[1], round(along * short / long)))
    return (along, aside) if width >= height else (aside, along)


def is_redaction(mark: Mark) -> bool:
    """True when a mark hides what is below it."""
    return mark.shape is MarkShape.REDACTION
