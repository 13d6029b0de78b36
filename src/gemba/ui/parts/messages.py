"""The message bar: trouble with its way out, and what was done with its undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError, Refusal
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.words import Words, repolish

_STAYS_MS = 8000


class MessageBar(QWidget):
    """One message at a time, above the page. Trouble stays until it is closed; news leaves by itself."""

    LEAVES = "messages.leaves"
    """Object name of the timer after which news leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._bar = QFrame(self)
        self._bar.setProperty("look", "bar")
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 12, 24, 0)
        around.addWidget(self._bar)
        self._undo: Callable[[], object] | None = None
        self._icon = Picture("info", role="note", parent=self)
        self._words = Words(wrap=True, parent=self)
        self._undo_button = Button(
            wording.text("Undo"), name="messages.undo", icon="undo-2", look="quiet", run=self._undo_it, parent=self
        )
        close = IconButton("x", wording.text("Close this message"), name="messages.close", run=self.clear, parent=self)
        across = QHBoxLayout(self._bar)
        across.setContentsMargins(16, 6, 8, 6)
        across.setSpacing(12)
        for widget, stretch in ((self._icon, 0), (self._words, 1), (self._undo_button, 0), (close, 0)):
            across.addWidget(widget, stretch)
        self._leave = QTimer(self)
        self._leave.setObjectName(self.LEAVES)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.clear)
        self.hide()

    @property
    def said(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def trouble(self, error: GembaError) -> None:
        """Say what went wrong and the way out."""
        tone = "fair" if isinstance(error, Refusal) else "poor"
        self._say(wording.sentence(error), tone, "triangle-alert", None)

    def info(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done, for a while; with `undo`, offer to take it back."""
        self._say(text, "good", "circle-check", undo)
        self._leave.start(_STAYS_MS)

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._leave.stop()
        self._undo = None
        self.hide()

    def _say(self, text: str, tone: str, icon: str, undo: Callable[[], object] | None) -> None:
        self._leave.stop()
        self._undo = undo
        self._icon.show_icon(icon, tone)
        self._words.setText(text)
        self._words.set_tone(tone)
        self._undo_button.setVisible(undo is not None)
        self._bar.setProperty("tone", tone)
        self.setAccessibleName(text)
        repolish(self._bar)
        self.show()

    @Slot()
    def _undo_it(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()
