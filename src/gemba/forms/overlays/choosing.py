"""What an overlay may do to lists of choices: other words, and more choices where nothing mandatory hangs on them."""

from __future__ import annotations

from gemba.forms.book import Book
from gemba.forms.editing.columns import TRANSLATED, cell, header_for, meaning
from gemba.forms.editing.steps import Row, insert, put
from gemba.forms.editing.tree import items
from gemba.forms.overlays.amending import language_in
from gemba.forms.overlays.shape import Fault, is_mandatory, is_parked, row_number


def lay_choices(core: Book, book: Book, overlay: Book) -> list[Fault]:
    """Say in `book` what the overlay says of choices; what it may not say is listed."""
    faults: list[Fault] = []
    added: list[Row] = []
    demanded = {item.kind.list for item in items(core) if is_mandatory(core, item)}
    places = {(_said(row, "list"), _said(row, "name")): at for at, row in enumerate(core.choices.rows)}
    lists = {name for name, _ in places}
    for place, row in enumerate(overlay.choices.rows):
        key, number = (_said(row, "list"), _said(row, "name")), row_number(overlay.choices, place)
        if is_parked(row):
            continue
        if key in places:
            faults += _reword(core, book, places[key], row, number)
        elif key[0] in demanded and key[0] in lists:
            facts = {"name": key[1], "list": key[0]}
            faults.append(Fault("choices", number, "name", key[1], "new_way_out", facts))
        else:
            added.append(row)
    for row in added:  # last, so that the rows of the core stand where they stood until then
        _add(book, row)
    return faults


def _reword(core: Book, book: Book, at: int, row: Row, number: int) -> list[Fault]:
    faults: list[Fault] = []
    for header, text in row.items():
        column = meaning(header)
        if column.property in {"list", "name"} or not text.strip():
            continue
        if column.property in TRANSLATED:
            put(book, book.choices, at, {(column.property, language_in(core, column)): text})
        elif cell(core.choices, at, column.property) != text:
            name = _said(row, "name")
            facts = {"name": name, "column": header, "text": text}
            faults.append(Fault("choices", number, header, name, "not_allowed", facts))
    return faults


def _add(book: Book, row: Row) -> None:
    """A choice stands behind the others of its list."""
    sheet = book.choices
    made: Row = {}
    for header, text in row.items():
        column = meaning(header)
        own = header_for(sheet, column.property, column.language) if column.property else header
        if own not in sheet.columns:
            sheet.columns.append(own)
        made[own] = text
    same = [at for at, each in enumerate(sheet.rows) if _said(each, "list") == _said(row, "list")]
    insert(sheet, same[-1] + 1 if same else len(sheet.rows), [made])


def _said(row: Row, name: str) -> str:
    return next((text.strip() for header, text in row.items() if meaning(header).property == name), "")
