"""Editors with one thing to press: an acknowledgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.choice_button import AnyChoice
from gemba.ui.conduct.editors.choice_layout import ChoiceGrid

if TYPE_CHECKING:
    from gemba.forms.views import View

ACKNOWLEDGED = "OK"
"""What ODK keeps for an acknowledgement."""


class AcknowledgeEditor(Editor):
    """One box to tick: it was seen, read or done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = ChoiceGrid(self)
        self._box = AnyChoice(self._grid)
        self._box.prepare(wording.text("Done"), key="1", tone="good")
        self._box.setObjectName("choice:OK")
        self._box.clicked.connect(self._turn)
        self._grid.hold([self._box])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._grid)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show whether it is acknowledged."""
        self._box.setAccessibleName(f"{view.label}: {self._box.words()}")
        self._box.setChecked(bool(view.value))
        self._box.lock(locked)
        self._box.update()

    def stops(self) -> Sequence[QWidget]:
        """The box."""
        return [self._box]

    def digit(self, number: int) -> bool:
        """1 ticks and unticks."""
        if number != 1 or self._box.locked:
            return False
        self._turn()
        return True

    def _turn(self) -> None:
        if self._box.locked:
            return
        ticked = not self._box.isChecked()
        self._box.setChecked(ticked)
        self.given.emit(ACKNOWLEDGED if ticked else "")
