"""The same numbers as a table: for screen readers, and for whoever would rather read than look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gemba import wording
from gemba.reports.chart_facts import ChartFacts
from gemba.ui.parts.buttons import Button
from gemba.work.chart_files import cells, headings

_HIGH = 280
_MOST = 2_000


class ChartTable(QWidget):
    """Shown when it is asked for.

    Args:
        parent: the owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: ChartFacts | None = None
        self.toggle = Button(
            wording.text("Show as a table"), name="insights.table.toggle", icon="table", look="quiet", run=self.turn
        )
        self.table = QTableWidget(self)
        self.table.setObjectName("insights.table")
        self.table.setAccessibleName(wording.text("The chart's numbers"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(_HIGH)
        self.table.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self.table)

    def show_chart(self, facts: ChartFacts) -> None:
        """The numbers of a chart."""
        self._facts = facts
        if self.table.isVisibleTo(self):
            self._fill()

    @Slot()
    def turn(self) -> None:
        """Show or hide the table."""
        self.table.setVisible(not self.table.isVisibleTo(self))
        shown = self.table.isVisibleTo(self)
        self.toggle.setText(wording.text("Hide the table") if shown else wording.text("Show as a table"))
        self.toggle.setAccessibleName(self.toggle.text())
        if shown:
            self._fill()

    def _fill(self) -> None:
        if self._facts is None:
            return
        titles = headings(self._facts)
        shown = list(enumerate(self._facts.points))[-_MOST:]
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setRowCount(len(shown))
        for row, (at, point) in enumerate(shown):
            signs = "; ".join(self._facts.told(at)) or point.excluded
            for column, words in enumerate([*cells(self._facts, point), signs]):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(row, column, item)
