"""The tabs of decisions, boundaries and discretion as a person meets them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from tests.ui.alignment.goals_page import AlignmentObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.figure_table import FigureTable


class DecisionsObject(AlignmentObject):
    """The log, its form and its import."""

    def __init__(self, window: WindowObject, tab: str = "decisions") -> None:
        super().__init__(window, tab)

    @property
    def form(self) -> Any:
        return self.tab.form

    @property
    def standing(self) -> str:
        """What the form says of how it stands."""
        return f"{self.form.standing.text()}: {self.form.why.text()}"

    def ready(self) -> None:
        """Wait until the form knows what it may name."""
        self.window.qtbot.waitUntil(lambda: self.form.choices["place"].count() > 1)

    def tick(self, name: str) -> None:
        self.window.find(QCheckBox, name).toggle()
        self.window.settle()

    def type_on(self, *words: str) -> None:
        """Type into the field that has the keyboard, and go on with Tab, as often as there are words."""
        for one in words:
            if one:
                self.window.qtbot.keyClicks(self.window.window.focusWidget(), one)
            self.window.qtbot.keyClick(self.window.window.focusWidget(), Qt.Key.Key_Tab)

    def table(self, name: str) -> list[list[str]]:
        return self.window.find(FigureTable, name).words()

    def enter(self, name: str, row: int, column: int) -> None:
        """Press Enter on a cell."""
        table = self.window.find(FigureTable, name)
        table.setCurrentCell(row, column)
        self.window.qtbot.keyClick(table, Qt.Key.Key_Return)
        self.window.settle()

    def focus(self) -> str:
        focus = self.window.window.focusWidget()
        assert isinstance(focus, QWidget)
        return focus.objectName()
