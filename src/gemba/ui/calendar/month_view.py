"""A month or a week as a grid of days: arrows move by days, PgUp and PgDn by months, Enter opens."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gemba import wording
from gemba.domain.due import NEVER_LATE, Due, DueSort
from gemba.ui.calendar.month_model import MonthModel
from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current, fonts
from gemba.ui.theme.tokens import Tokens

_CHIP, _GAP, _HEAD, _PAD = 20, 3, 26, 6
"""Pixels of an entry, between entries, of the line with the number of the day, and at the edges."""
_LEAST = 52
_STRONG = frozenset({DueSort.MEETING, DueSort.AUDIT, DueSort.WALK, DueSort.ROTATION, DueSort.REVIEW})
"""What is held on a day, beside what is due by it."""

Index = QModelIndex | QPersistentModelIndex


class MonthView(QTableView):
    """The grid.

    Args:
        model: its days.
        parent: the owner.
    """

    moved = Signal(object)
    """Another day is the current one; carries it."""
    turned = Signal(object)
    """A day is wanted that is not shown; carries it."""
    opened = Signal(object)
    """Enter or a double click on a day."""

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = model
        self.setModel(model)
        self.setObjectName("calendar.grid")
        self.setAccessibleName(wording.text("Days"))
        self.setItemDelegate(_DayPainter(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(280, 300)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(36)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.verticalHeader().setMinimumSectionSize(_LEAST)
        self.selectionModel().currentChanged.connect(self._changed)
        self.doubleClicked.connect(self._open)

    @property
    def day(self) -> date | None:
        """The current day."""
        index = self.currentIndex()
        return self.days.day(index) if index.isValid() else None

    def choose(self, day: date) -> None:
        """Make a day the current one, if it is shown."""
        index = self.days.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move by days and weeks, PgUp and PgDn by months, Home to today; Enter opens."""
        key, day = Qt.Key(event.key()), self.day or self.days.month
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(day)
            return
        wanted = self._wanted(key, day)
        if wanted is None:
            super().keyPressEvent(event)
        elif self.days.index_of(wanted).isValid() and key not in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.choose(wanted)
        else:
            self.turned.emit(wanted)

    def _wanted(self, key: Qt.Key, day: date) -> date | None:
        forward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {Qt.Key.Key_Left: -forward, Qt.Key.Key_Right: forward, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if key in steps:
            return day + timedelta(days=steps[key])
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return months_on(day, -1 if key == Qt.Key.Key_PageUp else 1)
        return self.days.today if key == Qt.Key.Key_Home else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or fewer entries fit; the current day stays in sight on a low screen."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    @Slot()
    def _changed(self) -> None:
        if self.day is not None:
            self.moved.emit(self.day)

    @Slot()
    def _open(self) -> None:
        if self.day is not None:
            self.opened.emit(self.day)


def months_on(day: date, count: int) -> date:
    """The same day so many months on; the last of the month where it has no such day."""
    at = day.year * 12 + day.month - 1 + count
    year, month = divmod(at, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


class _DayPainter(QStyledItemDelegate):
    """Paints a day: its number, its first entries, and how many more there are."""

    def __init__(self, days: MonthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._days = days

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """The view shares its room out."""
        return QSize(60, _LEAST)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one day."""
        look, day = current.look(), self._days.day(index)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_in_month = day.month == self._days.month.month or self._days.weeks == 1
        painter.fillRect(rect, QColor(look.card if is_in_month else look.page))
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            self._ring(painter, rect, look, has_focus=bool(option.state & QStyle.StateFlag.State_HasFocus))
        inner = rect.adjusted(_PAD, 4, -_PAD, -4)
        self._number(painter, inner, day, look, is_in_month=is_in_month)
        self._entries(painter, inner, day, look)
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect, look: Tokens, *, has_focus: bool) -> None:
        painter.setPen(QPen(QColor(look.focus if has_focus else look.accent), 2))
        painter.setBrush(QColor(look.selection))
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _number(self, painter: QPainter, inner: QRect, day: date, look: Tokens, *, is_in_month: bool) -> None:
        facts, is_today = self._days.facts(day), day == self._days.today
        painter.setFont(fonts.font("small", bold=is_today or bool(facts.count)))
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRect(inner.right() - 23 if mirrored else inner.left(), inner.top() + 1, 24, 20)
        if is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.drawRoundedRect(box, 10, 10)
        painter.setPen(QColor(look.on_accent if is_today else look.ink if is_in_month else look.faint))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if facts.late and inner.width() > 60:
            painter.setPen(QColor(look.poor))
            painter.setFont(fonts.font("small", bold=True))
            side = Qt.AlignmentFlag.AlignTrailing  # mirrored by the painter itself
            words = wording.plural("{n} late", "{n} late", facts.late)
            painter.drawText(QRect(inner.left(), inner.top() + 1, inner.width(), 20), side, words)

    def _entries(self, painter: QPainter, inner: QRect, day: date, look: Tokens) -> None:
        facts = self._days.facts(day)
        top, room = inner.top() + _HEAD, inner.bottom() - inner.top() - _HEAD
        fits = max(0, (room + _GAP) // (_CHIP + _GAP))
        if not facts.count:
            return
        if inner.width() < 60 or not fits:
            self._count(painter, QRect(inner.left(), top, inner.width(), max(room, 12)), facts.count, look)
            return
        shown = facts.first[: fits if facts.count <= fits else max(0, fits - 1)]
        for one in shown:
            self._chip(painter, QRect(inner.left(), top, inner.width(), _CHIP), one, look)
            top += _CHIP + _GAP
        if facts.count > len(shown):
            rest = facts.count - len(shown)
            painter.setFont(fonts.font("small"))
            painter.setPen(QColor(look.muted))
            words = wording.plural("+{n} more", "+{n} more", rest) if shown else str(rest)
            box = QRect(inner.left() + 4, top, inner.width() - 4, _CHIP)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)

    def _count(self, painter: QPainter, box: QRect, count: int, look: Tokens) -> None:
        painter.setFont(fonts.font("small", bold=True))
        painter.setPen(QColor(look.accent_ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(count))

    def _chip(self, painter: QPainter, box: QRect, one: Due, look: Tokens) -> None:
        late = one.last < self._days.today and one.sort not in NEVER_LATE
        is_held = one.sort in _STRONG
        ground, ink = (look.poor_soft, look.poor) if late else (look.accent_soft, look.accent_ink)
        if not late and not is_held:
            ground, ink = look.plain_soft, look.ink
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(QColor(look.poor if late else look.accent if is_held else look.muted))
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawRoundedRect(QRect(box.right() - 2 if mirrored else box.left(), box.top(), 3, box.height()), 1, 1)
        painter.setPen(QColor(ink))
        painter.setFont(fonts.font("small"))
        inside = box.adjusted(8, 0, -8, 0)
        words = QFontMetrics(painter.font()).elidedText(
            " ".join(f"{one.clock()} {one.title}".split()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, own_direction(words))
