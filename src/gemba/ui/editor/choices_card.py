"""The choices of a question: a small table of words and points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing import lists
from gemba.forms.editing.changing import change_type
from gemba.forms.editing.columns import languages_of
from gemba.forms.editing.lists import Option, list_names, options, users
from gemba.forms.editing.naming import free, from_words
from gemba.forms.editing.steps import Edited
from gemba.forms.editing.tree import Branch
from gemba.forms.editing.types import CHOOSING
from gemba.ui.editor.entries import Line
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words
from gemba.ui.theme.tokens import TARGET

_POINTS = 74


class ChoicesCard(ItemCard):
    """One line a choice; the list may be shared with other questions."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, wording.text("Choices"), parent)
        self.list = Choice(name="editor.choices.list", parent=self)
        self.list.setAccessibleName(wording.text("List of choices"))
        self.list.activated.connect(self._take_list)
        self.head.addWidget(self.list)
        self._shared = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._own = Button(
            wording.text("Change them for this question only"),
            name="editor.choices.own",
            icon="copy",
            look="quiet",
            run=self._make_own,
            parent=self,
        )
        self.body.addWidget(self._shared)
        self.body.addWidget(self._own, 0, Qt.AlignmentFlag.AlignLeft)
        heads = QHBoxLayout()
        heads.addWidget(Words(wording.text("Words"), scale="small", tone="muted", parent=self), 1)
        self._points = Words(wording.text("Points"), scale="small", tone="muted", parent=self)
        self._points.setFixedWidth(_POINTS + 2 * TARGET + 10)
        heads.addWidget(self._points)
        self.body.addLayout(heads)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self.lines: list[_OptionLine] = []
        foot = QHBoxLayout()
        add = Button(
            wording.text("Add a choice"),
            name="editor.choices.add",
            icon="plus",
            look="quiet",
            run=self._add,
            parent=self,
        )
        foot.addWidget(add)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._languages: tuple[str, ...] = ()

    def fits(self, item: Branch) -> bool:
        """Questions that choose."""
        return item.kind.code in CHOOSING

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the choices of the item's list."""
        names = list_names(book)
        self.list.offer([*((name, name) for name in names), ("", wording.text("New list …"))])
        self.list.choose(item.kind.list)
        others = [each for each in users(book, item.kind.list) if each.row != item.row]
        shared = wording.plural("Shared with {n} other question.", "Shared with {n} other questions.", len(others))
        self._shared.setText(shared)
        self._shared.setVisible(bool(others))
        self._own.setVisible(bool(others))
        found = options(book, item.kind.list)
        languages = languages_of(book)
        if len(found) != len(self.lines) or languages != self._languages:
            self._make(len(found), languages)
        for line, option in zip(self.lines, found, strict=True):
            line.show_option(option, scored=item.kind.code == "select_one")

    def change(self, row: int, name: str, text: str, language: str = "", *, run: bool = True) -> None:
        """Let a choice say something else."""
        operation = partial(lists.change_option, row=row, values={(name, language): text})
        self._do(operation, f"choice {row} {name} {language}" if run else "")

    def name_after_label(self, option: Option, words: str) -> None:
        """A choice that was just made is called after its words."""
        if option.name.startswith("choice_") and words:
            taken = [each.name for each in self._options() if each.row != option.row]
            self.change(option.row, "name", free(from_words(words, ()), taken), run=False)

    def drop(self, row: int) -> None:
        """Take a choice out."""
        self._do(partial(lists.remove_option, row=row))

    def step(self, row: int, by: int) -> None:
        """Move a choice."""
        self._do(partial(lists.move_option, row=row, by=by))

    @Slot()
    def _add(self) -> None:
        item = self.session.item
        if item is not None:
            self._do(partial(lists.add_option, name=item.kind.list))
            if self.lines:
                self.lines[-1].take_focus()

    @Slot()
    def _make_own(self) -> None:
        item = self.session.item
        if item is not None:
            self.session.do(wording.text("choices of its own"), partial(lists.own_list, item=item), stay=True)

    @Slot()
    def _take_list(self) -> None:
        item = self.session.item
        if item is None or self.list.value == item.kind.list:
            return
        name = self.list.value
        self.session.do(wording.text("choices"), partial(_take, item=item, name=name), stay=True)

    def _options(self) -> list[Option]:
        item = self.session.item
        return options(self.session.book, item.kind.list) if item is not None else []

    def _do(self, operation: Callable[[Book], Edited], run: str = "") -> None:
        self.session.do(wording.text("choices"), operation, run, stay=True)

    def _make(self, count: int, languages: tuple[str, ...]) -> None:
        self._languages = languages
        clear(self._lines)
        self.lines = [_OptionLine(self, number, languages) for number in range(count)]
        for line in self.lines:
            self._lines.addWidget(line)


class _OptionLine(QWidget):
    """The fields of one choice: its words in every language below one another, its points beside them."""

    def __init__(self, card: ChoicesCard, number: int, languages: tuple[str, ...]) -> None:
        super().__init__(card)
        self._card = card
        self._option: Option | None = None
        said = wording.text("Choice {number}", number=number + 1)
        self.words = {
            language: Line(
                f"editor.choice.{number}.{language or 'plain'}", f"{said}, {language}".rstrip(", "), parent=card
            )
            for language in languages
        }
        self.points = Line(
            f"editor.choice.{number}.points",
            wording.text("Points of choice {number}", number=number + 1),
            hint=wording.text("n/a"),
            parent=card,
        )
        self.points.setFixedWidth(_POINTS)
        self.points.setToolTip(
            wording.text("Without points the choice means “does not apply”: the question then counts for nothing.")
        )
        name = f"editor.choice.{number}"
        self._up = IconButton("arrow-up", wording.text("Up"), name=f"{name}.up", run=self._go_up, parent=card)
        self._drop = IconButton("trash-2", wording.text("Take out"), name=f"{name}.drop", run=self._go, parent=card)
        words = QVBoxLayout()
        words.setSpacing(3)
        for language, field in self.words.items():
            field.setMinimumWidth(60)
            field.setPlaceholderText(language)
            field.setToolTip(language)
            words.addWidget(field)
            field.typed.connect(partial(self._say, "label", language))
            field.left.connect(self._left)
        self.points.typed.connect(partial(self._say, "score", ""))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 6 if len(languages) > 1 else 0)
        across.setSpacing(4)
        across.addLayout(words, 1)
        for widget in (self.points, self._up, self._drop):
            across.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def show_option(self, option: Option, *, scored: bool) -> None:
        """Show a choice."""
        self._option = option
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

    @Slot()
    def _left(self) -> None:
        if self._option is not None:
            self._card.name_after_label(self._option, next(iter(self.words.values())).text())

    @Slot()
    def _go_up(self) -> None:
        if self._option is not None:
            self._card.step(self._option.row, -1)

    @Slot()
    def _go(self) -> None:
        if self._option is not None:
            self._card.drop(self._option.row)


def _take(book: Book, item: Branch, name: str) -> Edited:
    """Let a question choose from another list, or from a new one."""
    if not name:
        edited = lists.new_list(book, item.name)
        book, name = edited.book, list_names(edited.book)[-1]
    return change_type(book, item.row, item.kind._replace(list=name))
