"""What an answer must be: at least, at most, not in the future, of a pattern; and what is said when it is not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.columns import default_language
from gemba.forms.editing.conditions import Value
from gemba.forms.editing.limits import LIMITS, Limit, read_limits, write_limits
from gemba.forms.editing.rule_problems import expression_problem
from gemba.forms.editing.tree import Branch, names
from gemba.forms.editing.types import SILENT
from gemba.ui.editor.entries import Line, Lines
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.editor.speech import limit_words
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words

_NUMBERS = ("at_least", "at_most", "more", "less", "is_not")
_BY_TYPE = {
    "integer": _NUMBERS,
    "decimal": _NUMBERS,
    "range": _NUMBERS,
    "date": ("not_future", "not_past", "at_least", "at_most"),
    "datetime": ("not_future", "not_past", "at_least", "at_most"),
    "time": ("at_least", "at_most", "is_not"),
    "text": ("longest", "shortest", "pattern", "is_not"),
    "barcode": ("longest", "shortest", "pattern"),
    "select_multiple": ("most_chosen", "least_chosen"),
    "select_one": ("is_not",),
}
_WITHOUT = {"not_future", "not_past"}


class LimitsCard(ItemCard):
    """The limits of an answer (its column `constraint`)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, wording.text("What the answer must be"), parent)
        self._none = Words(wording.text("Anything."), tone="muted", parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.lines: list[LimitLine] = []
        self._add = Button(
            wording.text("Add a limit"),
            name="editor.limits.add",
            icon="plus",
            look="quiet",
            run=self._add_limit,
            parent=self,
        )
        self.by_hand = Lines("editor.limits.expression", wording.text("Limits as an expression"), parent=self)
        self.by_hand.typed.connect(self._write)
        self._note = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._told = Words(wording.text("What is said when it is not"), scale="small", tone="muted", parent=self)
        self.message = Line("editor.limits.message", wording.text("What is said when it is not"), parent=self)
        self.message.typed.connect(self._say_message)
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        self.body.addLayout(foot)
        for widget in (self.by_hand, self._note, self._told, self.message):
            self.body.addWidget(widget)
        self._limits: tuple[Limit, ...] | None = ()

    def fits(self, item: Branch) -> bool:
        """Questions whose answers can be limited."""
        return item.kind.code.lower() in _BY_TYPE or (
            not item.holds and bool(self.said("constraint")) and item.kind.code not in SILENT
        )

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the limits in words where they have that shape, else as they are written."""
        said = self.said("constraint")
        self._limits = read_limits(said)
        plain = self._limits is not None
        self._none.setVisible(not said)
        self._show_lines(self._limits or (), item.kind.code.lower())
        self._add.setVisible(plain and item.kind.code.lower() in _BY_TYPE)
        self.by_hand.put(said)
        self.by_hand.setVisible(not plain)
        fault = expression_problem(said, names(book)) if said else ""
        self._note.setText(fault or ("" if plain else wording.text("Written by hand: it says more than limits can.")))
        self._note.set_tone("poor" if fault else "muted")
        self._note.setVisible(bool(self._note.text()))
        self.message.put(self.said("constraint_message", default_language(book)))
        for widget in (self._told, self.message):
            widget.setVisible(bool(said))

    def _show_lines(self, limits: tuple[Limit, ...], kind: str) -> None:
        if len(limits) != len(self.lines):
            clear(self._lines)
            self.lines = [LimitLine(f"editor.limit.{number}", self) for number in range(len(limits))]
            for number, line in enumerate(self.lines):
                line.changed.connect(partial(self._change, number))
                line.dropped.connect(partial(self._change, number, None))
                self._lines.addWidget(line)
        for line, limit in zip(self.lines, limits, strict=True):
            line.show_limit(limit, kind)

    @Slot()
    def _add_limit(self) -> None:
        item = self.session.item
        if item is None or self._limits is None:
            return
        used = {limit.sign for limit in self._limits}
        signs = _BY_TYPE[item.kind.code.lower()]
        sign = next((each for each in signs if each not in used), signs[0])
        self._put((*self._limits, Limit(sign, _first_value(sign, item.kind.code.lower()))))

    def _change(self, number: int, limit: Limit | None) -> None:
        if self._limits is not None:
            limits = list(self._limits)
            limits[number : number + 1] = [limit] if limit is not None else []
            self._put(tuple(limits))

    def _put(self, limits: tuple[Limit, ...]) -> None:
        try:
            self.say("constraint", write_limits(limits))
        except Refusal as refusal:
            self._note.setText(wording.sentence(refusal))
            self._note.show()

    @Slot(str)
    def _write(self, text: str) -> None:
        self.say("constraint", text)

    @Slot(str)
    def _say_message(self, text: str) -> None:
        self.say("constraint_message", text, default_language(self.session.book))


class LimitLine(QWidget):
    """One limit: which, and its value."""

    changed = Signal(object)
    dropped = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = ""
        self.sign = Choice(name=f"{name}.sign", parent=self)
        self.sign.setAccessibleName(wording.text("Limit"))
        self.value = Line(f"{name}.value", wording.text("Value of the limit"), parent=self)
        self.sign.activated.connect(self._tell)
        self.value.typed.connect(self._tell)
        drop = IconButton("x", wording.text("Take the limit out"), name=f"{name}.drop", run=self.dropped.emit)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(self.sign, 3)
        across.addWidget(self.value, 2)
        across.addWidget(drop)

    def show_limit(self, limit: Limit, kind: str) -> None:
        """Show a limit on answers of a type."""
        self._kind = kind
        signs = _BY_TYPE.get(kind, LIMITS)
        offered = signs if limit.sign in signs else (*signs, limit.sign)
        self.sign.offer([(sign, limit_words(sign)) for sign in offered])
        self.sign.choose(limit.sign)
        self.value.setVisible(limit.sign not in _WITHOUT)
        said = limit.value.said
        self.value.put("${" + said + "}" if limit.value.kind == "question" else said)

    @Slot()
    def _tell(self) -> None:
        sign, text = self.sign.value, self.value.text().strip()
        if self.sender() is self.sign and sign not in _WITHOUT and not text:
            value = _first_value(sign, self._kind)
        elif text.startswith("${") and text.endswith("}"):
            value = Value("question", text[2:-1].strip())
        elif sign == "pattern" or (sign == "is_not" and self._kind in {"text", "select_one"}):
            value = Value("text", self.value.text())
        elif self._kind in {"date", "datetime"}:
            value = Value("date", text)
        else:
            value = Value("number", text) if _is_number(text) else Value("text", text)
        self.changed.emit(Limit(sign, value))


def _first_value(sign: str, kind: str) -> Value:
    if sign == "pattern":
        return Value("text", "[A-Z]+")
    if kind in {"date", "datetime"}:
        return Value("date", "2026-01-01")
    if sign in {"longest", "most_chosen", "at_most", "less"}:
        return Value("number", "100" if sign != "most_chosen" else "3")
    return Value("number", "1" if sign in {"shortest", "least_chosen"} else "0")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
