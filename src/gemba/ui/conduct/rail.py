"""The sections at the side: how far each one is, what is missing, and the way there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.conduct.frame import breakable
from gemba.ui.conduct.parts import Part
from gemba.ui.theme import fonts, icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

_PART = Qt.ItemDataRole.UserRole + 1
_PAD = 12
_WRAP = Qt.TextFlag.TextWordWrap
"""Between words; within one only when it is wider than the rail."""
_BAR = 4
_MARK = 18
_STEP = 14
"""Pixels by which a part within another one stands further in."""


class Rail(QListView):
    """The parts of the sheet as a list; arrows move, Enter or a press jumps."""

    wanted = Signal(str)
    """The path of the part to go to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(wording.text("Sections"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.clicked.connect(self._jump)
        self.parts: list[Part] = []

    def show_parts(self, parts: Sequence[Part], *, scored: bool) -> None:
        """The parts as they stand now."""
        grown = [part.title for part in parts] != [part.title for part in self.parts]
        self.parts = list(parts)
        if self._model.rowCount() != len(parts):
            self._model.setColumnCount(1)
            self._model.setRowCount(len(parts))
        for row, part in enumerate(parts):
            index = self._model.index(row, 0)
            if index.data(_PART) != part:
                self._model.setData(index, part, _PART)
                self._model.setData(index, part.title, Qt.ItemDataRole.DisplayRole)
                self._model.setData(index, part.title, Qt.ItemDataRole.ToolTipRole)
                self._model.setData(index, spoken(part, scored=scored), Qt.ItemDataRole.AccessibleTextRole)
        if grown:
            self.scheduleDelayedItemsLayout()

    def mark(self, place: int) -> None:
        """Show at which part one is."""
        index = self._model.index(place, 0)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def room(self) -> int:
        """Pixels for a line, with the scroll bar or without: lines must not break anew when it comes."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2

    @property
    def here(self) -> int:
        """The place of the part at which one is; -1 when there is none."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter jumps, and goes no further."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._jump(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _jump(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.parts):
            self.wanted.emit(self.parts[index.row()].path)


class _Painter(QStyledItemDelegate):
    """Draws one part: title, how much is answered, score, and a mark for done or missing."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """As tall as the title needs on up to six lines."""
        view = self.parent()
        wide = view.room() if isinstance(view, Rail) else option.rect.width()
        part: Part = index.data(_PART)
        pad = _PAD if part.depth == 0 else _PAD - 6
        metrics = QFontMetrics(_font(part))
        room = QRect(0, 0, max(60, wide - 2 * _PAD - _MARK - 8 - 8 - _aside(part)), 6 * metrics.lineSpacing())
        tall = metrics.boundingRect(room, _WRAP, breakable(part.title)).height()
        small = QFontMetrics(fonts.font("small")).height()
        return QSize(wide, min(tall, room.height()) + small + _BAR + 2 * pad + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        part: Part = index.data(_PART)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        pad = _PAD if part.depth == 0 else _PAD - 6
        box = option.rect.adjusted(_PAD + 4, pad, -_PAD - 4, -pad)
        box.adjust(0 if mirrored else _aside(part), 0, -_aside(part) if mirrored else 0, 0)
        mark = QRect(box.left() if mirrored else box.right() - _MARK + 1, box.top(), _MARK, _MARK)
        _draw_mark(painter, mark, part)
        words = box.adjusted(_MARK + 8 if mirrored else 0, 0, 0 if mirrored else -_MARK - 8, 0)
        self._draw_words(painter, words, box, part, mirrored=mirrored)
        _draw_bar(painter, QRectF(box.left(), box.bottom() - _BAR + 1, box.width(), _BAR), part, mirrored=mirrored)
        painter.restore()

    def _draw_words(self, painter: QPainter, words: QRect, box: QRect, part: Part, *, mirrored: bool) -> None:
        tokens = look()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        start, end = (right, left) if mirrored else (left, right)
        small = fonts.font("small")
        line = QFontMetrics(small).height()
        painter.setPen(QColor(tokens.ink))
        painter.setFont(_font(part))
        title = words.adjusted(0, 0, 0, -line - _BAR - 6)
        painter.drawText(title, _WRAP | start | Qt.AlignmentFlag.AlignTop, breakable(part.title))
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        foot = QRect(box.left(), box.bottom() - line - _BAR - 3, box.width(), line)
        metrics = QFontMetrics(small)
        score = terms.percent(part.percent)
        painter.drawText(foot, end | Qt.AlignmentFlag.AlignVCenter, score)
        room = foot.width() - metrics.horizontalAdvance(score) - (8 if score else 0)
        count = metrics.elidedText(counted(part), Qt.TextElideMode.ElideRight, room)
        painter.drawText(foot, start | Qt.AlignmentFlag.AlignVCenter, count)


def _aside(part: Part) -> int:
    return _STEP * min(part.depth, 3)


def _font(part: Part) -> QFont:
    return fonts.font("body", bold=True) if part.depth == 0 else fonts.font("small", bold=True)


def counted(part: Part) -> str:
    """How many are answered, and how many are missing."""
    words = wording.text("{answered} of {questions}", answered=part.answered, questions=part.questions)
    if part.missing:
        words += " · " + wording.plural("{n} missing", "{n} missing", part.missing)
    if part.failed:
        words += " · " + wording.text("critical")
    return words


def spoken(part: Part, *, scored: bool) -> str:
    """What a screen reader says of a part."""
    score = f", {terms.percent(part.percent)}" if scored and part.percent is not None else ""
    return f"{part.title}, {counted(part)}{score}"


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens = look()
    box = QRectF(option.rect).adjusted(4, 2, -4, -2)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.selection))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_Active:
        painter.setPen(QPen(QColor(tokens.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _draw_mark(painter: QPainter, at: QRect, part: Part) -> None:
    if part.failed:
        painter.drawPixmap(at.topLeft(), icons.pixmap("triangle-alert", "poor", _MARK))
    elif part.done:
        painter.drawPixmap(at.topLeft(), icons.pixmap("circle-check", "good", _MARK))
    elif part.answered:
        painter.drawPixmap(at.topLeft(), icons.pixmap("circle-dot", "accent", _MARK))
    else:
        painter.drawPixmap(at.topLeft(), icons.pixmap("circle", "edge", _MARK))


def _draw_bar(painter: QPainter, at: QRectF, part: Part, *, mirrored: bool) -> None:
    tokens = look()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(at, _BAR / 2, _BAR / 2)
    share = part.answered / part.questions if part.questions else 0
    if not share:
        return
    done = QRectF(at)
    done.setWidth(max(_BAR, at.width() * share))
    if mirrored:
        done.moveRight(at.right())
    painter.setBrush(QColor(tokens.good if part.done else tokens.accent))
    painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)
