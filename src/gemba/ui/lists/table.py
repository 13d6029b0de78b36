"""The table of a list: rows to choose, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gemba.ui.lists.delegate import LineDelegate
from gemba.ui.lists.model import PAGE, LineModel
from gemba.ui.theme.tokens import ROW

_LEAST_FIRST = 230
"""Pixels in which the first column can be read."""
_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class LineTable(QTableView):
    """A table without a grid, in rows of one height.

    Args:
        model: the lines.
        name: object name.
        title: what the lines are, for screen readers.
        parent: the owner.
    """

    opened = Signal(object)
    """Enter or a double click on a row; carries its key."""

    def __init__(self, model: LineModel, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(model)
        self.lines = model
        self._wanted = tuple(range(len(model.columns)))
        self.folds = False
        self._delegate = LineDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self._begins = tuple(self._delegate.width(column) for column in model.columns)
        """Pixels of each column before anybody changes it."""
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(30)
        self._ahead.timeout.connect(self._fetch_ahead)
        self.verticalScrollBar().valueChanged.connect(self._wait_to_fetch)

    def choose(self, row: int) -> None:
        """Make a row the chosen one and show it."""
        index = self.model().index(row, max(0, self.horizontalHeader().logicalIndex(0)))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _ROWS)
            self.scrollTo(index)

    def chosen_rows(self) -> list[int]:
        """All chosen rows, in order; by ranges, so that choosing everything stays quick."""
        rows: set[int] = set()
        for first, last in self._spans():
            rows.update(range(first, last + 1))
        return sorted(rows)

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(last - first + 1 for first, last in self._spans())

    def _spans(self) -> set[tuple[int, int]]:
        """The first and last rows of what is chosen; a range of each column counts once."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(place) for place in range(selection.count()))
        return {(span.top(), span.bottom()) for span in ranges}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.lines.key(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A double click opens a row."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self.lines.key(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Mark the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The first column takes what is left, but never less than it can be read in."""
        super().resizeEvent(event)
        self.share_room()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What can be seen is read in one go before it is painted line by line."""
        self.lines.prepare(*self._seen())
        super().paintEvent(event)

    @Slot()
    def share_room(self) -> None:
        """Give the room that is left to the first column; fold the last columns away while it is too little."""
        header, room = self.horizontalHeader(), self.viewport().width()
        wanted = list(self._wanted)
        while self.folds and len(wanted) > 2 and room - self._taken(wanted) < _LEAST_FIRST:
            wanted.pop()
        for place in range(header.count()):
            if header.isSectionHidden(place) == (place in wanted):
                header.setSectionHidden(place, place not in wanted)
        header.resizeSection(0, max(_LEAST_FIRST, room - self._taken(wanted)))

    def want_columns(self, wanted: Sequence[int], *, folds: bool) -> None:
        """Show these columns; with `folds`, those at the end give way when there is no room for them."""
        self._wanted, self.folds = tuple(wanted), folds
        self.share_room()

    def _taken(self, wanted: Sequence[int]) -> int:
        """The width of all columns but the first."""
        header = self.horizontalHeader()
        return sum(header.sectionSize(place) or self._begins[place] for place in wanted if place)

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setObjectName(f"{self.objectName()}.header")
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(60)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        for place in range(len(self.lines.columns)):
            header.resizeSection(place, self._begins[place])

    def _hover(self, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.row() if index.isValid() else -1
        if row == self._delegate.hovered:
            return
        for changed in (self._delegate.hovered, row):
            if changed >= 0:
                self.viewport().update(0, self.rowViewportPosition(changed), self.viewport().width(), ROW)
        self._delegate.hovered = row

    @Slot()
    def _wait_to_fetch(self) -> None:
        self._ahead.start()

    @Slot()
    def _fetch_ahead(self) -> None:
        """Have the neighbouring pages at hand once scrolling rests."""
        first, last = self._seen()
        self.lines.prepare(first - PAGE, last + PAGE)

    def _seen(self) -> tuple[int, int]:
        """The first and last row that can be seen."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, self.rowAt(0)), last if last >= 0 else self.lines.rowCount() - 1
