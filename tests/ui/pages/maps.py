"""The page of maps as a person meets it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from tests.ui.pages.window import WindowObject

from gemba.ui.maps.page import MapsPage


class MapsObject:
    """Walks the map, opens steps and cells, and reads what stands beside them."""

    def __init__(self, window: WindowObject, uid: str = "") -> None:
        self.window = window
        self.page: MapsPage = window.go("maps", uid)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way and everything has its place."""
        self.window.settle()
        for _ in range(6):
            QApplication.processEvents()
        self.window.settle()

    @property
    def titles(self) -> list[str]:
        """Of the steps, in their order."""
        facts = self.page.map.shown.facts
        return [step.title for step in facts.steps] if facts is not None else []

    @property
    def step(self) -> str:
        """Title of the step that the keyboard is on."""
        facts = self.page.map.shown.facts
        assert facts is not None
        return next((step.title for step in facts.steps if step.uid == self.page.map.view.step), "")

    def uid_of(self, title: str) -> str:
        """Uid of a step."""
        facts = self.page.map.shown.facts
        assert facts is not None
        return next(step.uid for step in facts.steps if step.title == title)

    def key(self, key: Qt.Key) -> None:
        """Press a key on the map."""
        self.page.map.view.setFocus()
        self.window.qtbot.keyClick(self.page.map.view, key)
        self.settle()

    def click(self, title: str) -> None:
        """Click a step."""
        spot = self.page.map.view.spot_of(self.uid_of(title)).center()
        at = QPoint(round(spot.x()), round(spot.y()))
        self.window.qtbot.mouseClick(self.page.map.view, Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def tab(self, code: str) -> None:
        """Turn to another view."""
        self.window.press(f"maps.tabs.{code}")
        self.settle()

    def press(self, name: str) -> None:
        """Press a button."""
        self.window.press(name)
        self.settle()

    def open_cell(self, row: int, column: int) -> None:
        """Open a cell of the blind spots by the keyboard."""
        table = self.page.blind.table
        table.setCurrentIndex(self.page.blind.model.index(row, column))
        self.window.qtbot.keyClick(table, Qt.Key.Key_Return)
        self.settle()
