"""Makes the row of each line of a checklist."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gemba.ui.conduct.cards import AddRow, CardRow
from gemba.ui.conduct.contents import ADD, HIDDEN, Contents
from gemba.ui.conduct.frame import RowFrame
from gemba.ui.conduct.grid_rows import GridHeadRow, GridRow
from gemba.ui.conduct.grids import HEAD
from gemba.ui.conduct.heading import HeadingRow, HiddenRow, NoteRow
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.sheet import OpenSheet

_HEIGHTS = {"section": 64, "repeat": 56, "note": 48, "question": 124}
_OTHERS = {ADD: 56, HEAD: 48, HIDDEN: 44}
_LINE = 46


class RowMaker(QObject):
    """Makes rows for the ribbon.

    Args:
        contents: what stands on the sheet.
        visited: the questions that were left before.
        parent: the page.
    """

    photo_wanted = Signal(str)
    onward = Signal()
    resized = Signal(str)
    stepped = Signal(str, int, int)
    repeat_wanted = Signal(str)
    repeat_folding = Signal(str)
    repeat_copied = Signal(str)
    repeat_moved = Signal(str, int)
    repeat_dropped = Signal(str)

    def __init__(self, contents: Contents, visited: AbstractSet[str], parent: QObject) -> None:
        super().__init__(parent)
        self._contents, self._visited = contents, visited
        self.sheet: OpenSheet | None = None

    def make(self, key: str, parent: QWidget) -> QWidget:
        """The row of a key."""
        assert self.sheet is not None
        if key.startswith(ADD):
            foot = AddRow(self.sheet, key.removeprefix(ADD), parent)
            foot.added.connect(self.repeat_wanted)
            return foot
        if key.startswith(HIDDEN):
            return HiddenRow(self.sheet, key.removeprefix(HIDDEN), parent)
        if key.startswith(HEAD):
            return GridHeadRow(self.sheet, self._contents.grids[key], parent)
        return self._line(self.sheet, key, parent)

    def estimate(self, key: str) -> int:
        """Pixels to count with before a row was ever drawn."""
        if key in self._contents.grid_of:
            return _LINE
        item = self._contents.kinds.get(key)  # none for a row that is just going
        return _OTHERS.get(key[0]) or _HEIGHTS[item.kind if item is not None else "question"]

    def _line(self, sheet: OpenSheet, key: str, parent: QWidget) -> RowFrame:
        item = self._contents.kinds[key]
        if item.kind == "section":
            heading = HeadingRow(sheet, key, item.depth, folded=key in self._contents.folded, parent=parent)
            heading.folding.connect(self.repeat_folding)
            return heading
        if item.kind == "note":
            return NoteRow(sheet, key, parent)
        if item.kind == "repeat":
            return self._card(sheet, key, parent)
        return self._question(sheet, key, parent)

    def _card(self, sheet: OpenSheet, key: str, parent: QWidget) -> RowFrame:
        card = CardRow(sheet, key, folded=key in self._contents.folded, parent=parent)
        card.folding.connect(self.repeat_folding)
        card.copied.connect(self.repeat_copied)
        card.moved.connect(self.repeat_moved)
        card.dropped.connect(self.repeat_dropped)
        return card

    def _question(self, sheet: OpenSheet, key: str, parent: QWidget) -> RowFrame:
        grid = self._contents.grid_of.get(key)
        visited = self._visited.__contains__
        row: QuestionRow
        if grid is not None:
            row = line = GridRow(sheet, key, grid, visited, parent)
            line.stepped.connect(self.stepped)
        else:
            row = QuestionRow(sheet, key, visited, parent)
        row.photo_wanted.connect(self.photo_wanted)
        row.onward.connect(self.onward)
        row.resized.connect(self.resized)
        return row
