"""What stands on the sheet, in order: the rows of the ribbon, as a person wants to see them now."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

from gemba.forms.definition import Form
from gemba.forms.views import Item
from gemba.ui.conduct.grids import Grid, grids_of, plain
from gemba.ui.conduct.hiding import HIDDEN, Order
from gemba.ui.conduct.placing import ADD, Band, Wishes, place
from gemba.ui.theme import fonts

if TYPE_CHECKING:
    from gemba.forms.filling import Fill


class Contents:
    """The lines of the open sheet as they are now.

    Attributes:
        items: what the form shows, in order.
        kinds: the same by path.
        rows: the keys of the ribbon's rows.
        bands: the frames around rows, by key.
        questions: paths of what can be answered, folded or not.
        walked: those of them whose rows stand there: where Enter leads.
        grids: by the key of their heads.
    """

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.kinds: dict[str, Item] = {}
        self.rows: list[str] = []
        self.bands: dict[str, tuple[Band, ...]] = {}
        self.questions: list[str] = []
        self.walked: list[str] = []
        self.grids: dict[str, Grid] = {}
        self.grid_of: dict[str, Grid] = {}
        self.folded: set[str] = set()
        self.shows_hidden = False
        self.only: set[str] | None = None
        """The questions of the filter "only what is missing"."""
        self.room = 900
        """Pixels of width for a row: in less than a grid needs it falls back to rows."""
        self._order: Order | None = None
        self._form: Form | None = None
        self._all_grids: list[Grid] = []
        self._needs: dict[str, int] = {}
        """Pixels of width below which a grid falls back to rows, by its key."""

    def begin(self) -> None:
        """Another sheet: everything is unfolded and shown."""
        self.folded, self.shows_hidden, self.only = set(), False, None

    def read(self, fill: Fill) -> None:
        """Read them again: something appeared or went."""
        if self._form is not fill.form or self._order is None:
            self._form, self._order = fill.form, Order(fill.form)
        self.items = fill.items()
        self._all_grids = grids_of(fill.form, self.items)
        self._needs = _needs(fill, self._all_grids)
        heads = {grid.heads for grid in self._all_grids}
        self.questions = [item.path for item in self.items if item.kind == "question" and item.path not in heads]
        self.arrange()

    def arrange(self) -> None:
        """Put what was read in order again: a fold, a filter or the room is another one."""
        if self._order is None or self._form is None:
            return
        grids = [grid for grid in self._all_grids if self._needs[grid.key] <= self.room]
        self.grids = {grid.key: grid for grid in grids}
        self.grid_of = {path: grid for grid in grids for path in grid.members}
        more = self._order.empty_repeats(self.items)
        more += self._order.hidden(self.items) if self.shows_hidden else []
        lines = self._order.merged(self.items, more)
        self.kinds = {item.path: item for item in lines}
        placed = place(lines, self._wishes(grids), plain)
        self.rows, self.bands = placed.keys, placed.bands
        asked = set(self.questions)
        self.walked = [key for key in self.rows if key in asked]

    def fit(self, room: int) -> bool:
        """Make the most of this width; true when grids came or fell back to rows."""
        before, self.room = self.room, room
        changes = any((need <= before) != (need <= room) for need in self._needs.values())
        if changes:
            self.arrange()
        return changes

    def show_only(self, is_open: Callable[[str], bool]) -> None:
        """Leave out what is done; what is answered from here on stays until it is asked again."""
        self.only = {path for path in self.questions if is_open(path)}
        self.arrange()

    def is_question(self, path: str) -> bool:
        """True for what can be answered."""
        item = self.kinds.get(path)
        return item is not None and item.kind == "question" and not path.startswith(HIDDEN)

    def unfold_around(self, path: str) -> bool:
        """Unfold whatever hides a row; true when something was folded, or the filter left it out."""
        around = {fold for fold in self.folded if path.startswith(fold + "/")}
        left_out = self.only is not None and path not in self.only and path in self.kinds
        self.folded -= around
        if left_out and self.only is not None:
            self.only.add(path)
        if around or left_out:
            self.arrange()
        return bool(around) or left_out

    def around(self, paths: Collection[str]) -> set[str]:
        """The repeats that these lie in, each with its number."""
        found: set[str] = set()
        for path in paths:
            end = path.find("]")
            while end >= 0:
                found.add(path[: end + 1])
                end = path.find("]", end + 1)
        return found

    def _wishes(self, grids: list[Grid]) -> Wishes:
        assert self._form is not None
        assert self._order is not None
        together = [
            item.path
            for item in self.items
            if item.kind == "section"
            and item.depth
            and "field-list" in self._form.elements[plain(item.path)].appearance
        ]
        return Wishes(
            folded=self.folded, grids=grids, together=together, may_add=self._order.open_repeats, only=self.only
        )


def _needs(fill: Fill, grids: list[Grid]) -> dict[str, int]:
    """Pixels that each grid needs, by its key. In every one of a repeat the heads are the same: one look is enough."""
    widest: dict[str, int] = {}
    needs: dict[str, int] = {}
    for grid in grids:
        place = plain(grid.heads or grid.members[0])
        if place not in widest:
            widest[place] = _widest_word(fill, grid)
        needs[grid.key] = grid.width(widest[place])
    return needs


def _widest_word(fill: Fill, grid: Grid) -> int:
    """Pixels of the longest word in the heads of a grid, in the form's language."""
    metrics = QFontMetrics(fonts.font("small", bold=True))
    choices = fill.view(grid.heads or grid.members[0]).choices
    words = (word for choice in choices for word in (choice.label or choice.name).split())
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


__all__ = ["ADD", "HIDDEN", "Band", "Contents"]
