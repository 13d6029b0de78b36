"""Blocks side by side."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Sequence

from gemba.reports.paper.blocks import TOGETHER, Block
from gemba.reports.paper.pen import Pen


class Columns(Block):
    """Blocks side by side, each in its own share of the width.

    Args:
        blocks: from where reading begins.
        shares: millimetres of each column; 0 takes what is left over.
        gutter: millimetres between two.
        gap: space above.
        loose: columns need not begin together, and the first may go on alone at full width; table cells may not.
        together: not split unless they are very high.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        shares: Sequence[float],
        *,
        gutter: float = 4.0,
        gap: float = 0.0,
        loose: bool = False,
        together: bool = False,
    ) -> None:
        self._blocks = list(blocks)
        self._shares = list(shares)
        self._gutter = gutter
        self._loose = loose
        self._together = together
        self.gap = gap

    def height(self, width: float) -> float:
        return max(block.height(wide) for block, wide in zip(self._blocks, self._widths(width), strict=True))

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room + 0.01:
            return self, None
        if self._together and self.height(width) <= TOGETHER:
            return None, self
        halves = [block.split(wide, room) for block, wide in zip(self._blocks, self._widths(width), strict=True)]
        begun = [head is not None for head, _ in halves]
        if not any(begun) or not (all(begun) or self._loose):
            return None, self
        return self._part([head for head, _ in halves]), self._part([tail for _, tail in halves], last=True)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for block, wide in zip(self._blocks, self._widths(width), strict=True):
            block.draw(pen, x, y, wide)
            x += wide + self._gutter

    def _part(self, blocks: Sequence[Block | None], *, last: bool = False) -> Block | None:
        """The columns on one page; when only the first goes on, it may have the whole width."""
        if not any(blocks):
            return None
        if last and self._loose and blocks[0] is not None and not any(blocks[1:]):
            return blocks[0]
        filled = [block if block is not None else _Empty() for block in blocks]
        return Columns(filled, self._shares, gutter=self._gutter, gap=0.0 if last else self.gap, loose=self._loose)

    def _widths(self, width: float) -> list[float]:
        free = width - sum(self._shares) - self._gutter * (len(self._shares) - 1)
        open_ones = self._shares.count(0)
        return [share or free / open_ones for share in self._shares]


class _Empty(Block):
    """A column with nothing in it."""

    def height(self, width: float) -> float:  # noqa: ARG002 - nothing at any width
        return 0.0

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Nothing to draw."""
