"""Makes the row of each line of a checklist."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gemba.ui.conduct.contents import ADD, Contents
from gemba.ui.conduct.frame import RowFrame
from gemba.ui.conduct.heading import AddRow, HeadingRow, NoteRow, RepeatRow
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.sheet import OpenSheet

_HEIGHTS = {"section": 64, "repeat": 52, "note": 48, "question": 124}
_FOOT = 56


class RowMaker(QObject):
    """Makes rows for the ribbon.

    Args:
        contents: what stands on the sheet.
        visited: the questions that were left before.
        parent: the page.
    """

    photo_wanted = Signal(str)
    onward = Signal()
    repeat_wanted = Signal(str)
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
        return self._line(self.sheet, key, parent)

    def estimate(self, key: str) -> int:
        """Pixels to count with before a row was ever drawn."""
        return _FOOT if key.startswith(ADD) else _HEIGHTS[self._contents.kinds[key].kind]

    def _line(self, sheet: OpenSheet, key: str, parent: QWidget) -> RowFrame:
        item = self._contents.kinds[key]
        if item.kind == "section":
            return HeadingRow(sheet, key, item.depth, parent)
        if item.kind == "note":
            return NoteRow(sheet, key, parent)
        if item.kind == "repeat":
            repeat = RepeatRow(sheet, key, parent)
            repeat.dropped.connect(self.repeat_dropped)
            return repeat
        row = QuestionRow(sheet, key, self._visited.__contains__, parent)
        row.photo_wanted.connect(self.photo_wanted)
        row.onward.connect(self.onward)
        return row
