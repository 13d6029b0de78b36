"""Paints a card: what customers gain first, then what is to be done, where, by whom and until when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gemba import wording
from gemba.ui import terms
from gemba.ui.board.model import CARD
from gemba.ui.parts.words import own_direction
from gemba.ui.theme import current
from gemba.ui.theme.icons import pixmap
from gemba.ui.theme.tokens import RADIUS
from gemba.work.board_cards import Card

_AIR, _LINES, _ICON = 12, 2, 14
_STATE = QStyle.StateFlag
Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Every card is as high as another, so that thousands cost no more than those that are seen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 - Qt's name
        """Five lines: rank, two of words, who and where, until when."""
        body, small = QFontMetrics(option.font), QFontMetrics(_small(option.font))
        return QSize(120, 2 * _AIR + 3 * (small.height() + 4) + _LINES * body.height() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then the lines from above."""
        card: Card | None = index.data(CARD)
        if card is None:
            return
        look = current.look()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & _STATE.State_Selected)
        has_focus = bool(option.state & _STATE.State_HasFocus) or (
            chosen and option.widget is not None and option.widget.hasFocus()
        )
        frame = QRectF(option.rect).adjusted(3, 3, -3, -3)
        edge = look.focus if has_focus else look.accent if chosen else look.line
        painter.setPen(QPen(QColor(edge), 2 if chosen or has_focus else 1))
        painter.setBrush(QColor(look.selection if chosen else look.card))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        inside = frame.adjusted(_AIR, _AIR - 2, -_AIR, -_AIR + 2).toRect()
        _lines(painter, option, card, inside)
        painter.restore()


def _lines(painter: QPainter, option: QStyleOptionViewItem, card: Card, inside: QRect) -> None:
    look, small = current.look(), _small(option.font)
    height = QFontMetrics(small).height() + 4
    rank = small
    rank.setBold(card.impact is not None)
    top = QRect(inside.left(), inside.top(), inside.width(), height)
    _line(painter, option, top, card.priority, rank, look.accent_ink if card.impact is not None else look.muted)
    number = QFontMetrics(_small(option.font)).horizontalAdvance(card.number)
    room = QFontMetrics(rank).horizontalAdvance(card.priority) + number + 12
    if room < inside.width():
        _line(painter, option, top, card.number, _small(option.font), look.muted, end=True)
    words = QRect(inside.left(), top.bottom() + 1, inside.width(), _LINES * QFontMetrics(option.font).height())
    bold = QFont(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    _wrapped(painter, option, words, card.text, bold, look.ink)
    who = QRect(inside.left(), words.bottom() + 4, inside.width(), height)
    under = " · ".join(part for part in (card.owner, card.place, card.goal) if part)
    _line(painter, option, who, under, _small(option.font), look.muted)
    when = QRect(inside.left(), who.bottom() + 1, inside.width(), height)
    _due(painter, option, card, when)


def _due(painter: QPainter, option: QStyleOptionViewItem, card: Card, where: QRect) -> None:
    """Until when, and how old; what is late says so with a sign and a word."""
    look = current.look()
    icon, words, colour, role = due_words(card)
    is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    left = where.right() - _ICON if is_mirrored else where.left()
    painter.drawPixmap(left, where.top() + (where.height() - _ICON) // 2, pixmap(icon, role, _ICON))
    rest = where.adjusted(0, 0, -_ICON - 6, 0) if is_mirrored else where.adjusted(_ICON + 6, 0, 0, 0)
    font = _small(option.font)
    font.setBold(card.is_late)
    _line(painter, option, rest, words, font, getattr(look, colour))


def due_words(card: Card) -> tuple[str, str, str, str]:
    """Icon, words, colour of the words and of the icon of a card's last line."""
    if card.done_on is not None:
        return "check", wording.text("Done {day}", day=terms.day(card.done_on)), "good", "good"
    if card.rests_until is not None:
        return "bell-off", wording.text("Rests until {day}", day=terms.day(card.rests_until)), "muted", "muted"
    age = wording.plural("{n} day old", "{n} days old", card.age) if card.age else wording.text("new")
    day = terms.day(card.due)
    if card.back_since is not None:
        back = wording.text("Back since {day}", day=terms.day(card.back_since))
        return "bell-ring", f"{back} · {wording.text('due {day}', day=day)}", "fair", "fair"
    if card.is_late:
        return "circle-alert", f"{wording.text('Late: {day}', day=day)} · {age}", "poor", "poor"
    if card.waits_for:
        return "hourglass", wording.text("{day} · for {what}", day=day, what=card.waits_for), "ink", "muted"
    return "calendar", f"{day} · {age}", "muted", "muted"


def _line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    where: QRect,
    words: str,
    font: QFont,
    colour: str,
    *,
    end: bool = False,
) -> None:
    """One line, cut where there is no room, at the beginning or the end as one reads."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    at_right = end != (option.direction == Qt.LayoutDirection.RightToLeft)
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, own_direction(shown))


def _wrapped(
    painter: QPainter, option: QStyleOptionViewItem, where: QRect, words: str, font: QFont, colour: str
) -> None:
    """Two lines; the last is cut when there is more."""
    metrics = QFontMetrics(font)
    layout = QTextLayout(words, font)
    way = QTextOption()
    way.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(way)
    layout.beginLayout()
    starts: list[tuple[int, int]] = []
    while len(starts) <= _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(where.width())
        starts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    for place, (start, length) in enumerate(starts[:_LINES]):
        is_cut = place == _LINES - 1 and len(starts) > _LINES
        part = words[start:] if is_cut else words[start : start + length]
        row = QRect(where.left(), where.top() + place * metrics.height(), where.width(), metrics.height())
        _line(painter, option, row, part.strip(), font, colour)


def _small(font: QFont) -> QFont:
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(10, font.pixelSize() - 2))
    else:
        made.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
    return made
