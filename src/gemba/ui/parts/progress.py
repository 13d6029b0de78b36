"""How far long work is, and the way to call it off."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from gemba import wording
from gemba.ui.jobs import Ticket
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.sight import bring_into_sight
from gemba.ui.parts.words import Words


class ProgressRow(QFrame):
    """Hidden until it follows a job.

    Args:
        text: what is being done.
        name: object name.
        stops: it can be called off; what cannot must not offer it.
        parent: the owner.
    """

    cancelled = Signal()

    def __init__(self, text: str, *, name: str, stops: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "card")
        self._ticket: Ticket | None = None
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(text)
        self.bar.setTextVisible(False)
        cancel = Button(wording.text("Cancel"), name=f"{name}.cancel", icon="x", run=self.cancel, parent=self)
        cancel.setVisible(stops)
        self._said = Words(text, wrap=True, parent=self)
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 8, 12, 8)
        across.setSpacing(16)
        for widget, stretch in ((self._said, 1), (self.bar, 1), (cancel, 0)):
            across.addWidget(widget, stretch)
        self.hide()

    def follow(self, ticket: Ticket) -> None:
        """Show the progress of a job that has just been started, where it can be seen."""
        self._ticket = ticket
        self.bar.setRange(0, 0)
        self.show()
        bring_into_sight(self)

    def told(self, done: int, total: int, words: str) -> None:
        """Show a step, and its words if it has any; hand it to the job as its `progress`."""
        if words:
            self._said.setText(words)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    @Slot()
    def cancel(self) -> None:
        """Call the job off."""
        if self._ticket is not None:
            self._ticket.cancel()
        self.cancelled.emit()
        self.hide()
