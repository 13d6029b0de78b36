"""Paints the cells of a list: two lines, badges, the chosen row and the row under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current, fonts
from gemba.ui.theme.tokens import ROW, Tokens, tone

if TYPE_CHECKING:
    from gemba.ui.lists.columns import Column
    from gemba.ui.lists.model import LineModel

_PAD = 12
_IN_BADGE = 10
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_ELIDE = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_RTL = Qt.LayoutDirection.RightToLeft


class LineDelegate(QStyledItemDelegate):
    """Paints from the line itself: going through `data()` for each role would cost more than the painting."""

    def __init__(self, model: LineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1
        self._body, self._strong, self._small = fonts.font(), fonts.font(bold=True), fonts.font("small")
        self._badge = fonts.font("small", bold=True)
        self._metrics = {id(font): QFontMetrics(font) for font in self._fonts()}
        self._colours: dict[str, QColor] = {}
        self._look: Tokens | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002 - Qt's
        """Rows are generous, and all alike."""
        return QSize(self._model.columns[index.column()].width, ROW)

    def width(self, column: Column) -> int:
        """Pixels in which a column begins: each badge that it may show can be read whole."""
        if column.says is None:
            return column.width
        widest = max(self._metrics[id(self._badge)].horizontalAdvance(words) for words in column.says())
        return max(column.width, widest + 2 * (_PAD + _IN_BADGE) + 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        look = current.look()
        if look is not self._look:
            self._look, self._colours = look, {}
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = index.row()
        mirrored = option.direction == _RTL
        if state & _SELECTED:
            painter.fillRect(rect, self._colour(look.selection))
            if not index.column():
                edge = rect.right() - 3 if mirrored else rect.left()
                painter.fillRect(edge, rect.top(), 4, rect.height(), self._colour(look.accent))
        elif row == self.hovered:
            painter.fillRect(rect, self._colour(look.raised))
        painter.setPen(self._colour(look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if (line := self._model.line(row)) is None:
            return
        column = self._model.columns[index.column()]
        tint = column.tone(line) if column.tone is not None else ""
        words = column.words(line)
        if tint and words:
            self._paint_badge(painter, rect, words, tint, mirrored=mirrored)
        else:
            self._paint_words(
                painter, rect, column, words, column.under(line) if column.under else "", mirrored=mirrored
            )
        if state & _FOCUSED and not state & _SELECTED:
            self._paint_focus(painter, rect)

    def _fonts(self) -> tuple[QFont, ...]:
        return (self._body, self._strong, self._small, self._badge)

    def _colour(self, name: str) -> QColor:
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(name)
        return found

    def _paint_words(
        self, painter: QPainter, rect: QRect, column: Column, words: str, under: str, *, mirrored: bool
    ) -> None:
        look = current.look()
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        flags = _RIGHT if column.number != mirrored else _LEFT
        font = self._strong if column.under is not None else self._body
        painter.setFont(font)
        painter.setPen(self._colour(look.ink))
        shown = own_direction(self._metrics[id(font)].elidedText(words, _ELIDE, inner.width()))
        if not under:
            painter.drawText(inner, flags, shown)
            return
        half = inner.height() // 2
        painter.drawText(inner.adjusted(0, 6, 0, 4 - half), flags, shown)
        painter.setFont(self._small)
        painter.setPen(self._colour(look.muted))
        lower = self._metrics[id(self._small)].elidedText(under, _ELIDE, inner.width())
        painter.drawText(inner.adjusted(0, half - 2, 0, -6), flags, own_direction(lower))

    def _paint_badge(self, painter: QPainter, rect: QRect, words: str, tint: str, *, mirrored: bool) -> None:
        ink, ground = tone(current.look(), tint)
        metrics = self._metrics[id(self._badge)]
        room = rect.width() - 2 * (_PAD + _IN_BADGE)
        shown = metrics.elidedText(words, _ELIDE, room)
        width = metrics.horizontalAdvance(shown) + 2 * _IN_BADGE
        left = rect.right() - _PAD - width if mirrored else rect.left() + _PAD
        pill = QRectF(left, rect.center().y() - 12, width, 25)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._colour(f"#50{ink[1:]}"))
        painter.setBrush(self._colour(ground))
        painter.drawRoundedRect(pill, 12.5, 12.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(self._badge)
        painter.setPen(self._colour(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, own_direction(shown))

    def _paint_focus(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(self._colour(current.look().focus))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
