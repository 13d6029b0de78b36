"""A small table of words and figures that is as high as its rows; a row may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.showing import show_behind
from gemba.ui.parts.figures import NOTHING
from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current
from gemba.ui.theme.tokens import tone as colours

_ROW = 36
_WIDEST = 380
_AIR = 10
"""Pixels on either side of a cell's words."""


class _Airy(QStyledItemDelegate):
    """Cells with room beside their words, as the heads have it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground first, then the words within it."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        words, shown.text = shown.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        room = shown.rect.adjusted(_AIR, 0, -_AIR, 0)
        cut = shown.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.save()
        painter.setPen(shown.palette.color(QPalette.ColorRole.Text))
        painter.setFont(shown.font)
        painter.drawText(room, int(shown.displayAlignment), own_direction(cut))
        painter.restore()

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Wider by the room."""
        return super().sizeHint(option, index) + QSize(2 * _AIR, 0)


class FigureTable(QTableWidget):
    """Rows under their heads.

    Args:
        name: object name.
        title: what it tells, for screen readers.
        heads: titles of the columns; the first takes the room that is left.
        numbers: columns of figures, written at their end.
        most: rows that are seen without scrolling.
        parent: the owner.
    """

    chosen = Signal(int)
    """A row was chosen; -1 for none."""
    opened = Signal(int)
    """Enter or a double click on a row."""

    def __init__(
        self,
        name: str,
        title: str,
        heads: Sequence[str],
        *,
        numbers: Sequence[int] = (),
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(0, len(heads), parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._numbers, self._most = frozenset(numbers), most
        self._behind: list[dict[int, Behind]] = []
        for at, words in enumerate(heads):
            self.setHorizontalHeaderItem(at, self._cell(words, at))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMaximumSectionSize(_WIDEST)
        self.setShowGrid(False)
        self.setItemDelegate(_Airy(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.currentCellChanged.connect(self._moved)
        self.cellDoubleClicked.connect(self._open)
        self.cellClicked.connect(self.follow)
        self.put(())

    def put(
        self,
        rows: Sequence[Sequence[str]],
        tones: Sequence[dict[int, str]] = (),
        behind: Sequence[Mapping[int, Behind]] = (),
    ) -> None:
        """Show these rows; what was chosen stays chosen as far as it is there.

        Args:
            rows: words by column.
            tones: of single cells, by column, for each row; the words say the same.
            behind: of single cells, by column, for each row: the records behind their numbers. They look like links;
                a click or Enter on such a cell goes there.
        """
        self._behind = [
            {at: one for at, one in found.items() if rows[row][at].strip() not in NOTHING}
            for row, found in enumerate(behind)
        ]
        before = self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row):
                item = self._cell(words, column)
                item.setToolTip(words if len(words) > 30 else "")
                self._link(item, at, column)
                tone = tones[at].get(column, "") if at < len(tones) else ""
                if tone:
                    item.setForeground(QBrush(QColor(colours(current.look(), tone)[0])))
                self.setItem(at, column, item)
        self.resizeColumnsToContents()
        head = self.horizontalHeader()
        head.setSectionResizeMode(
            0, QHeaderView.ResizeMode.Stretch if self._has_room() else QHeaderView.ResizeMode.Fixed
        )
        self.blockSignals(False)
        if 0 <= before < len(rows):
            self.setCurrentCell(before, 0)
        high = head.sizeHint().height() + _ROW * max(1, min(len(rows), self._most)) + 4
        self.setFixedHeight(high + (0 if self._has_room() else 16))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The first column takes what is left, unless nothing is."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        stretch = QHeaderView.ResizeMode.Stretch if self._has_room() else QHeaderView.ResizeMode.Fixed
        if self.horizontalHeader().sectionResizeMode(0) != stretch:
            self.horizontalHeader().setSectionResizeMode(0, stretch)
            if stretch is QHeaderView.ResizeMode.Fixed:
                self.setColumnWidth(0, 200)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard begins on a row."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            if not self.follow(self.currentRow(), self.currentColumn()):
                self._open(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)

    def numbers(self) -> list[Behind]:
        """What its cells lead to."""
        return [one for found in self._behind for one in found.values()]

    def behind(self, row: int, column: int) -> Behind | None:
        """What is behind a cell; `None` where it leads nowhere."""
        return self._behind[row].get(column) if 0 <= row < len(self._behind) else None

    @Slot(int, int)
    def follow(self, row: int, column: int) -> bool:
        """Go to what is behind a cell; `False` where it leads nowhere."""
        found = self.behind(row, column)
        if found is not None:
            show_behind(self, found)
        return found is not None

    def words(self) -> list[list[str]]:
        """What stands in the rows."""
        model, columns = self.model(), range(self.columnCount())
        return [[str(model.index(row, column).data()) for column in columns] for row in range(self.rowCount())]

    def _link(self, item: QTableWidgetItem, row: int, column: int) -> None:
        """Let a cell look like a link, and say where it leads."""
        found = self.behind(row, column)
        if found is None:
            return
        font = item.font()
        font.setUnderline(True)
        item.setFont(font)
        item.setForeground(QBrush(QColor(current.look().accent_ink)))
        item.setToolTip(found.tip)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, found.spoken)

    def _cell(self, words: str, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        end = Qt.AlignmentFlag.AlignTrailing if column in self._numbers else Qt.AlignmentFlag.AlignLeading
        item.setTextAlignment(end | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _has_room(self) -> bool:
        others = sum(self.columnWidth(at) for at in range(1, self.columnCount()))
        return self.viewport().width() - others >= 150

    def _moved(self, row: int, _column: int, before: int, _before_column: int) -> None:
        if row != before:
            self.chosen.emit(row)

    def _open(self, row: int, column: int) -> None:
        """A row whose cell leads nowhere: to what is behind its first number, besides what the page does with it."""
        if self.behind(row, column) is not None:
            return
        self.opened.emit(row)
        first = next(iter(self._behind[row]), None) if row < len(self._behind) else None
        if first is not None:
            self.follow(row, first)
