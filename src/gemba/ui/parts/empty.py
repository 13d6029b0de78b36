"""What stands where nothing is yet: what would be here, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.parts.badges import Picture
from gemba.ui.parts.words import Words


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and the buttons that lead on.

    Args:
        icon: of the family.
        heading: what is not here.
        text: what to do about it.
        *buttons: the way on; the first is the likely one.
        parent: the owner.
    """

    def __init__(self, icon: str, heading: str, text: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(32, 32, 32, 32)
        rows.setSpacing(12)
        rows.addStretch(2)
        rows.addWidget(Picture(icon, role="accent", size=48, parent=self), 0, Qt.AlignmentFlag.AlignHCenter)
        self.heading = Words(heading, scale="heading", wrap=True, parent=self)
        self.text = Words(text, tone="muted", wrap=True, parent=self)
        for words in (self.heading, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            rows.addWidget(words)
        for button in buttons:
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)

    def say(self, heading: str, text: str) -> None:
        """Other words."""
        self.heading.setText(heading)
        self.text.setText(text)
