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
        begin_with_the_window(self)
        if wrap:
            self.setWordWrap(True)
            self.setMinimumWidth(1)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_tone(self, tone: str) -> None:
        """Change the tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


def begin_with_the_window(label: QLabel) -> None:
    """Let a label begin where the window's lines begin, whatever its words' own direction is."""
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        absolute = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        label.setAlignment(absolute | Qt.AlignmentFlag.AlignVCenter)


def own_direction(words: str) -> str:
    """`words` so that they are painted in their own order.

    A painter orders all words as its window is written: in one from right to left "22 Nov 2026" would read
    "Nov 2026 22", and the dots of a cut name would stand before it. Where the window is written from left to right
    nothing is needed, and nothing changes.

    Args:
        words: of one cell or line, cut already; not for what is kept or compared.

    Returns:
        The words in Unicode's first-strong isolate (UAX #9), or as they are.
    """
    if not words or QGuiApplication.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return words
    return f"\u2068{words}\u2069"


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
