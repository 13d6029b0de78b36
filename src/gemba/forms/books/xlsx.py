"""Workbooks of Excel 2007 and later (.xlsx, .xlsm)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

from gemba.errors import GembaError, Refusal
from gemba.forms.books import quick
from gemba.forms.books.cells import sheet_of
from gemba.forms.books.shape import Book, Remark, Sheet
from gemba.forms.books.zipped import look_through

_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?:[^>/]*)><f(?:[^>]*/>|[^>]*>([^<]*)</f>)(?:<v\s*/>|<v></v>)?</c>', re.ASCII
)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', re.ASCII)
_LONGEST_SCAN = 40_000_000
MOST_COLUMNS = 1_000
"""Formatting to the last of 16,384 columns would make every row as wide."""


def read_xlsx(source: bytes, name: str, wanted: Callable[[str, int], bool]) -> Book:
    """Read the sheets that are `wanted` (asked with the name and the number of sheets)."""
    remarks = look_through(source, name)
    return _quickly(source, remarks, wanted) or _at_length(source, name, remarks, wanted)


def _quickly(source: bytes, remarks: list[Remark], wanted: Callable[[str, int], bool]) -> Book | None:
    """The book when it is a plain one; None when openpyxl has to read it, or to say what is wrong with it."""
    book = Book(remarks=list(remarks))
    try:
        with ZipFile(BytesIO(source)) as archive:
            shared = quick.parts(archive)
            for title, part in shared.sheets:
                if not wanted(title, len(shared.sheets)):
                    book.others.append(title)
                    continue
                xml = shared.xml(part)
                found = sheet_of(title, quick.rows(shared, xml, MOST_COLUMNS), book.remarks)
                book.take(found, alone=len(shared.sheets) == 1)
                _look_at_cells(xml, found, book.remarks)
    except GembaError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, openpyxl knows it or says it
        return None
    return book


def _at_length(source: bytes, name: str, remarks: list[Remark], wanted: Callable[[str, int], bool]) -> Book:
    from openpyxl.reader.excel import ExcelReader

    book = Book(remarks=list(remarks))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions, which forms do not use
            reader = ExcelReader(BytesIO(source), read_only=True, data_only=True)
            reader.read()
            try:
                _read(reader, book, wanted)
            finally:
                reader.wb.close()
                reader.archive.close()
    except GembaError:
        raise
    except Exception as broken:
        # openpyxl lets nearly anything escape (KeyError, ValueError, TypeError, ParseError) from a damaged file.
        raise Refusal("forms.damaged", file=name) from broken
    return book


def _read(reader: Any, book: Book, wanted: Callable[[str, int], bool]) -> None:
    sheets = reader.wb.worksheets
    for sheet in sheets:
        if not wanted(sheet.title, len(sheets)):
            book.others.append(sheet.title)
            continue
        widest = MOST_COLUMNS if (sheet.max_column or 0) > MOST_COLUMNS else None
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        found = sheet_of(sheet.title, sheet.iter_rows(values_only=True, max_col=widest), book.remarks)
        book.take(found, alone=len(sheets) == 1)
        part = sheet._worksheet_path  # noqa: SLF001 - openpyxl has no public way to the part
        _look_at_cells(reader.archive.read(part), found, book.remarks)


def _look_at_cells(xml: bytes, sheet: Sheet, remarks: list[Remark]) -> None:
    """Merged cells, and formulas that were never calculated: a reader that streams tells neither."""
    if len(xml) > _LONGEST_SCAN:
        return
    if b"<mergeCell " in xml:
        sheet.merged = [_area(*found) for found in _MERGED.findall(xml)]
    if b"<f" in xml:
        remarks.extend(_uncalculated(xml, sheet))


def _uncalculated(xml: bytes, sheet: Sheet) -> Iterator[Remark]:
    heads = {letters: head for head, letters in sheet.letters.items()}
    for letters, number, formula in _FORMULA.findall(xml):
        head = heads.get(letters.decode())
        if head is not None:
            text = "=" + unescape(formula.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
            yield Remark("formula_without_value", sheet.name, int(number), head, text)


def _area(first: bytes, top: bytes, last: bytes, bottom: bytes) -> tuple[int, int, int, int]:
    return int(top), _number(first), int(bottom), _number(last)


def _number(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number
