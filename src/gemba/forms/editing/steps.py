"""One step of editing: the workbook after it, and the item that one is at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import ADDRESS, SPACE, header_for, header_of
from gemba.forms.editing.tree import Branch, item_at

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """The workbook after a step, and the row of the item that one is at (-1 for none)."""

    book: Book
    at: int = -1


def fork(book: Book) -> Book:
    """A workbook whose lists of rows may be changed; the rows themselves are shared and must be replaced whole."""
    sheets = {
        key: replace(sheet, columns=list(sheet.columns), rows=list(sheet.rows), numbers=list(sheet.numbers))
        for key, sheet in book.sheets.items()
    }
    return replace(book, sheets=sheets)


def put(book: Book, sheet: Sheet, row: int, values: Mapping[tuple[str, str], str]) -> None:
    """Say properties of a row, in a workbook that was forked; "" takes one away. Columns are made as needed.

    Args:
        book: the workbook, for the vocabulary that a column needs.
        sheet: of it.
        row: counted from 0.
        values: (property, language) -> what it says.
    """
    changed = dict(sheet.rows[row])
    for (name, language), value in values.items():
        header = header_of(sheet, name, language)
        if value:
            header = header or header_for(sheet, name, language)
            if header not in sheet.columns:
                _add_column(sheet, header)
            changed[header] = value
            if header.startswith((f"bind::{SPACE}:", f"attribute::{SPACE}:")):
                _declare(book)
        elif header:
            changed.pop(header, None)
    sheet.rows[row] = changed


def insert(sheet: Sheet, at: int, rows: Sequence[Row]) -> None:
    """Put rows before the row `at`."""
    sheet.rows[at:at] = rows
    _close_ranks(sheet)


def cut(sheet: Sheet, first: int, last: int) -> list[Row]:
    """Take out the rows from `first` to `last`, both included; gives them."""
    rows = sheet.rows[first : last + 1]
    del sheet.rows[first : last + 1]
    _close_ranks(sheet)
    return rows


def _close_ranks(sheet: Sheet) -> None:
    """Rows that came and went stand one below the other: a long gap would end the table for every ODK tool."""
    sheet.numbers[:] = [0] * len(sheet.rows)
    sheet.merged = []


def need(book: Book, row: int) -> Branch:
    """The item at a row.

    Raises:
        Refusal: forms.no_such_item.
    """
    found = item_at(book, row)
    if found is None:
        raise Refusal("forms.no_such_item", row=row + 2)
    return found


def settings_row(book: Book) -> None:
    """See that the settings have a row to be written in."""
    if not book.settings.rows:
        insert(book.settings, 0, [{}])


def _add_column(sheet: Sheet, header: str) -> None:
    """A new column stands beside its sisters: a language after the other languages of the same property."""
    stem = header.partition("::")[0]
    same = [place for place, each in enumerate(sheet.columns) if each.partition("::")[0] == stem and stem != "bind"]
    sheet.columns.insert(same[-1] + 1 if same else len(sheet.columns), header)


def _declare(book: Book) -> None:
    """Name the vocabulary of scoring and criteria in the settings, once."""
    settings_row(book)
    header = header_of(book.settings, "namespaces") or "namespaces"
    said = book.settings.rows[0].get(header, "")
    if f"{SPACE}=" not in said:
        if header not in book.settings.columns:
            book.settings.columns.append(header)
        book.settings.rows[0] = {**book.settings.rows[0], header: f"{said} {ADDRESS}".strip()}
