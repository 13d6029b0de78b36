"""The rows of the ribbon in order, and the frames around some of them: cards of repeats, groups, grids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from gemba.forms.views import Item
from gemba.ui.conduct.grids import Grid

ADD = "+"
"""Begins the key of the row that adds to a repeat."""


class Band(NamedTuple):
    """A frame around rows that belong together."""

    key: str
    """Path of the repeat or section, or key of the heads of a grid."""
    kind: str
    """`card` (one of a repeat), `group` (asked together), `grid`."""
    first: str
    """Key of the first row within."""
    last: str


class Placed(NamedTuple):
    """What stands in the ribbon."""

    keys: list[str]
    bands: dict[str, tuple[Band, ...]]
    """The frames around a row, outermost first; rows without one are not named."""


class _Open(NamedTuple):
    item: Item
    start: int
    kind: str


class Wishes(NamedTuple):
    """How a person wants to see the sheet."""

    folded: Collection[str] = ()
    """Paths of what is folded: only its heading stands there."""
    grids: Sequence[Grid] = ()
    together: Collection[str] = ()
    """Paths of sections whose questions are asked together."""
    may_add: Collection[str] = ()
    """Repeats, without numbers, that a person may add to."""
    only: Collection[str] | None = None
    """Questions to show alone; all when `None`."""


def place(items: Sequence[Item], wishes: Wishes, plain: Callable[[str], str]) -> Placed:
    """Put the lines of a sheet in order.

    Args:
        items: what is shown, depth first; an item of kind `repeat` whose path begins with `ADD` stands for an empty
            repeat.
        wishes: folds, grids and filter.
        plain: a path without the numbers of its repeats.
    """
    return _Placing(wishes, plain).run(_kept(items, wishes.only))


def _kept(items: Sequence[Item], only: Collection[str] | None) -> Sequence[Item]:
    """The questions of a filter, with the sections and repeats around them."""
    if only is None:
        return items
    kept: list[Item] = []
    above: list[Item] = []
    there: set[str] = set()
    for item in items:
        while above and item.depth <= above[-1].depth:
            above.pop()
        if item.kind in {"section", "repeat"}:
            above.append(item)
        elif item.path in only:
            kept += [each for each in above if each.path not in there]
            there.update(each.path for each in above)
            kept.append(item)
    return kept


class _Placing:
    def __init__(self, wishes: Wishes, plain: Callable[[str], str]) -> None:
        self._wishes, self._plain = wishes, plain
        self._keys: list[str] = []
        self._bands: dict[str, tuple[Band, ...]] = {}
        self._open: list[_Open] = []
        self._heads = {grid.heads for grid in wishes.grids}
        self._within = {path: grid for grid in wishes.grids for path in grid.members}
        self._grid: tuple[Grid, int] | None = None

    def run(self, items: Sequence[Item]) -> Placed:
        hidden_below: int | None = None
        for item in items:
            if hidden_below is not None and item.depth > hidden_below:
                continue
            hidden_below = None
            self._end_grid(self._within.get(item.path))
            self._close(item)
            if item.path in self._heads:
                continue
            self._put(item)
            if item.path in self._wishes.folded:
                hidden_below = item.depth
        self._end_grid(None)
        self._close(None)
        return Placed(self._keys, self._bands)

    def _put(self, item: Item) -> None:
        grid = self._within.get(item.path)
        if grid is not None and self._grid is None:
            self._grid = grid, len(self._keys)
            self._keys.append(grid.key)
        self._keys.append(item.path)
        if item.kind in {"section", "repeat"} and not item.path.startswith(ADD):
            kind = "card" if item.kind == "repeat" else "group" if item.path in self._wishes.together else ""
            self._open.append(_Open(item, len(self._keys) - 1, kind))

    def _end_grid(self, going_on: Grid | None) -> None:
        if self._grid is not None and self._grid[0] is not going_on:
            grid, start = self._grid
            self._grid = None
            self._frame(start, grid.key, "grid")

    def _close(self, item: Item | None) -> None:
        while self._open and (item is None or item.depth <= self._open[-1].item.depth):
            closed = self._open.pop()
            if closed.kind:
                self._frame(closed.start, closed.item.path, closed.kind)
            if closed.item.kind == "repeat" and not (item is not None and _same(item, closed.item)):
                self._foot(closed.item)

    def _foot(self, item: Item) -> None:
        repeat = item.path.rpartition("[")[0]
        if self._plain(repeat) in self._wishes.may_add and self._wishes.only is None:
            self._keys.append(ADD + repeat)

    def _frame(self, start: int, key: str, kind: str) -> None:
        band = Band(key, kind, self._keys[start], self._keys[-1])
        for each in self._keys[start:]:
            self._bands[each] = (band, *self._bands.get(each, ()))


def _same(item: Item, other: Item) -> bool:
    return item.kind == "repeat" and item.path.rpartition("[")[0] == other.path.rpartition("[")[0]
