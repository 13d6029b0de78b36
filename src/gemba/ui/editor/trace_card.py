"""What an item traces to, its tags, and what only some authors need: its code, its look, its calculation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.columns import EXPRESSIONS
from gemba.forms.editing.naming import rename
from gemba.forms.editing.rule_problems import expression_problem
from gemba.forms.editing.tree import Branch, names
from gemba.ui.editor.entries import Line, Lines
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field


class TraceCard(ItemCard):
    """The criterion that an item is judged against, the step of the work that it looks at, and its tags."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, wording.text("What it traces to"), parent)
        criterion = wording.text("Clause, goal or commitment")
        self.criterion = Line(
            "editor.criterion", criterion, hint=wording.text("for example ISO 9001 8.2.1"), parent=self
        )
        self.criterion.typed.connect(self.typing("criterion"))
        step = wording.text("Step of the work that it looks at")
        self.step = Line("editor.step", step, hint=wording.text("its code, for example apply"), parent=self)
        self.step.typed.connect(self.typing("step"))
        tags = wording.text("Tags")
        self.tags = Line("editor.tags", tags, hint=wording.text("one word each, with spaces between"), parent=self)
        self.tags.typed.connect(self.typing("tags"))
        self.body.addWidget(Field(criterion, self.criterion, parent=self))
        self.body.addWidget(Field(step, self.step, parent=self))
        self.body.addWidget(Field(tags, self.tags, parent=self))

    def fits(self, item: Branch) -> bool:
        """What is asked, and sections of it."""
        return item.kind.code not in {"calculate", "note"}

    def show_item(self, book: Book, item: Branch) -> None:
        """Show all three."""
        del book, item
        self.step.put(self.said("step"))
        self.criterion.put(self.said("criterion"))
        self.tags.put(self.said("tags"))


class FineCard(ItemCard):
    """What a workbook calls an item, and its further columns; folded until it is asked for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent=parent)
        self._fold = Button(
            wording.text("More"), name="editor.more", icon="chevron-down", look="quiet", run=self._turn, parent=self
        )
        self.body.addWidget(self._fold)
        self.name = Line("editor.name", wording.text("Code in the workbook"), parent=self)
        self.name.left.connect(self._rename)
        self._name = Field(wording.text("Code in the workbook"), self.name, parent=self)
        self.body.addWidget(self._name)
        self.fields = {name: self._field(name, words) for name, words in _more()}
        self._opened = False

    def fits(self, item: Branch) -> bool:
        """Everything has a code."""
        return item.row >= 0

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the columns that the item may use."""
        self.name.put(item.name)
        self._name.setVisible(self._opened)
        for name, field in self.fields.items():
            said = self.said(name)
            assert isinstance(field.widget, Lines)
            field.widget.put(said)
            field.setVisible(
                (self._opened and _may(name, item)) or (name == "calculation" and item.kind.code == "calculate")
            )
            fault = expression_problem(said, names(book)) if said and name in EXPRESSIONS and name != "default" else ""
            field.say_problem(fault)

    @Slot()
    def _turn(self) -> None:
        self._opened = not self._opened
        self._fold.setText(wording.text("Less") if self._opened else wording.text("More"))
        self._fold.setAccessibleName(self._fold.text())
        item = self.session.item
        if item is not None:
            self.show_item(self.session.book, item)

    @Slot()
    def _rename(self) -> None:
        item = self.session.item
        if item is None or self.name.text() == item.name:
            return
        if not self.session.do(wording.text("code"), partial(rename, row=item.row, name=self.name.text()), stay=True):
            self.name.put(item.name)

    def _field(self, name: str, words: str) -> Field:
        lines = Lines(f"editor.{name}", words, parent=self)
        lines.typed.connect(self.typing(name))
        field = Field(words, lines, parent=self)
        self.body.addWidget(field)
        return field


def _more() -> tuple[tuple[str, str], ...]:
    return (
        ("calculation", wording.text("How it is worked out")),
        ("default", wording.text("Answer to begin with")),
        ("appearance", wording.text("Look")),
        ("parameters", wording.text("Parameters")),
        ("choice_filter", wording.text("Which choices are offered")),
        ("repeat_count", wording.text("How many times")),
        ("read_only", wording.text("Only to be read")),
    )


def _may(name: str, item: Branch) -> bool:
    """Whether a column means anything for an item."""
    if name == "repeat_count":
        return item.kind.code == "repeat"
    if item.holds:
        return name == "appearance"
    return name != "choice_filter" or bool(item.kind.list)
