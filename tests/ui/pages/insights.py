"""The page of insights as a person meets it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.pages.window import WindowObject

from gemba.ui.insights.alert_row import AlertRow
from gemba.ui.insights.chart_view import ChartView
from gemba.ui.parts.fields import Choice


class InsightsObject:
    """Goes to the page, moves over its chart, and reads what is shown."""

    def __init__(self, window: WindowObject) -> None:
        self.window = window
        self.page: Any = window.go("insights")

    @property
    def card(self) -> Any:
        """The chart with all that belongs to it."""
        return self.page.view("charts").card

    @property
    def view(self) -> ChartView:
        """The chart."""
        shown: ChartView = self.card.view
        return shown

    def hover(self, at: int) -> None:
        """Move the pointer over a point."""
        self.window.qtbot.mouseMove(self.view, self._spot(at))
        self.window.settle()

    def click(self, at: int) -> None:
        """Click on a point."""
        self.window.qtbot.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=self._spot(at))
        self.window.settle()

    def key(self, key: Qt.Key) -> None:
        """Press a key on the chart."""
        self.window.qtbot.keyClick(self.view, key)
        self.window.settle()

    def choose(self, name: str, code: str) -> None:
        """Choose from a list, as a person does."""
        choice = self.window.find(Choice, name)
        choice.choose(code)
        choice.activated.emit(choice.currentIndex())
        self.window.settle()

    def alert_row(self, uid: str) -> AlertRow:
        """The row of an alert."""
        rows = self.page.findChildren(AlertRow)
        return next(row for row in rows if row.isVisible() and row._alert.uid == uid)

    def texts(self, widget: QWidget) -> list[str]:
        """All words that are visible in a widget."""
        return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]

    def _spot(self, at: int) -> QPoint:
        return self.view.spot(at).toPoint()
