"""One choice of a list: its words in every language, its points, and its code when codes are shown."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.editing.lists import Option
from gemba.ui.editor.entries import Line
from gemba.ui.parts.buttons import IconButton

POINTS = 74
"""Width of the field of points, in pixels."""


class OfChoices(Protocol):
    """What a line asks of its card."""

    def as_widget(self) -> QWidget:
        """The card."""

    def change(self, row: int, name: str, text: str, language: str = "", *, run: bool = True) -> bool:
        """Let a choice say something else."""

    def name_after_label(self, option: Option, words: str) -> None:
        """A choice that was just made is called after its words."""

    def drop(self, row: int) -> None:
        """Take a choice out."""

    def step(self, row: int, by: int, field: str) -> None:
        """Move a choice, and the keyboard with it."""

    def take_in(self, row: int, lines: list[str], language: str) -> None:
        """Put several choices at once."""


class OptionLine(QWidget):
    """The fields of one choice: its words in every language below one another, its points beside them."""

    def __init__(self, card: OfChoices, number: int, languages: tuple[str, ...]) -> None:
        super().__init__(card.as_widget())
        parent = card.as_widget()
        self._card = card
        self._option: Option | None = None
        said = wording.text("Choice {number}", number=number + 1)
        self.words = {
            language: Line(
                f"editor.choice.{number}.{language or 'plain'}",
                f"{said}, {language}".rstrip(", "),
                moves=True,
                parent=parent,
            )
            for language in languages
        }
        self.points = Line(
            f"editor.choice.{number}.points",
            wording.text("Points of choice {number}", number=number + 1),
            hint=wording.text("n/a"),
            parent=parent,
        )
        self.points.setFixedWidth(POINTS)
        self.points.setToolTip(
            wording.text("Without points the choice means “does not apply”: the question then counts for nothing.")
        )
        name = f"editor.choice.{number}"
        self.code = Line(
            f"{name}.code", wording.text("Code of choice {number}", number=number + 1), moves=True, parent=parent
        )
        self.code.setMinimumWidth(60)
        self.code.setToolTip(wording.text("Code: what conditions compare with, and what stands in the exported data"))
        self.code.left.connect(self._rename)
        self._up = IconButton("arrow-up", wording.text("Up"), name=f"{name}.up", run=self._go_up, parent=parent)
        self._drop = IconButton("trash-2", wording.text("Take out"), name=f"{name}.drop", run=self._go, parent=parent)
        words = QVBoxLayout()
        words.setSpacing(3)
        for language, field in self.words.items():
            field.setMinimumWidth(60)
            field.setPlaceholderText(language)
            field.setToolTip(language)
            words.addWidget(field)
            field.pasted.connect(partial(self._take_in, language))
            field.typed.connect(partial(self._say, "label", language))
            field.left.connect(self._left)
        words.addWidget(self.code)
        for field in (*self.words.values(), self.code):
            field.moved.connect(partial(self._move, field))
        self.points.typed.connect(partial(self._say, "score", ""))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 6 if len(languages) > 1 else 0)
        across.setSpacing(4)
        across.addLayout(words, 1)
        for widget in (self.points, self._up, self._drop):
            across.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def show_option(self, option: Option, *, scored: bool, coded: bool) -> None:
        """Show a choice; with its code when it is `coded`."""
        self._option = option
        self.code.put(option.name)
        self.code.setVisible(coded)
        for language, field in self.words.items():
            field.put(option.labels.get(language, ""))
        self.points.put(option.score)
        self.points.setEnabled(scored)

    def take_focus(self) -> None:
        """Put the keyboard into its words."""
        next(iter(self.words.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, name: str, language: str, text: str) -> None:
        if self._option is not None:
            self._card.change(self._option.row, name, text, language)

    def _move(self, field: Line, by: int) -> None:
        if self._option is not None:
            self._card.step(self._option.row, by, field.objectName().split(".", 3)[3])

    def _take_in(self, language: str, lines: list[str]) -> None:
        if self._option is not None:
            self._card.take_in(self._option.row, lines, language)

    @Slot()
    def _rename(self) -> None:
        option, code = self._option, self.code.text()
        if option is not None and code != option.name and not self._card.change(option.row, "name", code, run=False):
            self.code.put(option.name)

    @Slot()
    def _left(self) -> None:
        if self._option is not None:
            self._card.name_after_label(self._option, next(iter(self.words.values())).text())

    @Slot()
    def _go_up(self) -> None:
        if self._option is not None:
            self._card.step(self._option.row, -1, "up")

    @Slot()
    def _go(self) -> None:
        if self._option is not None:
            self._card.drop(self._option.row)
