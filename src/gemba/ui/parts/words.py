"""Words on the screen, by the type scale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Words(QLabel):
    """A label of the type scale.

    Args:
        text: what it says.
        scale: display, title, heading, body or small.
        tone: muted, good, fair, poor, note or accent.
        strong: in a heavier weight.
        wrap: over several lines, as wide as there is room.
        parent: the owner.
    """

    def __init__(
        self,
        text: str = "",
        *,
        scale: str = "body",
        tone: str = "",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("scale", scale)
        self.setProperty("tone", tone)
        self.setProperty("strong", strong)
        self._align()
        if wrap:
            self.setWordWrap(True)
            self.setMinimumWidth(1)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def _align(self) -> None:
        """Begin where the window's lines begin, whatever the words' own direction is."""
        if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            absolute = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(absolute | Qt.AlignmentFlag.AlignVCenter)

    def set_tone(self, tone: str) -> None:
        """Change the tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
