"""What all cards of the properties share: they show one item of the draft and change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.changing import change
from gemba.forms.editing.columns import cell
from gemba.forms.editing.tree import Branch
from gemba.ui.editor.session import Session
from gemba.ui.parts.cards import Card


class ItemCard(Card):
    """One side of an item.

    Args:
        session: the draft.
        heading: what the card is about.
        parent: the properties.
    """

    def __init__(self, session: Session, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(heading, parent=parent)
        self.session = session

    def fits(self, item: Branch) -> bool:
        """Whether the card has anything to say of an item."""
        raise NotImplementedError

    def show_item(self, book: Book, item: Branch) -> None:
        """Show what the draft says of an item."""
        raise NotImplementedError

    def said(self, name: str, language: str = "") -> str:
        """What the item says of a property."""
        return cell(self.session.book.survey, self.session.at, name, language) if self.session.at >= 0 else ""

    def say(self, name: str, text: str, language: str = "", *, run: bool = True) -> bool:
        """Let the item say something else of a property."""
        if self.session.at < 0 or self.said(name, language) == text:
            return True
        row = self.session.at
        step = f"{row} {name} {language}" if run else ""
        operation = partial(change, row=row, values={(name, language): text})
        return self.session.do(what(name), operation, step, stay=True)

    def typing(self, name: str, language: str = "") -> Callable[[str], bool]:
        """What a field calls with the words of a property."""
        return _Typing(self, name, language)


class _Typing:
    """A field's way into a property; a plain function would keep the card alive."""

    def __init__(self, card: ItemCard, name: str, language: str) -> None:
        self._card, self._name, self._language = card, name, language

    def __call__(self, text: str) -> bool:
        return self._card.say(self._name, text, self._language)


def what(name: str) -> str:
    """A step that changes a property, in words for undo."""
    return {
        "label": wording.text("words of the question"),
        "hint": wording.text("hint"),
        "relevant": wording.text("condition"),
        "constraint": wording.text("limits"),
        "required": wording.text("required"),
    }.get(name, wording.text("a property"))
