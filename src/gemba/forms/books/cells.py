"""From rows of cells to a sheet: headers, texts and the places where a table ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time

from gemba.errors import Refusal
from gemba.forms.books.shape import Remark, Sheet

EMPTY_COLUMNS = 20
"""After so many columns without a header the table ends, as for pyxform."""
EMPTY_ROWS = 60
"""After so many empty rows the table ends, as for pyxform."""
LOOKED_FURTHER = 2_000
"""So many rows beyond the end are looked at, to say that something stands there."""
MOST_ROWS = {"survey": 20_000}
"""More questions than this are no checklist; pyxform would need hours for them."""
MOST_CHOICES = 200_000

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML may hold."""
_SPACES = re.compile(" +")
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")


def text_of(value: object) -> str:
    """The text of a cell as a person sees it: 1 for 1.0, TRUE for true, 2026-03-01 08:00:00 for a moment."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | datetime | time):
        return str(value)
    # Non-breaking spaces become plain ones, as pyxform has it; stripping comes first, as there.
    return FORBIDDEN.sub("", str(value).strip().replace("\xa0", " "))


def letter(column: int) -> str:
    """The letter of a column counted from 0: A, B ... Z, AA."""
    name, rest = "", column + 1
    while rest:
        rest, part = divmod(rest - 1, 26)
        name = chr(65 + part) + name
    return name


def sheet_of(name: str, rows: Iterable[Sequence[object]], remarks: list[Remark]) -> Sheet:
    """The sheet that `rows`, the first of them the header, make.

    Raises:
        Refusal: forms.too_many_rows.
    """
    lines = iter(rows)
    sheet = Sheet(name)
    columns = _columns(sheet, next(lines, ()), remarks)
    heads = [column or "" for column in columns]
    most = MOST_ROWS.get(name.strip().lower(), MOST_CHOICES)
    unheaded, empty, end = False, 0, 1
    for number, cells in enumerate(lines, 2):
        if not unheaded:
            unheaded = _tell_unheaded(sheet, heads, cells, number, remarks)
        row = _row(heads, cells)
        empty = 0 if row else empty + 1
        if empty > EMPTY_ROWS:
            break
        if row:
            if len(sheet.rows) >= most:
                raise Refusal("forms.too_many_rows", sheet=name, most=most)
            sheet.rows.append(row)
            sheet.numbers.append(number)
            _tell_errors(sheet, row, number, remarks)
            end = number
    _tell_below(sheet, lines, end, remarks)
    return sheet


def _columns(sheet: Sheet, cells: Sequence[object], remarks: list[Remark]) -> list[str]:
    columns: list[str] = []
    empty = 0
    for at, cell in enumerate(cells):
        head = _SPACES.sub(" ", text_of(cell))
        empty = 0 if head else empty + 1
        if empty > EMPTY_COLUMNS:
            break
        if head and head in sheet.columns:
            remarks.append(Remark("duplicate_header", sheet.name, 1, head, letter(at)))
            head = _another(head, sheet.columns)
        if head:
            sheet.columns.append(head)
            sheet.letters[head] = letter(at)
        columns.append(head)
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _another(head: str, known: Sequence[str]) -> str:
    """A header for a second column that is called as the first is; no XLSForm column has ⧉ in it."""
    number = 2
    while f"{head} ⧉{number}" in known:
        number += 1
    return f"{head} ⧉{number}"


def _row(heads: Sequence[str], cells: Sequence[object]) -> dict[str, str]:
    row = {}
    for head, cell in zip(heads, cells, strict=False):
        if head and cell is not None and (text := text_of(cell)):
            row[head] = text
    return row


def _tell_unheaded(
    sheet: Sheet, heads: Sequence[str], cells: Sequence[object], number: int, remarks: list[Remark]
) -> bool:
    """Tell of texts below a blank header, once a sheet; true when there was one."""
    told = False
    for at, (head, cell) in enumerate(zip(heads, cells, strict=False)):
        if not head and text_of(cell):
            remarks.append(Remark("blank_header", sheet.name, number, letter(at), text_of(cell)))
            told = True
    return told


def _tell_errors(sheet: Sheet, row: dict[str, str], number: int, remarks: list[Remark]) -> None:
    for head, text in row.items():
        if text.startswith("#") and text in _ERRORS:
            remarks.append(Remark("error_cell", sheet.name, number, head, text))


def _tell_below(sheet: Sheet, lines: Iterator[Sequence[object]], end: int, remarks: list[Remark]) -> None:
    """Say that something stands far below the table: no ODK tool reads it, and nobody sees that it is lost."""
    for further, cells in zip(range(LOOKED_FURTHER), lines, strict=False):
        if any(text_of(cell) for cell in cells[: len(sheet.columns)]):
            number = end + EMPTY_ROWS + 2 + further
            remarks.append(Remark("rows_far_below", sheet.name, number, "", str(end)))
            return
