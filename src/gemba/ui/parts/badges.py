"""A state or grade in one word, on a soft ground, with an icon so that colour never speaks alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

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
    """Several badges in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addStretch(1)

    def say(self, *badges: tuple[str, str]) -> None:
        """Show these (text, tone), in place of what was shown."""
        while self._line.count() > 1:
            item = self._line.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (text, tone) in enumerate(one for one in badges if one[0]):
            self._line.insertWidget(place, Badge(text, tone, self))
