"""The list of measures: title, the newest values as a line, and how many alerts wait."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gemba import wording
from gemba.ui.insights.shown import MeasureLine
from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current, fonts
from gemba.ui.theme.tokens import ROW

_LINE = Qt.ItemDataRole.UserRole
_SPARK = 90


class MeasureList(QListWidget):
    """Measures, one chosen.

    Args:
        parent: the owner.
    """

    chosen = Signal(str)
    """Uid of a measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.measures")
        self.setAccessibleName(wording.text("Measures"))
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)

    def show_measures(self, lines: list[MeasureLine], uid: str = "") -> None:
        """Show these; the one with that uid is chosen, else the first."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.title)
            item.setData(_LINE, line)
            alerts = wording.plural("{n} alert", "{n} alerts", line.alerts) if line.alerts else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title}. {alerts}")
            item.setToolTip(line.title)
            self.addItem(item)
        place = next((at for at, line in enumerate(lines) if line.uid == uid), 0)
        self.blockSignals(False)
        if lines:
            self.setCurrentRow(place)

    @property
    def uid(self) -> str:
        """Of the measure that is chosen."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_LINE).uid)

    @Slot()
    def _tell(self) -> None:
        if self.uid:
            self.chosen.emit(self.uid)


class _Delegate(QStyledItemDelegate):
    """Draws a row."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as rows of other lists."""
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Title and code at the beginning, line and alerts at the end."""
        look, line, box = current.look(), index.data(_LINE), QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(look.raised))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        right_to_left = option.direction == Qt.LayoutDirection.RightToLeft
        words = box.adjusted(14, 8, -_SPARK - 26, -8)
        ends = QRectF(box.right() - _SPARK - 14, box.top() + 14, _SPARK, box.height() - 28)
        if right_to_left:
            words.moveLeft(box.left() + _SPARK + 26)
            words.setRight(box.right() - 14)
            ends.moveLeft(box.left() + 14)
        _write(painter, words, line)
        _sparkline(painter, ends, line)
        painter.restore()


def _write(painter: QPainter, box: QRectF, line: MeasureLine) -> None:
    look = current.look()
    along = Qt.AlignmentFlag.AlignLeading
    painter.setFont(fonts.font("body", bold=True))
    painter.setPen(QColor(look.ink))
    title = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, int(along | Qt.AlignmentFlag.AlignTop), own_direction(title))
    painter.setFont(fonts.font("small"))
    under = line.code
    painter.setPen(QColor(look.muted))
    if line.alerts:
        under = wording.plural("▲ {n} alert", "▲ {n} alerts", line.alerts)
        painter.setPen(QColor(look.poor))
    painter.drawText(box, int(along | Qt.AlignmentFlag.AlignBottom), own_direction(under))


def _sparkline(painter: QPainter, box: QRectF, line: MeasureLine) -> None:
    """Time goes from left to right in every language."""
    if len(line.spark) < 2:
        return
    low, high = min(line.spark), max(line.spark)
    step, rise = box.width() / (len(line.spark) - 1), box.height() / ((high - low) or 1.0)
    points = [
        QPointF(box.left() + at * step, box.bottom() - (value - low) * rise) for at, value in enumerate(line.spark)
    ]
    painter.setPen(QPen(QColor(current.look().accent), 1.5))
    painter.drawPolyline(QPolygonF(points))
    painter.setBrush(QColor(current.look().accent))
    painter.drawEllipse(points[-1], 2.5, 2.5)
