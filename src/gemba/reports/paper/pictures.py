"""Photos in boxes of millimetres: never stretched, never turned, captions beneath."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Sequence

from gemba.reports.facts import PhotoFacts
from gemba.reports.paper import jpeg
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.look import LINE, RAISED
from gemba.reports.paper.pen import Pen

_CAPTION_GAP = 1.2
_EDGE = 0.12
"""A hairline around each photo, so that a white wall does not run into the paper."""


def fitted(width: float, height: float, box_width: float, box_height: float) -> tuple[float, float]:
    """The largest size of a shape that fits into a box; a square when the shape is unknown."""
    if width <= 0 or height <= 0:
        return min(box_width, box_height), min(box_width, box_height)
    scale = min(box_width / width, box_height / height)
    return width * scale, height * scale


class Picture(Block):
    """One photo with its caption, as large as its column and `tallest` allow.

    Args:
        photo: what to draw.
        tallest: millimetres that the photo itself may be high.
        caption: beneath it, or nothing.
        gap: space above.
    """

    def __init__(self, photo: PhotoFacts, tallest: float, caption: Block | None = None, *, gap: float = 0.0) -> None:
        self._photo = photo
        self._tallest = tallest
        self._caption = caption
        self.gap = gap
        self._shape = jpeg.size(photo.jpeg)  # the file's own head: facts that err would stretch the picture

    def height(self, width: float) -> float:
        return self._size(width)[1] + (self._caption.height(width) + _CAPTION_GAP if self._caption else 0.0)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room + 0.01:
            return self, None
        if self._caption is None:
            return None, self
        head, tail = self._caption.split(width, room - self._size(width)[1] - _CAPTION_GAP)
        if head is None:
            return None, self
        return Picture(self._photo, self._tallest, head, gap=self.gap), tail

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        wide, high = self._size(width)
        pen.box(x - _EDGE, y - _EDGE, wide + 2 * _EDGE, high + 2 * _EDGE, fill=LINE)
        if min(self._shape) > 0:
            pen.photo(self._photo.jpeg, x, y, wide, high)
        else:
            pen.unreadable(self._photo.jpeg)
            pen.box(x, y, wide, high, fill=RAISED)
        if self._caption:
            self._caption.draw(pen, x, y + high + _CAPTION_GAP, width)

    def _size(self, width: float) -> tuple[float, float]:
        return fitted(*self._shape, width, self._tallest)


def in_rows(pictures: Sequence[Block], across: int, blank: Block, *, gap: float = 3.0) -> list[Block]:
    """Pictures in rows of `across`; the last row is filled up with blanks so that all are of one size."""
    rows = [[*pictures[at : at + across]] for at in range(0, len(pictures), across)]
    return [Columns([*row, *[blank] * (across - len(row))], [0] * across, gap=gap) for row in rows]
