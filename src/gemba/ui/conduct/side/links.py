"""A line that leads to a question."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gemba.ui.theme import fonts, icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import SMALL_RADIUS

_PAD = 8
_ICON = 18


class Link(QAbstractButton):
    """Words, and below them why one should go there; the whole of it is the target."""

    def __init__(self, words: str, why: str, icon: str, parent: QWidget, *, role: str = "fair") -> None:
        super().__init__(parent)
        self._words, self._why, self._icon, self._role = words, why, icon, role
        self.setText(words)
        self.setAccessibleName(f"{words}: {why}" if why else words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Not fixed: what was enough when it was wider, and is remembered, would be the most that it may have.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def why(self) -> str:
        """Why one should go there."""
        return self._why

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Pixels at a width."""
        return sum(self._heights(width)) + 2 * _PAD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """At a usual width of the panel."""
        return QSize(260, self.heightForWidth(max(200, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Icon, words, reason."""
        tokens = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.raised))
            painter.drawRoundedRect(self.rect(), SMALL_RADIUS, SMALL_RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), SMALL_RADIUS, SMALL_RADIUS)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _PAD - _ICON if mirrored else _PAD
        painter.drawPixmap(left, _PAD, icons.pixmap(self._icon, self._role, _ICON))
        self._draw_words(painter, mirrored=mirrored)
        painter.end()

    def _draw_words(self, painter: QPainter, *, mirrored: bool) -> None:
        tokens = look()
        tall, _ = self._heights(self.width())
        side = Qt.AlignmentFlag.AlignAbsolute  # the painter would mirror what is mirrored already
        side |= Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        start = _PAD if mirrored else 2 * _PAD + _ICON
        room = QRect(start, _PAD, self._room(self.width()), tall)
        painter.setFont(fonts.font("body"))
        painter.setPen(QColor(tokens.accent_ink if self.isEnabled() else tokens.ink))
        painter.drawText(room, Qt.TextFlag.TextWordWrap | side, self._words)
        painter.setFont(fonts.font("small"))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            room.translated(0, tall), Qt.TextFlag.TextWordWrap | side | Qt.TextFlag.TextDontClip, self._why
        )

    def _room(self, width: int) -> int:
        return max(80, width - 3 * _PAD - _ICON)

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, self._room(width), 4096)
        flags = Qt.TextFlag.TextWordWrap
        tall = QFontMetrics(fonts.font("body")).boundingRect(room, flags, self._words).height()
        small = QFontMetrics(fonts.font("small")).boundingRect(room, flags, self._why).height() if self._why else 0
        return tall, small
