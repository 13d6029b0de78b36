"""A state or grade in one word, on a soft ground, with an icon so that colour never speaks alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import repolish
from gemba.ui.theme.icons import pixmap


class Picture(QLabel):
    """An icon that is not pressed."""

    def __init__(self, icon: str, *, role: str = "muted", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self.setFixedSize(size, size)
        self._tint()

    def show_icon(self, icon: str, role: str) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self._tint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        self.setPixmap(pixmap(self._icon, self._role, self._size))


class Badge(QLabel):
    """One word about a record.

    Args:
        text: the word.
        tone: good, fair, poor, note, accent or plain.
        parent: the owner.
    """

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "badge")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def say(self, text: str, tone: str = "plain") -> None:
        """Show another word."""
        self.setText(text)
        self.setVisible(bool(text))
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


class Badges(QWidget):
    """Several badges; they run on to the next line where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)

    def say(self, *badges: tuple[str, str]) -> None:
        """Show these (text, tone), in place of what was shown."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, tone in badges:
            if text:
                self._flow.addWidget(Badge(text, tone, self))
