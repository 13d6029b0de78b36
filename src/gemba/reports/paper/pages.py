"""Blocks onto pages: first all are placed, so that every page can tell how many there are; then they are drawn."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Callable, Iterable

from gemba.reports.paper.blocks import Block, Placed, fill
from gemba.reports.paper.look import HEIGHT, SIDE, TOP, WIDTH
from gemba.reports.paper.pen import Pen

Dress = Callable[[Pen, int, int], None]
"""Draws what stands around the text of a page, given its number and how many pages there are."""


class NewPage(Block):
    """What follows begins on a new page."""

    def height(self, width: float) -> float:  # noqa: ARG002 - takes no room
        return 0.0

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Nothing to draw."""


def lay_out(blocks: Iterable[Block]) -> list[list[Placed]]:
    """The blocks of each page."""
    pages: list[list[Placed]] = []
    chapter: list[Block] = []
    for block in [*blocks, NewPage()]:
        if not isinstance(block, NewPage):
            chapter.append(block)
            continue
        while chapter:
            placed, chapter = fill(chapter, WIDTH, HEIGHT, whole=True)
            pages.append(placed)
    return pages


def draw(pages: list[list[Placed]], pen: Pen, dress: Dress) -> None:
    """Draw all pages; each is forgotten once it is drawn."""
    total = len(pages)
    for number in range(1, total + 1):
        dress(pen, number, total)
        for item in pages[number - 1]:
            item.block.draw(pen, SIDE, TOP + item.y, WIDTH)
        pages[number - 1] = []
        pen.turn_page()
