"""The window in which one signs or sketches."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.drawing.pen_sheet import PAPER, PenSheet
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words

SKETCH = QSize(PAPER.width(), 2 * PAPER.height())


class PenWindow(QDialog):
    """Paper with its buttons. A signature can be typed, too, for who cannot write with a mouse.

    Args:
        title: what is to be written.
        parent: the owner.
        signature: paper for a name, with a field to type it; otherwise for a sketch.
    """

    kept = Signal(QImage)

    def __init__(self, title: str, parent: QWidget, *, signature: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("pen")
        self.setWindowTitle(title)
        self.sheet = PenSheet(self, PAPER if signature else SKETCH)
        self.name = QLineEdit(self)
        self.name.setObjectName("pen.name")
        self.name.setMaxLength(80)
        self.name.textEdited.connect(self.sheet.write)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(12)
        words = (
            wording.text("Sign with mouse, finger or pen.") if signature else wording.text("Draw with mouse or pen.")
        )
        rows.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        rows.addWidget(self.sheet, 1)
        typed = Field(wording.text("Or type the name; the report says that it was typed"), self.name, parent=self)
        typed.setVisible(signature)
        rows.addWidget(typed)
        rows.addLayout(self._foot())
        self.sheet.changed.connect(self._refresh)
        self._refresh()
        self.name.setFocus() if signature else self._keep.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Z takes a line back; Enter keeps."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.sheet.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.sheet.redo()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.keep()
        else:
            super().keyPressEvent(event)

    def keep(self) -> None:
        """Keep what stands on the paper."""
        if not self.sheet.empty:
            self.kept.emit(self.sheet.picture())
            self.accept()

    def _foot(self) -> QHBoxLayout:
        text = wording.text
        self._undo = Button(
            text("Undo"), name="pen.undo", icon="undo-2", look="quiet", run=self.sheet.undo, parent=self
        )
        self._wipe = Button(text("Clear"), name="pen.clear", icon="trash-2", look="quiet", run=self._clear, parent=self)
        leave = Button(text("Cancel"), name="pen.cancel", look="quiet", run=self.reject, parent=self)
        self._keep = Button(text("Keep"), name="pen.keep", look="primary", run=self.keep, parent=self)
        foot = QHBoxLayout()
        foot.addWidget(self._undo)
        foot.addWidget(self._wipe)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self._keep)
        return foot

    def _clear(self) -> None:
        self.name.clear()
        self.sheet.write("")
        self.sheet.wipe()

    def _refresh(self) -> None:
        self._undo.setEnabled(self.sheet.can_undo)
        self._wipe.setEnabled(not self.sheet.empty)
        self._keep.setEnabled(not self.sheet.empty)
