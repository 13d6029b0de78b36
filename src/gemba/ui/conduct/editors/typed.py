"""Fields one types into: words, whole numbers and decimals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.conduct import lexical
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.keys import is_for_the_page

if TYPE_CHECKING:
    from gemba.forms.views import View

PAUSE = 600
"""Milliseconds without a key after which what was typed is kept."""


class Line(QLineEdit):
    """One line of typing; Enter, and the pasting of pictures, are the page's."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on; everything else is typed."""
        if is_for_the_page(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept when one goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Paper(QPlainTextEdit):
    """Several lines of typing, as tall as what stands there. Alt+Enter begins a new line; Tab goes on."""

    left = Signal()
    _MOST = 8

    def __init__(self, parent: QWidget, *, least: int = 2) -> None:
        super().__init__(parent)
        self._least = least
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as the lines that stand there, within bounds."""
        lines = max(self._least, min(self._MOST, self.document().size().toSize().height()))
        return QSize(320, lines * QFontMetrics(self.font()).lineSpacing() + 30)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as what stands there."""
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, Alt+Enter begins a new line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            event.accept()
            return
        if is_for_the_page(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept when one goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Only words are pasted into words."""
        self.insertPlainText(source.text())


class TypingEditor(Editor):
    """A field of words that keeps what is typed after a short pause and when one leaves it.

    Args:
        parent: the row.
        multiline: several lines.
        read: makes the lexical form of what was typed.
        write: makes what is shown of a kept value.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        multiline: bool = False,
        read: Callable[[str], str] = str,
        write: Callable[[str], str] = str,
        widest: int = 0,
    ) -> None:
        super().__init__(parent)
        self._read, self._write = read, write
        self._shown = ""
        self._edited = False
        self.field: Line | Paper = Paper(self) if multiline else Line(self)
        self.field.setObjectName("typing")
        if widest:
            self.field.setMaximumWidth(widest)
        layout = QVBoxLayout(self) if multiline else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        if not multiline:
            layout.addStretch()
            layout.setStretch(0, 10)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._pass_on)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self.settle)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the kept answer, unless somebody is typing another one."""
        self.field.setReadOnly(locked)
        self.field.setAccessibleName(view.label)
        self.field.setAccessibleDescription(view.hint)
        if self._pause.isActive():
            return
        if view.value != self._shown or not self.field.hasFocus():
            self._put(self._write(view.value))
        self._shown = view.value

    def stops(self) -> Sequence[QWidget]:
        """The field."""
        return [self.field]

    def settle(self) -> None:
        """Hand over what is being typed and show it as it was understood."""
        self._pass_on()
        if not self.field.hasFocus():
            self._put(self._write(self._shown))

    def clear(self) -> None:
        """Take the answer back."""
        self._put("")
        self._shown = ""
        self.given.emit("")

    def value(self) -> str:
        """The lexical form of what stands in the field."""
        return self._read(self._text()) if self._edited else self._shown

    def put(self, value: str) -> None:
        """Put a value into the field as if it had been typed, without handing it over."""
        self._pause.stop()
        self._shown = value
        self._put(self._write(value))

    def _typed(self) -> None:
        self._edited = True
        if isinstance(self.field, Paper):
            self.field.updateGeometry()
        self._pause.start()

    def _pass_on(self) -> None:
        self._pause.stop()
        value = self._read(self._text())
        edited, self._edited = self._edited, False
        if edited and value != self._shown:
            self._shown = value
            self.given.emit(value)

    def _text(self) -> str:
        return self.field.toPlainText() if isinstance(self.field, Paper) else self.field.text()

    def _put(self, text: str) -> None:
        self._edited = False
        if text == self._text():
            return
        self.field.blockSignals(True)
        if isinstance(self.field, Paper):
            self.field.setPlainText(text)
            self.field.updateGeometry()
        else:
            self.field.setText(text)
        self.field.blockSignals(False)


def words_editor(parent: QWidget, *, multiline: bool) -> TypingEditor:
    """For text."""
    return TypingEditor(parent, multiline=multiline)


def whole_editor(parent: QWidget) -> TypingEditor:
    """For whole numbers."""
    return _numeric(TypingEditor(parent, read=lexical.integer, widest=220))


def decimal_editor(parent: QWidget) -> TypingEditor:
    """For decimals, with comma or point."""
    return _numeric(TypingEditor(parent, read=lexical.decimal, write=_shown_decimal, widest=220))


def _numeric(editor: TypingEditor) -> TypingEditor:
    editor.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
    editor.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return editor


def _shown_decimal(value: str) -> str:
    return lexical.shown_number(value, QLocale().decimalPoint())


def grouped_editor(parent: QWidget) -> TypingEditor:
    """For whole numbers that are shown in groups of three."""
    return _numeric(TypingEditor(parent, read=_read_groups, write=_shown_groups, widest=260))


def bearing_editor(parent: QWidget) -> TypingEditor:
    """For a direction in degrees, 0 to 360."""
    editor = decimal_editor(parent)
    editor.field.setPlaceholderText("0–360°")
    return editor


def _read_groups(typed: str) -> str:
    """What was shown in groups may have been typed into: the groups count for nothing."""
    return lexical.integer(typed.replace("\u202f", ""))


def _shown_groups(value: str) -> str:
    plain = value.lstrip("-")
    return f"{int(value):,}".replace(",", "\u202f") if plain.isascii() and plain.isdecimal() else value
