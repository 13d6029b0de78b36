"""Which of the three panes is shown where there is room for one only."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gemba import wording
from gemba.ui.parts.words import repolish


class PaneSwitch(QWidget):
    """Three chips."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        self._chips: dict[str, QToolButton] = {}
        for code, words in (
            ("outline", wording.text("Outline")),
            ("properties", wording.text("What it says")),
            ("preview", wording.text("Try it")),
        ):
            chip = QToolButton(self)
            chip.setObjectName(f"editor.pane.{code}")
            chip.setText(words)
            chip.setAccessibleName(words)
            chip.setProperty("look", "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(partial(self._choose, code))
            across.addWidget(chip)
            self._chips[code] = chip
        across.addStretch(1)

    def mark(self, code: str) -> None:
        """Show which one is shown."""
        for each, chip in self._chips.items():
            if chip.property("active") != (each == code):
                chip.setProperty("active", each == code)
                repolish(chip)

    def _choose(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a signal's value
        self.chosen.emit(code)
