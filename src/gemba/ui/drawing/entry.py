"""Where the words of a mark are typed, right on the picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.evidence import Mark
from gemba.store.mark_shapes import Point
from gemba.work.mark_evidence import LONGEST_TEXT


class WordsEntry(QLineEdit):
    """One line; Enter and leaving keep it, Esc does not."""

    given = Signal(str)
    """What was typed; empty when it is not to be kept."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.at: Point = (0.0, 0.0)
        self.mark: Mark | None = None
        """The mark whose words are typed anew."""
        self._over = False
        self.setObjectName("canvas.words")
        self.setAccessibleName(wording.text("Words on the picture"))
        self.setPlaceholderText(wording.text("Type, then Enter"))
        self.setMaxLength(LONGEST_TEXT)
        self.selectAll()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a few words."""
        return QSize(260, super().sizeHint().height())

    def keep(self) -> None:
        """Hand over what was typed, once."""
        self._end(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter keeps, Esc does not; everything else is typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self._end("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept when one goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.keep()

    def _end(self, words: str) -> None:
        if not self._over:
            self._over = True
            self.given.emit(words)
