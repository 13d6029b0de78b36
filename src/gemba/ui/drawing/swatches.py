"""Small buttons that show a colour or a width of line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import TARGET


class Swatch(QAbstractButton):
    """One of several to choose from.

    Args:
        words: what it is, for the tool tip and screen readers.
        name: object name.
        parent: the owner.
        colour: `#RRGGBB`; the ink of the look when empty.
        dot: its width in pixels.
    """

    def __init__(self, words: str, name: str, parent: QWidget, *, colour: str = "", dot: int = 18) -> None:
        super().__init__(parent)
        self._colour, self._dot = colour, dot
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the other tools."""
        return QSize(TARGET - 4, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A disc; a ring around it when it is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(QColor("#FFFFFF"), 1.5) if self._colour else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour or look().ink))
        painter.drawEllipse(middle, self._dot / 2, self._dot / 2)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(QColor(look().focus if self.hasFocus() else look().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, 14, 14)
        painter.end()
