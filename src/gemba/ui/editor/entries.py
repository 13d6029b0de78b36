"""Entry fields whose letters go into the checklist as they are typed; undo belongs to the checklist, not to a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

_PADDING = 32
_HIGHEST = 260


class Line(QLineEdit):
    """One line of words."""

    typed = Signal(str)
    left = Signal()
    """The keyboard went elsewhere."""
    moved = Signal(int)
    """Alt+Up (-1) or Alt+Down (1), where `moves` is set."""
    pasted = Signal(object)
    """Several lines from the clipboard, where `moves` is set."""

    def __init__(
        self, name: str, label: str, *, hint: str = "", moves: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._moves = moves
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.left)

    def put(self, text: str) -> None:
        """Show other words; the caret stays when they are the same."""
        if self.text() != text:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the checklist."""
        if _is_undo(event):
            event.ignore()
            return False
        if self._moves and event.type() == QEvent.Type.ShortcutOverride and _step(event):
            event.accept()  # else the item would move instead of the line
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the line, or take in several lines at once."""
        if self._moves and _step(event):
            self.moved.emit(_step(event))
            return
        if self._moves and event.matches(QKeySequence.StandardKey.Paste):
            lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
            if len(lines) > 1:
                self.pasted.emit(lines)
                return
        super().keyPressEvent(event)


class Lines(QPlainTextEdit):
    """Several lines of words; the field grows with them. Tab goes on."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, label: str, *, hint: str = "", least: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._putting = False
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._tell)
        self._fit()

    def put(self, text: str) -> None:
        """Show other words; the caret stays when they are the same."""
        if self.toPlainText() != text:
            self._putting = True
            self.setPlainText(text)
            self._putting = False

    def text(self) -> str:
        """The words."""
        return self.toPlainText()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the checklist."""
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        self._fit()
        if not self._putting:
            self.typed.emit(self.toPlainText())

    def _fit(self) -> None:
        block, needed = self.document().firstBlock(), 0.0
        while block.isValid() and needed < _HIGHEST:
            needed += self.blockBoundingRect(block).height()  # some scripts stand higher than the font says
            block = block.next()
        least = self._least * self.fontMetrics().lineSpacing()
        height = round(min(_HIGHEST, max(least, needed))) + _PADDING
        if self.height() != height:
            self.setFixedHeight(height)


def _step(event: QEvent) -> int:
    """-1 for Alt+Up, 1 for Alt+Down, else 0."""
    if not isinstance(event, QKeyEvent) or event.modifiers() != Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)


def _is_undo(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
