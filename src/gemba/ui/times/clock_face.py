"""The clock of the stopwatch: large, still but for its figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba import wording
from gemba.ui.theme import current, fonts

_HIGH, _LEAST = 132, 96
_LARGEST, _SMALLEST = 92, 44
"""Pixels of the figures."""


class ClockFace(QWidget):
    """Minutes, seconds and tenths; a thin line below shows what the watch does.

    Args:
        parent: the owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("times.clock")
        self.setAccessibleName(wording.text("Stopwatch"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(_HIGH)
        self._words, self._role = "0:00.0", "faint"

    def show_time(self, seconds: float, role: str) -> None:
        """Show a time, in the colour of a role (`ink`, `muted`, `fair`)."""
        words = clock_words(seconds)
        if (words, role) != (self._words, self._role):
            self._words, self._role = words, role
            self.setAccessibleDescription(words)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for an hour."""
        return QSize(360, _HIGH)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It becomes smaller where there is little room."""
        return QSize(200, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw every figure in a box of its own, so that nothing trembles."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = current.look()
        font = fonts.font("display", bold=True)
        for size in range(_LARGEST, _SMALLEST - 1, -4):
            font.setPixelSize(size)
            wide = QFontMetricsF(font).horizontalAdvance("0")
            if wide * _boxes(self._words) <= self.width() - 16:
                break
        painter.setFont(font)
        painter.setPen(QColor(getattr(look, self._role)))
        across = (self.width() - wide * _boxes(self._words)) / 2
        for letter in self._words:
            room = wide * (1.0 if letter.isdigit() else 0.5)
            painter.drawText(QRectF(across, 0, room, self.height() - 10), Qt.AlignmentFlag.AlignCenter, letter)
            across += room
        role = {"ink": "accent", "fair": "fair"}.get(self._role, "line")
        painter.setPen(QPen(QColor(getattr(look, role)), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = self.width() / 2
        painter.drawLine(round(middle - 60), self.height() - 6, round(middle + 60), self.height() - 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


def clock_words(seconds: float) -> str:
    """A time as a clock shows it: "1:02:03.4", "2:03.4"."""
    tenths = int(seconds * 10 + 1e-6)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{head}:{rest // 10:02d}.{rest % 10}"


def _boxes(words: str) -> float:
    return sum(1.0 if letter.isdigit() else 0.5 for letter in words)
