"""Boxes around other boxes: panels, tables with a head that comes again, rows with a ground."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Iterable

from gemba.reports.paper.blocks import TOGETHER, Block, Stack, fill
from gemba.reports.paper.pen import Pen

_LOW, _WHOLE = 30.0, 60.0
"""Millimetres: a row this low does not stand alone under a head; one this low is not split."""


class Panel(Block):
    """A block on a ground, with a bar in colour where reading begins.

    Args:
        inside: what it holds.
        padding: millimetres on all sides.
        ground: colour, or empty for none.
        edge: colour of its outline, or empty for none.
        bar: colour of the bar, or empty for none.
        gap: space above.
    """

    def __init__(
        self, inside: Block, *, padding: float = 4.0, ground: str = "", edge: str = "", bar: str = "", gap: float = 0.0
    ) -> None:
        self._inside = inside
        self._padding = padding
        self._colours = ground, edge, bar
        self.gap = gap

    def height(self, width: float) -> float:
        return self._inside.height(self._inner(width)) + 2 * self._padding

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        head, tail = self._inside.split(self._inner(width), room - 2 * self._padding)
        if head is None or tail is None:
            return (None, self) if head is None else (self, None)
        return self._around(head, self.gap), self._around(tail, 0.0)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        ground, edge, bar = self._colours
        if ground or edge:
            shape = pen.box if bar else pen.rounded
            shape(x, y, width, self.height(width), fill=ground, edge=edge)
        if bar:
            pen.box(x, y, 1.0, self.height(width), fill=bar)
        self._inside.draw(pen, x + self._padding + self._bar_room, y + self._padding, self._inner(width))

    @property
    def _bar_room(self) -> float:
        return 1.0 if self._colours[2] else 0.0

    def _inner(self, width: float) -> float:
        return width - 2 * self._padding - self._bar_room

    def _around(self, inside: Block, gap: float) -> Panel:
        ground, edge, bar = self._colours
        return Panel(inside, padding=self._padding, ground=ground, edge=edge, bar=bar, gap=gap)


class Row(Block):
    """A table row: cells with air above and below, a ground or a hairline under them."""

    def __init__(
        self, cells: Block, *, air: float = 1.3, ground: str = "", rule: str = "", keep_next: bool = False
    ) -> None:
        self._cells = cells
        self._air = air
        self._ground = ground
        self._rule = rule
        self.keep_next = keep_next
        self._height = (-1.0, 0.0)

    def height(self, width: float) -> float:
        if self._height[0] != width:  # long tables ask again on every page
            self._height = width, self._cells.height(width) + 2 * self._air
        return self._height[1]

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room + 0.01:
            return self, None
        head, tail = self._cells.split(width, room - 2 * self._air)
        if head is None or tail is None or self.height(width) < _WHOLE:
            return None, self
        return Row(head, air=self._air, ground=self._ground), Row(
            tail, air=self._air, ground=self._ground, rule=self._rule
        )

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        high = self.height(width)
        if self._ground:
            pen.box(x, y, width, high, fill=self._ground)
        if self._rule:
            pen.rule(x, y + high, width, self._rule)
        self._cells.draw(pen, x, y + self._air, width)


class Table(Block):
    """Rows under a head that is drawn again on every page.

    Args:
        head: drawn first, and again wherever the rows go on.
        rows: at least one.
        gap: space above.
        together: not split unless it is very high.
    """

    def __init__(self, head: Block, rows: Iterable[Block], *, gap: float = 0.0, together: bool = False) -> None:
        self._head = head
        self._rows = list(rows)
        self.gap = gap
        self._together = together

    def height(self, width: float) -> float:
        return self._head.height(width) + Stack(self._rows).height(width)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room + 0.01:
            return self, None
        if self._together and self.height(width) <= TOGETHER:
            return None, self
        placed, rest = fill(self._rows, width, room - self._head.height(width))
        if len(rest) == 1 and len(placed) > 2:
            rest.insert(0, placed.pop().block)  # no single row alone on the next page
        if not placed or (len(placed) == 1 and len(rest) > 1 and placed[0].block.height(width) < _LOW):
            return None, self  # no single low row under a head at the foot of a page
        return Table(self._head, [item.block for item in placed], gap=self.gap), Table(self._head, rest)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        self._head.draw(pen, x, y, width)
        Stack(self._rows).draw(pen, x, y + self._head.height(width), width)
