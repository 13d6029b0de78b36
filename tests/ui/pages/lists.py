"""A list as a person meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from gemba.ui.lists.panel import ListPanel

if TYPE_CHECKING:
    from tests.ui.pages.window import WindowObject


class ListObject:
    """Searches, narrows, sorts, chooses."""

    def __init__(self, panel: ListPanel, window: WindowObject) -> None:
        self.panel, self._window = panel, window

    def column(self, place: int = 0) -> list[str]:
        """What a column says, from top to bottom."""
        model = self.panel.model
        return [model.index(row, place).data() for row in range(model.rowCount())]

    def search(self, words: str) -> None:
        """Type into the search field."""
        self.panel.bar.search.setText(words)
        self._window.settle()

    def narrow(self, name: str, value: str) -> None:
        """Tick a value in a chip's menu."""
        chip = next(chip for chip in self.panel.bar.chips if chip.filter.name == name)
        chip.menu().aboutToShow.emit()
        self._window.settle()
        action = next(action for action in chip.menu().actions() if action.data() == value)
        action.trigger()
        self._window.settle()

    def sort(self, place: int) -> None:
        """Click a column's header."""
        header = self.panel.table.horizontalHeader()
        middle = header.sectionViewportPosition(place) + header.sectionSize(place) // 2
        self._window.qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
        )
        self._window.settle()

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.panel.table.choose(row)
        self._window.settle()
