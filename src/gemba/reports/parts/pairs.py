"""How it was and how it is: two photos side by side, with an empty frame where one is missing.

Photos of how it is that no photo of before belongs to stand two in a row.
"""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.reports.facts import PairFacts, PhotoFacts
from gemba.reports.paper.blocks import Block, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.look import LINE, QUIET, RAISED
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.compositor import Compositor
from gemba.wording import text

_TALL = 52.0
"""How high a photo of a pair may be, in millimetres."""
_EMPTY = 34.0
"""How high the frame of a missing one is."""
_GUTTER = 7.0


def pairs(shown: Sequence[PairFacts], hand: Compositor) -> Iterator[Block]:
    """The pairs of one action, each kept together on a page, then what stands alone."""
    for pair in shown:
        if pair.before is None:
            continue
        before = _side(text("Before"), pair.before, hand)
        after = _side(text("After"), pair.after, hand)
        yield Columns([before, after], [0, 0], gutter=_GUTTER, gap=2.5, together=True)
    alone = [_side(text("After"), pair.after, hand) for pair in shown if pair.before is None]
    for first in range(0, len(alone), 2):
        row = [*alone[first : first + 2], *([] if first + 1 < len(alone) else [Stack([])])]
        yield Columns(row, [0, 0], gutter=_GUTTER, gap=2.5, together=True)


def _side(title: str, photo: PhotoFacts | None, hand: Compositor) -> Block:
    if photo is None:
        missing = hand.figure(text("No photo yet"), QUIET, align="centre")
        return Stack([hand.label(title), Frame(missing, _EMPTY, gap=0.8)], together=True)
    return Stack([hand.label(title), hand.picture(photo, _TALL, gap=0.8)], together=True)


class Frame(Block):
    """An empty frame with a few words in its middle.

    Args:
        words: what is missing.
        high: millimetres.
        gap: space above.
    """

    _EDGE = 0.25

    def __init__(self, words: Block, high: float, *, gap: float = 0.0) -> None:
        self._words = words
        self._high = high
        self.gap = gap

    def height(self, width: float) -> float:
        return max(self._high, self._words.height(width) + 4.0)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        high = self.height(width)
        pen.box(x, y, width, high, fill=LINE)
        pen.box(x + self._EDGE, y + self._EDGE, width - 2 * self._EDGE, high - 2 * self._EDGE, fill=RAISED)
        self._words.draw(pen, x, y + (high - self._words.height(width)) / 2, width)
