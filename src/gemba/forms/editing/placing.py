"""Adding, taking out, copying and moving the items of a checklist."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.columns import default_language, header_of
from gemba.forms.editing.naming import free, from_words, made_up
from gemba.forms.editing.steps import Edited, Row, cut, fork, insert, need, put
from gemba.forms.editing.tree import Branch, items, names, tree
from gemba.forms.editing.types import Type, closes, closing, opens, write_type


def add(
    book: Book,
    kind: Type,
    *,
    label: str = "",
    name: str = "",
    after: int = -1,
    inside: bool = True,
    more: Mapping[tuple[str, str], str] | None = None,
) -> Edited:
    """Put a new item below another.

    Args:
        book: the workbook.
        kind: of the new item.
        label: in the default language.
        name: proposed from the label when left out.
        after: row of the item below which it stands; -1 puts it at the end.
        inside: below a section means at the end of what it holds, instead of after it.
        more: further properties.
    """
    made = fork(book)
    at = _place_below(book, after, inside=inside)
    taken = names(book)
    name = free(name, taken) if name else from_words(label, taken) if label else made_up(kind.code, taken)
    written = write_type(kind)
    insert(made.survey, at, [{}, {}] if opens(written) else [{}])
    said = {("type", ""): written, ("name", ""): name, ("label", default_language(book)): label, **(more or {})}
    put(made, made.survey, at, said)
    if opens(written):
        put(made, made.survey, at + 1, {("type", ""): closing(written)})
    return Edited(made, at)


def remove(book: Book, row: int) -> Edited:
    """Take out an item with all that it holds; one is then at its neighbour."""
    item = need(book, row)
    made = fork(book)
    cut(made.survey, item.row, item.last)
    return Edited(made, _neighbour(made, item))


def dissolve(book: Book, row: int) -> Edited:
    """Take out a section, and leave what it holds where it stands."""
    item = need(book, row)
    made = fork(book)
    if item.last != item.row and closes(_written(made, item.last)):
        cut(made.survey, item.last, item.last)
    cut(made.survey, item.row, item.row)
    return Edited(made, item.row if item.children else _neighbour(made, item))


def duplicate(book: Book, row: int) -> Edited:
    """Put a copy of an item, with all that it holds, right after it. The copies get names that are free."""
    item = need(book, row)
    made = fork(book)
    copied: list[Row] = [dict(each) for each in made.survey.rows[item.row : item.last + 1]]
    insert(made.survey, item.last + 1, copied)
    shift = item.last + 1 - item.row
    taken = names(book)
    for inner in [each for each in items(book) if item.row <= each.row <= item.last]:
        if inner.name:
            name = free(inner.name, taken)
            taken.add(name)
            _rename_copy(made, inner, shift, name, span=(item.last + 1, item.last + shift))
    return Edited(made, item.row + shift)


def move(book: Book, row: int, to: int) -> Edited:
    """Put an item with all that it holds before the row `to`, counted before it is moved.

    Raises:
        Refusal: forms.no_such_item; forms.moved_into_itself.
    """
    item = need(book, row)
    if item.row < to <= item.last:
        raise Refusal("forms.moved_into_itself", name=item.name)
    made = fork(book)
    rows = cut(made.survey, item.row, item.last)
    at = to if to <= item.row else to - len(rows)
    insert(made.survey, at, rows)
    return Edited(made, at)


def move_up(book: Book, row: int) -> Edited:
    """One place up: over its neighbour, into the end of the section above it, or out of its own."""
    item = need(book, row)
    sisters = _sisters(book, item)
    place = [each.row for each in sisters].index(row)
    if place:
        before = sisters[place - 1]
        return move(book, row, end_of(book, before) if before.holds else before.row)
    return move(book, row, item.above.row) if item.above is not None else Edited(book, row)


def move_down(book: Book, row: int) -> Edited:
    """One place down: over its neighbour, into the beginning of the section below it, or out of its own."""
    item = need(book, row)
    sisters = _sisters(book, item)
    place = [each.row for each in sisters].index(row)
    if place + 1 < len(sisters):
        after = sisters[place + 1]
        return move(book, row, after.row + 1 if after.holds else after.last + 1)
    return move(book, row, item.above.last + 1) if item.above is not None else Edited(book, row)


def move_below(book: Book, row: int, target: int, *, inside: bool) -> Edited:
    """Put an item below another, or at the end of what the section `target` holds."""
    item = need(book, row)
    if target == row:
        return Edited(book, row)
    if target >= 0 and item.row < target <= item.last:
        raise Refusal("forms.moved_into_itself", name=item.name)
    return move(book, row, _place_below(book, target, inside=inside))


def end_of(book: Book, section: Branch) -> int:
    """The row before which something stands at the end of a section."""
    return section.last if closes(_written(book, section.last)) else section.last + 1


def _place_below(book: Book, after: int, *, inside: bool) -> int:
    if after < 0:
        return len(book.survey.rows)
    item = need(book, after)
    return end_of(book, item) if item.holds and inside else item.last + 1


def _sisters(book: Book, item: Branch) -> list[Branch]:
    if item.above is None:
        return tree(book)
    return need(book, item.above.row).children


def _neighbour(book: Book, gone: Branch) -> int:
    """The item that one is at when another is gone: the next, else the one before."""
    left = [item.row for item in items(book)]
    below = [row for row in left if row >= gone.row]
    return below[0] if below else left[-1] if left else -1


def _written(book: Book, row: int) -> str:
    return book.survey.rows[row].get(header_of(book.survey, "type"), "")


def _rename_copy(book: Book, inner: Branch, shift: int, name: str, span: tuple[int, int]) -> None:
    """Name one of the copies, and let the other copies refer to it instead of to what was copied."""
    old, new = "${" + inner.name + "}", "${" + name + "}"
    for number in range(span[0], span[1] + 1):
        row = book.survey.rows[number]
        book.survey.rows[number] = {header: text.replace(old, new) for header, text in row.items()}
    put(book, book.survey, inner.row + shift, {("name", ""): name})
    closing_row = book.survey.rows[inner.last + shift]
    if inner.holds and inner.name in closing_row.values():
        book.survey.rows[inner.last + shift] = {
            header: name if text == inner.name else text for header, text in closing_row.items()
        }
