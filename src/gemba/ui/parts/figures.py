"""A row of figures, each with its word: how things stand at one look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.lineage.behind import Behind
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.leading import Leading
from gemba.ui.parts.words import Words

_LEAST = 148
NOTHING = frozenset({"0", "–", ""})
"""Figures behind which no record stands."""


class Figure(Leading):
    """One figure above its word."""

    def __init__(self, name: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "inset")
        self.setMinimumWidth(_LEAST)
        self.word = word
        self.figure = Words("–", scale="title", parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 10)
        rows.setSpacing(0)
        rows.addWidget(self.figure)
        self._under = Words(word, tone="muted", scale="small", parent=self)
        rows.addWidget(self._under, 0, Qt.AlignmentFlag.AlignTop)

    def call(self, word: str) -> None:
        """Say what it counts in other words: one of a thing, or several."""
        self.word = word
        self._under.setText(word)

    def say(self, figure: str, tone: str = "", behind: Behind | None = None) -> None:
        """Show a figure, in a tone, and let it lead to what is behind it."""
        self.figure.setText(figure)
        self.figure.set_tone(tone)
        self.setAccessibleName(f"{self.word}: {figure}")
        if behind is not None or self.behind is not None:
            self.lead_to(behind if figure not in NOTHING else None)


class Figures(QWidget):
    """Several figures; they run on to the next line where there is no room.

    A figure that `lead_from` names leads to what is behind it (`wanted` tells its code), as long as it is not nothing.

    Args:
        name: beginning of the object names.
        *figures: code and word of each.
        parent: the owner.
    """

    wanted = Signal(str)

    def __init__(self, name: str, *figures: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leading: set[str] = set()
        flow = Flow(self)
        self.figures: dict[str, Figure] = {}
        for code, word in figures:
            self.figures[code] = Figure(f"{name}.{code}", word, self)
            flow.addWidget(self.figures[code])

    def say(self, code: str, figure: str, tone: str = "", behind: Behind | None = None) -> None:
        """Show one figure, and what is behind it."""
        self.figures[code].say(figure, tone, behind)
        if code in self._leading:
            self.figures[code].lead(leads=figure not in NOTHING)

    def call(self, code: str, word: str) -> None:
        """Say what one figure counts; before the figure itself is said."""
        self.figures[code].call(word)

    def word(self, code: str) -> str:
        """The word below a figure."""
        return self.figures[code].word

    def lead_from(self, *codes: str) -> None:
        """Let these lead to the records behind them."""
        for code in codes:
            self._leading.add(code)
            self.figures[code].led.connect(partial(self._want, code))

    def _want(self, code: str) -> None:
        self.wanted.emit(code)

    def show_one(self, code: str, *, shown: bool) -> None:
        """Show or hide one figure."""
        self.figures[code].setVisible(shown)
