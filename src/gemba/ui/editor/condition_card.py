"""When a question is asked: a condition put together from other questions, shown as the expression too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.conditions import (
    Condition,
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
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.editor.test_line import TestLine
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice
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
        self.tests: list[TestLine] = []
        self._groups = Words(scale="small", tone="muted", wrap=True, parent=self)
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
        self.body.addWidget(self._groups)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._add)
        foot.addWidget(self._expression)
        foot.addStretch(1)
        self.body.addLayout(foot)
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
        tests = _flat(self._condition) if self._condition is not None else []
        self._always.setVisible(not said)
        self.join.setVisible(plain and len(tests) > 1)
        if self._condition is not None:
            self.join.choose(self._condition.join)
        self._show_tests(book, item, tests)
        self._groups.setVisible(plain and any(isinstance(part, Condition) for part in self._parts()))
        self._groups.setText(wording.text("Lines that are set in belong together."))
        self._add.setVisible(plain)
        self._expression.setVisible(plain and bool(said))
        self.by_hand.put(said)
        self.by_hand.setVisible(not plain or (self._opened and bool(said)))
        self._say_fault(book, said, plain=plain)

    def _parts(self) -> tuple[Test | Condition, ...]:
        return self._condition.parts if self._condition is not None else ()

    def _show_tests(self, book: Book, item: Branch, tests: list[tuple[int, int, Test]]) -> None:
        if len(tests) != len(self.tests):
            clear(self._lines)
            self.tests = [TestLine(f"editor.condition.{number}", self) for number in range(len(tests))]
            for number, line in enumerate(self.tests):
                line.changed.connect(partial(self._change, number))
                line.dropped.connect(partial(self._drop, number))
                self._lines.addWidget(line)
        for line, (_, inner, test) in zip(self.tests, tests, strict=True):
            line.show_test(book, test, but=item, indent=inner >= 0)

    def _say_fault(self, book: Book, said: str, *, plain: bool) -> None:
        fault = expression_problem(said, names(book)) if said else ""
        by_hand = "" if plain else wording.text("Written by hand: it says more than conditions can.")
        self._note.setText(fault or by_hand)
        self._note.set_tone("poor" if fault else "muted")
        self._note.setVisible(bool(fault or by_hand))

    @Slot()
    def _add_test(self) -> None:
        item = self.session.item
        others = [
            each
            for each in items(self.session.book)
            if item is not None
            and not each.holds
            and each.kind.code != "note"
            and not item.row <= each.row <= item.last
        ]
        before = [each for each in others if item is not None and each.row < item.row] or others
        if not before:
            self._services_say(wording.text("There is no other question yet that it could depend on."))
            return
        chosen = before[-1]
        sign = "is" if chosen.kind.list else "answered"
        value = Value("text", _first_choice(self.session.book, chosen)) if chosen.kind.list else Value("text")
        test = Test(chosen.name, sign, value)  # type: ignore[arg-type]
        if chosen.kind.code == "select_multiple":
            test = Test(chosen.name, "includes", value)
        join = self._condition.join if self._condition is not None else "all"
        self._put(Condition(join, (*self._parts(), test)))
        if self.tests:
            self.tests[-1].take_focus()

    @Slot()
    def _show_expression(self) -> None:
        self._opened = not self._opened
        self.by_hand.setVisible(self._opened)
        if self._opened:
            self.by_hand.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _joined(self) -> None:
        if self._condition is not None:
            self._put(Condition("any" if self.join.value == "any" else "all", self._condition.parts))

    def _change(self, number: int, test: Test) -> None:
        self._put_at(number, test)

    def _drop(self, number: int) -> None:
        self._put_at(number, None)

    def _put_at(self, number: int, test: Test | None) -> None:
        if self._condition is None:
            return
        outer, inner, _ = _flat(self._condition)[number]
        parts: list[Test | Condition] = list(self._condition.parts)
        group = parts[outer]
        if inner < 0 or not isinstance(group, Condition):
            parts[outer : outer + 1] = [test] if test is not None else []
        else:
            inside = list(group.parts)
            inside[inner : inner + 1] = [test] if test is not None else []
            parts[outer : outer + 1] = [Condition(group.join, tuple(inside))] if inside else []
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


def _flat(condition: Condition) -> list[tuple[int, int, Test]]:
    """Every comparison with its place, and its place within a condition within (-1 for none)."""
    found: list[tuple[int, int, Test]] = []
    for outer, part in enumerate(condition.parts):
        if isinstance(part, Test):
            found.append((outer, -1, part))
        else:
            found += [(outer, inner, each) for inner, each in enumerate(part.parts) if isinstance(each, Test)]
    return found


def _first_choice(book: Book, item: Branch) -> str:
    found = options(book, item.kind.list)
    return found[0].name if found else ""
