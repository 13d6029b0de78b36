"""The choices of a question: a small table of words and points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

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
from gemba.ui.editor.option_line import POINTS, OptionLine
from gemba.ui.editor.session import Session
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.theme.tokens import TARGET


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
        self.name = Line("editor.choices.name", wording.text("Name of the list"), parent=self)
        self.name.left.connect(self._rename)
        self._name = Field(wording.text("Name of the list"), self.name, parent=self)
        self.body.addWidget(self._name)
        heads = QHBoxLayout()
        heads.addWidget(Words(wording.text("Words"), scale="small", tone="muted", parent=self), 1)
        self._points = Words(wording.text("Points"), scale="small", tone="muted", parent=self)
        self._points.setFixedWidth(POINTS + 2 * TARGET + 10)
        heads.addWidget(self._points)
        self.body.addLayout(heads)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self.lines: list[OptionLine] = []
        foot = QHBoxLayout()
        add = Button(
            wording.text("Add a choice"),
            name="editor.choices.add",
            icon="plus",
            look="quiet",
            run=self._add,
            parent=self,
        )
        add.setToolTip(
            wording.text("Several lines that are pasted become several choices; Alt+Up and Alt+Down move one")
        )
        self._codes = Button(
            wording.text("Codes"), name="editor.choices.codes", look="quiet", run=self._turn, parent=self
        )
        self._codes.setCheckable(True)
        self._codes.setToolTip(wording.text("Show the codes of the choices and the name of their list"))
        foot.addWidget(add)
        foot.addWidget(self._codes)
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
            line.show_option(option, scored=item.kind.code == "select_one", coded=self._codes.isChecked())
        self.name.put(item.kind.list)
        self._name.setVisible(self._codes.isChecked())

    def as_widget(self) -> QWidget:
        """The card itself."""
        return self

    def change(self, row: int, name: str, text: str, language: str = "", *, run: bool = True) -> bool:
        """Let a choice say something else."""
        operation = partial(lists.change_option, row=row, values={(name, language): text})
        return self._do(operation, f"choice {row} {name} {language}" if run else "")

    def name_after_label(self, option: Option, words: str) -> None:
        """A choice that was just made is called after its words."""
        if option.name.startswith("choice_") and words:
            taken = [each.name for each in self._options() if each.row != option.row]
            self.change(option.row, "name", free(from_words(words, ()), taken), run=False)

    def drop(self, row: int) -> None:
        """Take a choice out."""
        self._do(partial(lists.remove_option, row=row))

    def step(self, row: int, by: int, field: str) -> None:
        """Move a choice, and the keyboard with it."""
        place = [option.row for option in self._options()].index(row) + by
        self._do(partial(lists.move_option, row=row, by=by))
        if 0 <= place < len(self.lines):
            self._focus(place, field)

    def take_in(self, row: int, lines: list[str], language: str) -> None:
        """Put several choices at once."""
        place = [option.row for option in self._options()].index(row)
        grown = -len(self.lines)
        self._do(partial(lists.put_lines, row=row, lines=lines, language=language))
        grown += len(self.lines)
        self._focus(place + grown, language or "plain")

    def _focus(self, place: int, field: str) -> None:
        found = self.findChild(QWidget, f"editor.choice.{place}.{field}")
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(found, QLineEdit):
            found.deselect()

    @Slot()
    def _turn(self) -> None:
        item = self.session.item
        if item is not None:
            self.show_item(self.session.book, item)

    @Slot()
    def _rename(self) -> None:
        item = self.session.item
        if item is None or self.name.text() == item.kind.list:
            return
        operation = partial(lists.rename_list, old=item.kind.list, new=self.name.text())
        if not self.session.do(wording.text("name of the list"), operation, stay=True):
            self.name.put(item.kind.list)

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

    def _do(self, operation: Callable[[Book], Edited], run: str = "") -> bool:
        return self.session.do(wording.text("choices"), operation, run, stay=True)

    def _make(self, count: int, languages: tuple[str, ...]) -> None:
        self._languages = languages
        clear(self._lines)
        self.lines = [OptionLine(self, number, languages) for number in range(count)]
        for line in self.lines:
            self._lines.addWidget(line)


def _take(book: Book, item: Branch, name: str) -> Edited:
    """Let a question choose from another list, or from a new one."""
    if not name:
        edited = lists.new_list(book, item.name)
        book, name = edited.book, list_names(edited.book)[-1]
    return change_type(book, item.row, item.kind._replace(list=name))
