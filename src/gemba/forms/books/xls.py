"""Workbooks of Excel 97-2003 (.xls), whatever their name says."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from gemba.errors import GembaError, Refusal
from gemba.forms.books.cells import sheet_of
from gemba.forms.books.shape import Book


def read_xls(source: bytes, name: str, wanted: Callable[[str, int], bool]) -> Book:
    """Read the sheets that are `wanted` (asked with the name and the number of sheets).

    Raises:
        Refusal: forms.password, forms.damaged.
    """
    import xlrd

    book = Book()
    try:
        workbook = xlrd.open_workbook(file_contents=source, logfile=io.StringIO())
        try:
            sheets = workbook.sheets()
            for sheet in sheets:
                if not wanted(sheet.name, len(sheets)):
                    book.others.append(sheet.name)
                    continue
                found = sheet_of(sheet.name, _rows(workbook, sheet), book.remarks)
                found.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
                book.take(found, alone=len(sheets) == 1)
        finally:
            workbook.release_resources()
    except GembaError:
        raise
    except Exception as broken:
        # xlrd lets struct.error, AssertionError and IndexError escape from a damaged file.
        if "encrypted" in str(broken).lower():
            raise Refusal("forms.password", file=name) from broken
        raise Refusal("forms.damaged", file=name) from broken
    return book


def _rows(workbook: Any, sheet: Any) -> Iterator[list[object]]:
    for number in range(sheet.nrows):
        yield [_value(workbook, cell) for cell in sheet.row(number)]


def _value(workbook: Any, cell: Any) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
    if cell.ctype == xlrd.XL_CELL_DATE:
        parts = xlrd.xldate_as_tuple(cell.value, workbook.datemode)
        return time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime(*parts)  # noqa: DTZ001 - a cell has no zone
    value: object = cell.value
    return value
