"""The note beside the current question."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.typed import PAUSE, Paper
from gemba.ui.conduct.sheet import OpenSheet


class NoteBox(QWidget):
    """A few lines in one's own words, kept like an answer: after a pause, and when one leaves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet: OpenSheet | None = None
        self._path = ""
        self.paper = Paper(self)
        self.paper.setObjectName("note")
        self.paper.setAccessibleName(wording.text("Note"))
        self.paper.setPlaceholderText(wording.text("What was seen or said, in your own words"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.settle)
        self.paper.textChanged.connect(self._typed)
        self.paper.left.connect(self.settle)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.paper)

    def show_question(self, sheet: OpenSheet, path: str) -> None:
        """Show the note of a question; the one being typed is kept first."""
        if (sheet, path) != (self._sheet, self._path):
            self.settle()
        elif self._pause.isActive():
            return
        self._sheet, self._path = sheet, path
        words = sheet.notes.get(path, "")
        if words != self.paper.toPlainText():
            self.paper.blockSignals(True)
            self.paper.setPlainText(words)
            self.paper.blockSignals(False)
            self.paper.updateGeometry()
        self.paper.setReadOnly(sheet.frozen)

    def forget_place(self) -> None:
        """The question has another path now; nothing is kept under the old one."""
        self._pause.stop()
        self._path = ""

    def settle(self) -> None:
        """Keep what is being typed."""
        self._pause.stop()
        if self._sheet is not None and self._path:
            self._sheet.set_note(self._path, self.paper.toPlainText())

    def _typed(self) -> None:
        self.paper.updateGeometry()
        self._pause.start()
