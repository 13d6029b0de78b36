"""The tab of drift as a person meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.ui.pages.window import WindowObject

from gemba.ui.alignment.heat_view import HeatView
from gemba.ui.parts.figure_table import FigureTable


class DriftObject:
    """Chooses, looks at cells, opens what is behind them."""

    def __init__(self, window: WindowObject) -> None:
        self.window = window
        self.page: Any = window.go("alignment", "drift")
        self.tab: Any = self.page.view("drift")
        window.settle()

    @property
    def heat(self) -> HeatView:
        return self.window.find(HeatView, "drift.heat")

    def table(self, name: str) -> list[list[str]]:
        return self.window.find(FigureTable, f"drift.{name}").words()

    def choose(self, name: str, value: str) -> None:
        """Choose above the view."""
        getattr(self.tab, name).choose(value)
        self.window.settle()

    def cell(self, place: str, goal: str) -> tuple[int, int]:
        """Where a cell is: row and column."""
        made = self.tab.shown.heat
        row = [one.title for one in made.rows].index(place)
        return row, [one.goal for one in made.rows[row].cells].index(goal)

    def click(self, place: str, goal: str) -> None:
        """Click a cell."""
        box = self.heat.box(*self.cell(place, goal))
        at = QPoint(round(box.center().x()), round(box.center().y()))
        QTest.mouseClick(self.heat, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.window.settle()

    def hover(self, place: str, goal: str) -> list[str]:
        """Point at a cell; what is told of it."""
        box = self.heat.box(*self.cell(place, goal))
        QTest.mouseMove(self.heat, QPoint(round(box.center().x()), round(box.center().y())))
        self.window.settle()
        return self.heat.words

    def compare(self, *places: str) -> None:
        """Choose places and compare them."""
        for choice, uid in zip(self.tab.compare.places, places, strict=False):
            choice.choose(uid)
        self.window.press("drift.compare.go")
        self.window.settle()

    def write(self, report: str, out: Path, quarter: str) -> None:
        """Write a report where the file was chosen."""
        self.tab.reports.write(report, out, quarter)
        self.window.settle()
