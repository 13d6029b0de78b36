"""When a question is asked: a condition put together from other questions, shown as the expression too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.conditions import (
    Condition,
    Join,
    Test,
    Value,
    read_condition,
    write_condition,
)
from gemba.forms.editing.lists import options
from gemba.forms.editing.rule_problems import expression_problem
from gemba.forms.editing.tree import Branch, items, names
from gemba.forms.editing.types import SILENT
from gemba.ui.editor.entries import Lines
from gemba.ui.editor.group_box import GroupBox
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.editor.test_line import TestLine
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words


class ConditionCard(ItemCard):
    """The condition on which an item is asked (its column `relevant`)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, wording.text("When it is asked"), parent)
        self.join = Choice(
            (("all", wording.text("if all of this is so")), ("any", wording.text("if any of this is so"))),
            name="editor.condition.join",
            parent=self,
        )
        self.join.setAccessibleName(wording.text("All or any"))
        self.join.activated.connect(self._joined)
        self._always = Words(wording.text("Always."), tone="muted", parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.groups: list[GroupBox] = []
        self.by_hand = Lines("editor.condition.expression", wording.text("Condition as an expression"), parent=self)
        self.by_hand.typed.connect(self._write)
        self._note = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._add = Button(
            wording.text("Add a condition"),
            name="editor.condition.add",
            icon="plus",
            look="quiet",
            run=self._add_test,
            parent=self,
        )
        self._add_any = Button(
            wording.text("Add a group"),
            name="editor.condition.add_group",
            icon="folder",
            look="quiet",
            run=self._add_group,
            parent=self,
        )
        self._add_any.setToolTip(wording.text("Conditions that belong together, as in brackets"))
        self._expression = Button(
            wording.text("As an expression"),
            name="editor.condition.by_hand",
            look="quiet",
            run=self._show_expression,
            parent=self,
        )
        self.body.addWidget(self._always)
        self.body.addWidget(self.join)
        self.body.addLayout(self._lines)
        feet = QWidget(self)
        foot = Flow(feet, gap=4)
        for button in (self._add, self._add_any, self._expression):
            foot.addWidget(button)
        self.body.addWidget(feet)
        self.body.addWidget(self.by_hand)
        self.body.addWidget(self._note)
        self._opened = False
        self._condition: Condition | None = None

    def fits(self, item: Branch) -> bool:
        """Everything can have a condition."""
        return item.kind.code not in SILENT or item.kind.code == "calculate"

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the condition in words where it has that shape, else as it is written."""
        said = self.said("relevant")
        self._condition = read_condition(said)
        plain = self._condition is not None
        self._always.setVisible(not said)
        self.join.setVisible(len(self._parts()) > 1)
        if self._condition is not None:
            self.join.choose(self._condition.join)
        self._show_parts(book, item)
        self._add.setVisible(plain)
        self._add_any.setVisible(plain and bool(self._parts()))
        self._expression.setVisible(plain and bool(said))
        self.by_hand.put(said)
        self.by_hand.setVisible(not plain or (self._opened and bool(said)))
        self._say_fault(book, said, plain=plain)

    @property
    def tests(self) -> list[TestLine]:
        """Every comparison, those of groups where the groups stand."""
        return [line for group in self.groups for line in group.tests]

    def _parts(self) -> tuple[Test | Condition, ...]:
        return self._condition.parts if self._condition is not None else ()

    def _show_parts(self, book: Book, item: Branch) -> None:
        parts = self._parts()
        shape = [len(part.parts) if isinstance(part, Condition) else 0 for part in parts]
        if shape != [group.count for group in self.groups]:
            clear(self._lines)
            self.groups = []
            for place, size in enumerate(shape):
                group = GroupBox(sum(max(1, each) for each in shape[:place]), size, self)
                group.changed.connect(partial(self._change, place))
                group.more_wanted.connect(partial(self._add_inside, place))
                self._lines.addWidget(group)
                self.groups.append(group)
        for group, part in zip(self.groups, parts, strict=True):
            group.show_part(book, part, but=item)

    def _say_fault(self, book: Book, said: str, *, plain: bool) -> None:
        fault = expression_problem(said, names(book)) if said else ""
        by_hand = "" if plain else wording.text("Written by hand: it says more than conditions can.")
        self._note.setText(fault or by_hand)
        self._note.set_tone("poor" if fault else "muted")
        self._note.setVisible(bool(fault or by_hand))

    def _proposed(self) -> Test | None:
        """A comparison with the question before; without any other question it is said why there is none."""
        item, book = self.session.item, self.session.book
        others = [
            each
            for each in items(book)
            if item is not None
            and not each.holds
            and each.kind.code != "note"
            and not item.row <= each.row <= item.last
        ]
        before = [each for each in others if item is not None and each.row < item.row] or others
        if not before:
            self._services_say(wording.text("There is no other question yet that it could depend on."))
            return None
        chosen = before[-1]
        value = Value("text", _first_choice(book, chosen))
        if chosen.kind.code == "select_multiple":
            return Test(chosen.name, "includes", value)
        return Test(chosen.name, "is", value) if chosen.kind.list else Test(chosen.name, "answered")

    @Slot()
    def _add_test(self) -> None:
        test = self._proposed()
        if test is not None:
            self._add_part(test)

    @Slot()
    def _add_group(self) -> None:
        """A group joins its conditions the other way: within "all" it means any of them."""
        test = self._proposed()
        if test is not None and self._condition is not None:
            inside: Join = "any" if self._condition.join == "all" else "all"
            self._add_part(Condition(inside, (test, test)))

    def _add_inside(self, place: int) -> None:
        group, test = self._parts()[place], self._proposed()
        if isinstance(group, Condition) and test is not None:
            self._change(place, Condition(group.join, (*group.parts, test)))
            if place < len(self.groups):
                self.groups[place].tests[-1].take_focus()

    def _add_part(self, part: Test | Condition) -> None:
        join: Join = self._condition.join if self._condition is not None else "all"
        self._put(Condition(join, (*self._parts(), part)))
        if self.groups:
            self.groups[-1].tests[0].take_focus()

    @Slot()
    def _show_expression(self) -> None:
        self._opened = not self._opened
        self.by_hand.setVisible(self._opened)
        if self._opened:
            self.by_hand.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _joined(self) -> None:
        if self._condition is not None:
            join: Join = "any" if self.join.value == "any" else "all"
            turned: Join = "all" if join == "any" else "any"
            parts = [Condition(turned, part.parts) if isinstance(part, Condition) else part for part in self._parts()]
            self._put(Condition(join, tuple(parts)))

    def _change(self, place: int, part: Test | Condition | None) -> None:
        """Put another part in a place; `None` takes it out."""
        if self._condition is not None:
            parts = list(self._condition.parts)
            parts[place : place + 1] = [part] if part is not None else []
            self._put(Condition(self._condition.join, tuple(parts)))

    def _put(self, condition: Condition) -> None:
        try:
            written = write_condition(condition)
        except Refusal as refusal:
            self._note.setText(wording.sentence(refusal))
            self._note.set_tone("poor")
            self._note.show()
            return
        self.say("relevant", written)

    @Slot(str)
    def _write(self, text: str) -> None:
        self.say("relevant", text)

    def _services_say(self, words: str) -> None:
        self._note.setText(words)
        self._note.set_tone("muted")
        self._note.show()


def _first_choice(book: Book, item: Branch) -> str:
    found = options(book, item.kind.list)
    return found[0].name if found else ""
