"""A whole number that is counted up and down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.typed import whole_editor
from gemba.ui.parts.buttons import IconButton

if TYPE_CHECKING:
    from gemba.forms.views import View


class CounterEditor(Editor):
    """One less, the number, one more; arrows count, too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = whole_editor(self)
        self._typed.given.connect(self.given)
        self._typed.field.setFixedWidth(120)
        self._typed.setFixedWidth(120)
        self._less = IconButton("minus", wording.text("One less"), name="less", run=self._count_down, parent=self)
        self._more = IconButton("plus", wording.text("One more"), name="more", run=self._count_up, parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for widget in (self._less, self._typed, self._more):
            line.addWidget(widget)
        line.addStretch()

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the number."""
        self._typed.show_view(view, locked=locked)
        self._less.setEnabled(not locked)
        self._more.setEnabled(not locked)

    def stops(self) -> Sequence[QWidget]:
        """The number between its buttons."""
        return [self._typed.field, self._less, self._more]

    def step(self, by: int) -> bool:
        """Arrows count: up is more."""
        self._count(-by)
        return True

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._typed.settle()

    def clear(self) -> None:
        """Take the answer back."""
        self._typed.clear()

    def _count_up(self) -> None:
        self._count(1)

    def _count_down(self) -> None:
        self._count(-1)

    def _count(self, by: int) -> None:
        value = self._typed.value()
        number = int(value) if value.lstrip("-").isdecimal() else 0
        if self._more.isEnabled():
            new = str(number + by)
            self._typed.put(new)
            self.given.emit(new)
