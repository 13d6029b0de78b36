"""The checklist as a tree: sections and repeats with what they hold, told from the rows of the survey sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gemba.forms.book import Book
from gemba.forms.editing.columns import cell, default_language, header_of
from gemba.forms.editing.types import Type, closes, opens, read_type


@dataclass(slots=True)
class Branch:
    """A section, a repeat or a question. `row` counts the rows of the survey sheet from 0."""

    row: int
    kind: Type
    name: str
    label: str
    depth: int
    above: Branch | None = None
    last: int = -1
    """The row that closes it; its own row when it holds nothing."""
    children: list[Branch] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether other items can stand in it."""
        return self.kind.code in {"section", "repeat"}

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the top down to it."""
        return (*(self.above.path if self.above is not None else ()), self.name)


def tree(book: Book) -> list[Branch]:
    """The items at the top; a row without a type is no item, and a section that is never closed ends with the sheet."""
    survey = book.survey
    kind_of, name_of = header_of(survey, "type"), header_of(survey, "name")
    label_of = header_of(survey, "label", default_language(book))
    top: list[Branch] = []
    open_: list[Branch] = []
    for number, row in enumerate(survey.rows):
        written = row.get(kind_of, "").strip()
        if not written:
            continue
        if closes(written):
            if open_:
                open_.pop().last = number
            continue
        above = open_[-1] if open_ else None
        item = Branch(
            number, read_type(written), row.get(name_of, "").strip(), row.get(label_of, ""), len(open_), above, number
        )
        (above.children if above is not None else top).append(item)
        if opens(written):
            open_.append(item)
    for item in open_:
        item.last = len(survey.rows) - 1
    return top


def walk(items: list[Branch]) -> Iterator[Branch]:
    """Every item, sections before what they hold."""
    for item in items:
        yield item
        yield from walk(item.children)


def items(book: Book) -> list[Branch]:
    """Every item of the checklist, in its order."""
    return list(walk(tree(book)))


def item_at(book: Book, row: int) -> Branch | None:
    """The item that begins at a row."""
    return next((item for item in items(book) if item.row == row), None)


def item_named(book: Book, name: str) -> Branch | None:
    """The first item of a name."""
    return next((item for item in items(book) if item.name == name), None)


def names(book: Book) -> set[str]:
    """The names that are taken."""
    return {item.name for item in items(book)}


def say(book: Book, row: int, name: str, language: str = "") -> str:
    """What the item at a row says of a property."""
    return cell(book.survey, row, name, language)
