"""How an item counts: required, critical, weight, scale; for a section its weight and what is drawn from it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.drawing import read_draws
from gemba.forms.editing.tree import Branch
from gemba.forms.editing.types import CHOOSING, SILENT
from gemba.ui.editor.draw_preview import DrawPreview
from gemba.ui.editor.entries import Line
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words

_YES = {"yes", "true", "true()", "1"}


class AnswerCard(ItemCard):
    """What an answer, or a section, counts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, wording.text("How it counts"), parent)
        self.required = self._tick("required", wording.text("Required"))
        self.critical = self._tick("critical", wording.text("Critical"))
        self._why = Words(
            wording.text("The lowest answer fails the whole walk, however good the rest is."),
            scale="small",
            tone="muted",
            wrap=True,
            parent=self,
        )
        self.body.addWidget(self._why)
        self.weight = self._line("weight", wording.text("Weight among the questions"), wording.text("1"))
        self.scale = self._line("scale", wording.text("Summed apart under the name"), wording.text("one score for all"))
        self.section_weight = self._line(
            "section_weight", wording.text("Weight of the section"), wording.text("by its questions")
        )
        self.draw = self._line(
            "draw",
            wording.text("Drawn by lot for each walk"),
            wording.text("all"),
            hint=wording.text("A number, and a tag if only tagged questions are drawn: 3 hygiene"),
        )
        self.drawn = DrawPreview(session, self)
        self.body.addWidget(self.drawn)

    def fits(self, item: Branch) -> bool:
        """Questions and sections."""
        return item.kind.code not in {*SILENT, "note", "repeat"}

    def show_item(self, book: Book, item: Branch) -> None:
        """Show what the item counts; a question that gives no points has no weight."""
        del book
        chooses = item.kind.code in CHOOSING
        for tick in (self.required, self.critical):
            tick.blockSignals(True)
            tick.setChecked(self.said(tick.objectName().rpartition(".")[2]).lower() in _YES)
            tick.blockSignals(False)
        by_rule = bool(self.said("required")) and self.said("required").lower() not in {*_YES, "no", "false", "false()"}
        self.required.setText(wording.text("Required by a rule of its own") if by_rule else wording.text("Required"))
        self.required.setEnabled(not by_rule)
        self.required.setVisible(not item.holds)
        self.critical.setVisible(chooses)
        self._why.setVisible(chooses)
        self.weight.setVisible(chooses)
        self.scale.setVisible(chooses)
        self.section_weight.setVisible(item.kind.code == "section" and item.depth == 0)
        self.draw.setVisible(item.kind.code == "section")
        for field in (self.weight, self.scale, self.section_weight, self.draw):
            line = field.widget
            assert isinstance(line, Line)
            line.put(self.said(line.objectName().rpartition(".")[2]))
        self._check()
        self.drawn.refresh()

    def _check(self) -> None:
        for field, name in ((self.weight, "weight"), (self.section_weight, "section_weight")):
            said = self.said(name)
            field.say_problem("" if not said or _is_number(said) else wording.text("Write a number."))
        said = self.said("draw")
        wrong = bool(said) and read_draws(said) is None
        self.draw.say_problem(wording.text("Write a number, and a tag if you like: 3 hygiene") if wrong else "")

    def _tick(self, name: str, words: str) -> QCheckBox:
        tick = QCheckBox(words, self)
        tick.setObjectName(f"editor.{name}")
        tick.setAccessibleName(words)
        tick.toggled.connect(partial(self._ticked, name))
        self.body.addWidget(tick)
        return tick

    def _line(self, name: str, words: str, empty: str, *, hint: str = "") -> Field:
        line = Line(f"editor.{name}", words, hint=empty, parent=self)
        line.typed.connect(self.typing(name))
        field = Field(words, line, hint=hint, parent=self)
        self.body.addWidget(field)
        return field

    @Slot(str, bool)
    def _ticked(self, name: str, on: bool) -> None:  # noqa: FBT001 - a signal's value
        self.say(name, "yes" if on else "", run=False)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
