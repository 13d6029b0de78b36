"""A counter: large buttons for one more and one less, and keys for the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.typed import whole_editor
from gemba.ui.parts.buttons import Button, IconButton

if TYPE_CHECKING:
    from gemba.forms.views import View

_UP = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Up, Qt.Key.Key_Space})
_DOWN = frozenset({Qt.Key.Key_Minus, Qt.Key.Key_Down})


class CounterEditor(Editor):
    """One more, one less, or the number typed. It never goes below zero."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value, self._past, self._locked = "", list[str](), False
        self._typing = whole_editor(self)
        self._typing.field.setMaximumWidth(120)
        if isinstance(self._typing.field, QLineEdit):
            self._typing.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._typing.field.setMinimumHeight(52)
        self._typing.field.installEventFilter(self)
        self._typing.given.connect(self._typed)
        text = wording.text
        self._less = Button("", name="less", icon="minus", run=self.less, parent=self)
        self._more = Button("", name="more", icon="plus", run=self.more, parent=self)
        self._back = IconButton(
            "undo-2", text("Take the last step back"), name="count.undo", run=self.undo, parent=self
        )
        for button, words in ((self._less, text("One less (-)")), (self._more, text("One more (+)"))):
            button.setToolTip(words)
            button.setFixedSize(QSize(72, 52))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._less, self._typing, self._more, self._back):
            line.addWidget(widget)
        line.addStretch(1)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the count."""
        self._value, self._locked = view.value, locked
        self._typing.show_view(view, locked=locked)
        for button in (self._less, self._more, self._back):
            button.setVisible(not locked)
        self._less.setAccessibleName(f"{view.label}: {self._less.toolTip()}")
        self._more.setAccessibleName(f"{view.label}: {self._more.toolTip()}")
        self._refresh()

    def stops(self) -> Sequence[QWidget]:
        """The number first: keys count there."""
        return [*self._typing.stops(), self._less, self._more, self._back]

    def step(self, by: int) -> bool:
        """Arrows count: up is more."""
        if not self._locked:
            self.more() if by < 0 else self.less()
        return True

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._typing.settle()

    def clear(self) -> None:
        """Take the answer back."""
        self._put("")

    def more(self) -> None:
        """One more."""
        self._put(str(self._count() + 1))

    def less(self) -> None:
        """One less, down to zero."""
        self._put(str(max(0, self._count() - 1)))

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self._give(self._past.pop())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Plus, Space and the arrows count; Ctrl+Z takes a step back; digits are typed."""
        if watched is not self._typing.field or not isinstance(event, QKeyEvent) or self._locked:
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _UP or key in _DOWN:
            self.more() if key in _UP else self.less()
            return True
        if key == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier and self._past:
            self.undo()
            return True
        return super().eventFilter(watched, event)

    def _count(self) -> int:
        value = self._typing.value()
        return int(value) if value.lstrip("-").isdecimal() else 0

    def _typed(self, value: str) -> None:
        self._put(value)

    def _put(self, value: str) -> None:
        if value != self._value:
            self._past.append(self._value)
            self._give(value)

    def _give(self, value: str) -> None:
        self._value = value
        self._typing.put(value)
        self.given.emit(value)
        self._refresh()

    def _refresh(self) -> None:
        self._less.setEnabled(self._count() > 0)
        self._back.setEnabled(bool(self._past))
