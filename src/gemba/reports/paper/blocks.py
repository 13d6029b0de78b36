"""What stands on a page: boxes that know their height, can be split between pages and draw themselves."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from gemba.reports.paper.pen import Pen


class Block:
    """A box of any width. `gap` is the space above it, dropped at the head of a page."""

    gap: float = 0.0
    keep_next: bool = False
    """Never the last on a page: it stays with the beginning of what follows."""

    def height(self, width: float) -> float:
        """Millimetres that it takes at a width."""
        raise NotImplementedError

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        """What fits into `room` and what is left; `(None, self)` when nothing fits."""
        return (self, None) if self.height(width) <= room + 0.01 else (None, self)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Draw with the beginning at `x` and the top at `y`."""
        raise NotImplementedError


TOGETHER = 100.0
"""What belongs together is split all the same when it is higher than this (millimetres)."""


class Placed:
    """A block and how far its top lies below the top of the room it was put into."""

    __slots__ = ("block", "y")

    def __init__(self, block: Block, y: float) -> None:
        self.block = block
        self.y = y


def fill(
    blocks: Iterable[Block], width: float, room: float, *, whole: bool = False
) -> tuple[list[Placed], list[Block]]:
    """Put blocks below one another while there is room.

    Args:
        blocks: in order.
        width: of the room.
        room: its height.
        whole: the room is a whole page, so that what does not fit now never will: put it in all the same.

    Returns:
        What was placed, and what is left.
    """
    queue = deque(blocks)
    placed: list[Placed] = []
    y = 0.0
    while queue:
        group = _group(queue)
        start = y + (group[0].gap if placed else 0.0)
        tops = _tops(group, width, start)
        head, tail = group[-1].split(width, room - tops[-1])
        if head is None:
            if placed or not whole:
                return placed, list(queue)
            group, tops = group[:1], tops[:1]
            head, tail = group[0], None
        placed += [Placed(block, top) for block, top in zip(group[:-1], tops[:-1], strict=True)]
        placed.append(Placed(head, tops[-1]))
        y = tops[-1] + head.height(width)
        for _ in group:
            queue.popleft()
        if tail is not None:
            return placed, [tail, *queue]
    return placed, []


def _group(queue: Sequence[Block]) -> list[Block]:
    """The next block, with the headings that stay with it."""
    group: list[Block] = []
    for block in queue:
        group.append(block)
        if not block.keep_next:
            break
    return group


def _tops(group: Sequence[Block], width: float, start: float) -> list[float]:
    tops, y = [], start
    for position, block in enumerate(group):
        y += block.gap if position else 0.0
        tops.append(y)
        y += block.height(width)
    return tops


class Stack(Block):
    """Blocks below one another.

    Args:
        blocks: in order.
        gap: space above.
        together: not split unless it is very high.
    """

    def __init__(self, blocks: Iterable[Block], *, gap: float = 0.0, together: bool = False) -> None:
        self._blocks = list(blocks)
        self.gap = gap
        self._together = together

    def height(self, width: float) -> float:
        if not self._blocks:
            return 0.0
        return _tops(self._blocks, width, 0.0)[-1] + self._blocks[-1].height(width)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room + 0.01:
            return self, None
        if self._together and self.height(width) <= TOGETHER:
            return None, self
        placed, rest = fill(self._blocks, width, room)
        if not placed:
            return None, self
        return Stack([item.block for item in placed], gap=self.gap), Stack(rest) if rest else None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for block, top in zip(self._blocks, _tops(self._blocks, width, y), strict=True):
            block.draw(pen, x, top, width)


class Space(Block):
    """Nothing, of a height."""

    def __init__(self, height: float) -> None:
        self._height = height

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        return self._height

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Nothing to draw."""


class Rule(Block):
    """A level line."""

    def __init__(self, colour: str, *, gap: float = 0.0, thick: float = 0.2) -> None:
        self.gap = gap
        self._colour = colour
        self._thick = thick

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        return self._thick

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.rule(x, y + self._thick / 2, width, self._colour, thick=self._thick)
