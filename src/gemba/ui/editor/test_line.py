"""One comparison of a condition: question, comparison, value."""

from __future__ import annotations

import re
from contextlib import suppress

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.columns import default_language
from gemba.forms.editing.conditions import SIGNS, Sign, Test, Value
from gemba.forms.editing.lists import options
from gemba.forms.editing.tree import Branch, items
from gemba.ui.editor.entries import Line
from gemba.ui.editor.speech import sign_words
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.fields import Choice

_LONGEST = 48
_OF_CHOICE: tuple[Sign, ...] = ("is", "is_not", "answered", "empty")
_OF_CHOICES: tuple[Sign, ...] = ("includes", "includes_not", "answered", "empty")
_OF_NUMBER: tuple[Sign, ...] = ("is", "is_not", "more", "at_least", "less", "at_most", "answered", "empty")
_NUMBERS = {"integer", "decimal", "range", "calculate"}
_DAYS = {"date", "datetime"}
_INDENT = 24


class TestLine(QWidget):
    """Its three fields."""

    __test__ = False
    changed = Signal(object)
    """The comparison as it is now."""
    dropped = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kinds: dict[str, str] = {}
        self._test: Test | None = None
        self.question = Choice(name=f"{name}.question", parent=self)
        self.question.setAccessibleName(wording.text("Question"))
        self.sign = Choice(name=f"{name}.sign", parent=self)
        self.sign.setAccessibleName(wording.text("Comparison"))
        self.choice = Choice(name=f"{name}.choice", parent=self)
        self.choice.setAccessibleName(wording.text("Choice"))
        self.value = Line(f"{name}.value", wording.text("Value"), parent=self)
        self.value.setMinimumWidth(90)
        for field in (self.question, self.sign, self.choice):
            field.setMinimumContentsLength(8)
            field.setMinimumWidth(90)  # the card must not grow wider than its pane, also in a group
        self.question.activated.connect(self._changed_question)
        self.sign.activated.connect(self._tell)
        self.choice.activated.connect(self._tell)
        self.value.typed.connect(self._tell)
        drop = IconButton("x", wording.text("Take the condition out"), name=f"{name}.drop", run=self.dropped.emit)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(4)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(4)
        below.setSpacing(6)
        above.addWidget(self.question, 1)
        above.addWidget(drop)
        below.addWidget(self.sign, 1)
        below.addWidget(self.choice, 1)
        below.addWidget(self.value, 1)
        below.addSpacing(drop.minimumWidth())
        self._outer.addLayout(above)
        self._outer.addLayout(below)

    def show_test(self, book: Book, test: Test, *, but: Branch, indent: bool) -> None:
        """Show a comparison; `but` is the item that it belongs to, which cannot depend on itself."""
        self._test = test
        found = [
            each
            for each in items(book)
            if not each.holds and each.kind.code != "note" and each.name and each.row != but.row
        ]
        self._kinds = {each.name: each.kind.code.lower() for each in found}
        offered = [(each.name, _short(each.label or each.name)) for each in found]
        if test.question not in self._kinds:
            offered.append((test.question, test.question))
        self.question.offer(offered)
        self.question.choose(test.question)
        self.question.setToolTip(self.question.currentText())
        self._show_sign(test)
        self._show_value(book, test, next((each for each in found if each.name == test.question), None))
        margin = _INDENT if indent else 0
        self._outer.setContentsMargins(margin, 0, 0, 0)

    def take_focus(self) -> None:
        """Put the keyboard into the question."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sign(self, test: Test) -> None:
        kind = self._kinds.get(test.question, "")
        signs = {"select_one": _OF_CHOICE, "select_multiple": _OF_CHOICES}.get(
            kind, _OF_NUMBER if kind in _NUMBERS | _DAYS | {"time"} else SIGNS
        )
        offered = signs if test.sign in signs else (*signs, test.sign)
        self.sign.offer([(sign, sign_words(sign)) for sign in offered])
        self.sign.choose(test.sign)

    def _show_value(self, book: Book, test: Test, item: Branch | None) -> None:
        needs = test.sign not in {"answered", "empty"}
        choices = options(book, item.kind.list) if item is not None and item.kind.list else []
        self.choice.setVisible(needs and bool(choices) and test.value.kind == "text")
        self.value.setVisible(needs and self.choice.isHidden())
        if choices:
            language = default_language(book)
            offered = [(each.name, each.labels.get(language, "") or each.name) for each in choices]
            if test.value.said not in {each.name for each in choices}:
                offered.append((test.value.said, test.value.said))
            self.choice.offer(offered)
            self.choice.choose(test.value.said)
        self.value.put(_shown(test.value))
        self.value.setPlaceholderText(wording.text("today, or 2026-05-04") if self._kind() in _DAYS else "")

    def _kind(self) -> str:
        return self._kinds.get(self.question.value, "")

    @Slot()
    def _changed_question(self) -> None:
        """Another question: the comparison begins anew where the old one makes no sense."""
        kind = self._kind()
        sign: Sign = {"select_one": "is", "select_multiple": "includes"}.get(kind, "answered")  # type: ignore[assignment]
        self.changed.emit(Test(self.question.value, sign, Value("text")))

    @Slot()
    def _tell(self) -> None:
        sign: Sign = next(each for each in SIGNS if each == self.sign.value)
        by_choice = not self.choice.isHidden()
        value = Value("text", self.choice.value) if by_choice else self._value_of(self.value.text())
        self.changed.emit(Test(self.question.value, sign, value))

    def _value_of(self, text: str) -> Value:
        """A number where numbers are compared, a day where days are, else words; `${name}` is another answer."""
        plain = text.strip()
        reference = re.fullmatch(r"\$\{\s*(\S+?)\s*\}", plain)
        if reference:
            return Value("question", reference[1])
        kind = self._kind()
        if kind in _DAYS:
            if plain.lower() in {"today", wording.text("today").lower()}:
                return Value("today")
            return (
                Value("date", plain)
                if QDate.fromString(plain, Qt.DateFormat.ISODate).isValid()
                else Value("text", text)
            )
        if kind in _NUMBERS or kind in {"", "text"}:
            with suppress(ValueError):
                float(plain)
                return Value("number", plain) if kind in _NUMBERS else Value("text", text)
        return Value("text", text)


def _shown(value: Value) -> str:
    match value.kind:
        case "today":
            return wording.text("today")
        case "question":
            return "${" + value.said + "}"
        case _:
            return value.said


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
