"""The surface of a row: a card that shows when one is at it, and when something is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

BAR = 5


def begin_lines(*labels: QLabel) -> None:
    """Let the words of a row begin where the checklist's lines begin, whatever the window's language does."""
    for label in labels:
        mirrored = label.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


_LONG = re.compile(r"[!-\u058f]{25,}")
"""Words that may be wider than a row. Letters of writing from right to left are joined and stay so."""


def breakable(words: str) -> str:
    """The same words; very long ones may be broken where there is no room, instead of being cut off."""
    return _LONG.sub(lambda found: "\u200b".join(re.findall(r".{1,8}", found[0])), words)


class RowFrame(QWidget):
    """A row of the ribbon. The whole of it is the target: a press anywhere goes to its question."""

    def __init__(self, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = path
        self.current = False
        self.wrong = False
        self.plain = False
        self.setObjectName(f"row:{path}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - Qt's way of setters
        """Show that this is the row one is at."""
        self.current = current
        self.update()

    def refresh(self) -> None:
        """Show what the form says now."""

    def settle(self) -> None:
        """Hand over what is being typed."""

    def take_focus(self) -> None:
        """Put the keyboard into the row."""
        target = next(iter(self.stops()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> Sequence[QWidget]:
        """The widgets that Tab stops at."""
        return []

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the question."""
        self.take_focus()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew in another look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
            self.update()

    def dress(self) -> None:
        """Take on the colours of the look that is shown now, where they stand in words."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Card, border and the bar at the side where lines begin."""
        if self.plain:
            return
        tokens = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 1.0 if self.current else 0.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(tokens.accent if self.current else tokens.line), 2 if self.current else 1))
        painter.setBrush(QColor(tokens.card))
        painter.drawRoundedRect(box, RADIUS + 2, RADIUS + 2)
        if self.current or self.wrong:
            self._draw_bar(painter, box, tokens.poor if self.wrong else tokens.accent)
        painter.end()

    def _draw_bar(self, painter: QPainter, box: QRectF, colour: str) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS + 2, RADIUS + 2)
        painter.setClipPath(shape)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.right() - BAR if mirrored else box.left()
        painter.fillRect(QRectF(left, box.top(), BAR, box.height()), QColor(colour))
