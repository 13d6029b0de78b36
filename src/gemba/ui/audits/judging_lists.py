"""The lists beside the judging: sampled decisions, and the goals that one of them is held against."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current, fonts
from gemba.ui.theme.tokens import ROW
from gemba.ui.theme.tokens import tone as colours

_ROW = Qt.ItemDataRole.UserRole
_AIR = 14


class Judged(NamedTuple):
    """One row."""

    title: str
    under: str
    mark: str
    """How far it is, or its verdict, in a word."""
    tone: str
    """Of the mark: plain, good, fair, poor, note."""


class JudgedList(QListWidget):
    """Rows with a mark at their end, one chosen.

    Args:
        name: object name.
        title: what is listed, for screen readers.
        parent: the owner.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: list[Judged], chosen: int) -> None:
        """Show these rows; only what is new is made anew."""
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for at, row in enumerate(rows):
            self.show_row(at, row)
        self.setCurrentRow(chosen if rows else -1)
        self.blockSignals(False)

    def show_row(self, at: int, row: Judged) -> None:
        """Show one row anew."""
        if at >= self.count():
            self.addItem(QListWidgetItem())
        item = self.item(at)
        if item.data(_ROW) != row:
            item.setData(_ROW, row)
            item.setText(row.title)
            item.setToolTip(f"{row.title}\n{row.under}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (row.title, row.under, row.mark))))

    def rows(self) -> list[Judged]:
        """What is shown."""
        return [self.item(at).data(_ROW) for at in range(self.count())]


class _Delegate(QStyledItemDelegate):
    """Draws a row."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as rows of other lists."""
        return QSize(160, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Title above what is under it; the mark at the end."""
        look, row, box = current.look(), index.data(_ROW), QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(look.raised))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        inside = box.adjusted(_AIR, 8, -_AIR, -8)
        along = Qt.AlignmentFlag.AlignLeading
        painter.setFont(fonts.font("small", bold=True))
        ink, _ = colours(look, row.tone)
        painter.setPen(QColor(look.muted if row.tone == "plain" else ink))
        width = painter.fontMetrics().horizontalAdvance(row.mark)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom), row.mark)
        painter.setFont(fonts.font("body", bold=True))
        painter.setPen(QColor(look.ink))
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, int(along | Qt.AlignmentFlag.AlignTop), own_direction(title))
        painter.setFont(fonts.font("small"))
        painter.setPen(QColor(look.muted))
        room = int(inside.width() - width - 8)
        under = painter.fontMetrics().elidedText(row.under, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, int(along | Qt.AlignmentFlag.AlignBottom), own_direction(under))
        painter.restore()
