"""The keys that work here, in one discreet line; what does not fit on it is in the window's help."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.theme import fonts
from gemba.ui.theme.current import look

_MARGIN = 28
_GAP = 18
_PAD = 6


class Legend(QWidget):
    """Key caps with what they do, drawn from the most to the least used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        spoken = ", ".join(f"{key}: {does}" for key, does in keys())
        self.setAccessibleName(wording.text("Keys"))
        self.setAccessibleDescription(spoken)
        self.setToolTip("\n".join(f"{key}  {does}" for key, does in keys()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(200, QFontMetrics(fonts.font("small")).height() + 20)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line, however narrow."""
        return QSize(80, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew in another look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As many as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(0, 0, self.width(), 1), QColor(look().line))
        at = _MARGIN
        for key, does in keys():
            wide = _width(key, bold=True) + 2 * _PAD + 6 + _width(does)
            if at + wide > self.width() - _MARGIN:
                break
            self._draw(painter, at, key, does)
            at += wide + _GAP
        painter.end()

    def _draw(self, painter: QPainter, at: int, key: str, does: str) -> None:
        cap, words = _width(key, bold=True) + 2 * _PAD, _width(does)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = self.width() - at - cap if mirrored else at
        box = QRectF(start + 0.5, 8.5, cap, self.height() - 16)
        painter.setPen(QPen(QColor(look().edge), 1))
        painter.setBrush(QColor(look().card))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(look().muted))
        painter.setFont(fonts.font("small", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        painter.setFont(fonts.font("small"))
        beside = start - 6 - words if mirrored else start + cap + 6
        painter.drawText(QRectF(beside, 8, words + 2, self.height() - 16), Qt.AlignmentFlag.AlignVCenter, does)


def keys() -> list[tuple[str, str]]:
    """Every key of the page with what it does, the most used first."""
    return [
        ("1–9", wording.text("choose")),
        ("Enter", wording.text("next")),
        ("F3", wording.text("next missing")),
        ("N", wording.text("note")),
        ("P", wording.text("photo")),
        ("F", wording.text("finding")),
        ("O", wording.text("observation")),
        ("Shift+Enter", wording.text("back")),
        ("Ctrl+Enter", wording.text("next open")),
        ("Esc", wording.text("leave the field")),
        ("Alt+Enter", wording.text("new line")),
        ("Del", wording.text("clear")),
        ("Ctrl+PgDn", wording.text("next section")),
        ("F6", wording.text("other panel")),
        ("F2", wording.text("why not valid")),
        ("F4", wording.text("only what is missing")),
        ("F7", wording.text("what is hidden")),
        ("F8", wording.text("language")),
        ("A", wording.text("add another")),
        ("D", wording.text("copy this one")),
        ("Alt+↑ ↓", wording.text("move this one")),
        ("Ctrl+Del", wording.text("remove this one")),
        ("Ctrl+Z", wording.text("undo")),
        ("-", wording.text("fold")),
        ("Ctrl+Shift+Enter", wording.text("conclude")),
    ]


def _width(words: str, *, bold: bool = False) -> int:
    return QFontMetrics(fonts.font("small", bold=bold)).horizontalAdvance(words)
