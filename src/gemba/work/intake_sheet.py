"""The rows of a workbook's sheet as texts; formulas are not calculated, what they came to last is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from gemba.errors import Refusal, Trouble
from gemba.forms.books.zipped import look_through
from gemba.work.intake_records import Faulty, Read
from gemba.work.whole_files import read_whole

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_AT_ONCE = 2**20
_FAULTS = (BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, IndexError, AttributeError, SyntaxError)


def look(path: Path) -> None:
    """See that a workbook can be unpacked safely.

    Raises:
        Refusal: `forms.damaged`, `forms.another_file`, `forms.too_large`, `forms.entities`, `forms.password`.
    """
    try:
        look_through(read_whole(path), path.name)
    except Refusal as refusal:
        if refusal.code != "forms.too_large":
            raise
        raise Refusal("work.intake_too_large", **refusal.facts) from refusal
    except OSError as error:
        raise Trouble("work.unreadable", file=str(path), why=error.strerror or str(error)) from error


def sheets(path: Path) -> list[str]:
    """The names of the sheets that are shown."""
    book = _open(path, values=True)
    try:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    finally:
        book.close()


def has_formulas(path: Path) -> bool:
    """True when a cell of any sheet is a formula."""
    with ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as stream:
                    before = b""
                    while some := stream.read(_AT_ONCE):
                        if _FORMULA.search(before + some):
                            return True
                        before = some[-16:]
    return False


def rows(path: Path, sheet: str, *, formulas: bool) -> Iterator[Read | Faulty]:
    """The rows that are not empty; one with a formula that nobody calculated is told of.

    Args:
        path: the workbook.
        sheet: name of the sheet.
        formulas: whether any cell is one, so that each has to be looked at twice.

    Raises:
        Refusal: `forms.damaged`.
    """
    book = _open(path, values=True)
    other = _open(path, values=False) if formulas else None
    try:
        yield from _paired(book, other, sheet)
    except _FAULTS as error:
        raise Refusal("forms.damaged", file=path.name) from error
    finally:
        book.close()
        if other is not None:
            other.close()


def _paired(book: Workbook, other: Workbook | None, sheet: str) -> Iterator[Read | Faulty]:
    said = _rows(book, sheet)
    if other is None:
        for number, row in enumerate(said, 1):
            if any(cell is not None for cell in row):
                yield number, [text_of(cell) for cell in row]
        return
    for number, (row, raw) in enumerate(zip(said, _rows(other, sheet), strict=False), 1):
        cells = [text_of(cell) for cell in row]
        lacking = [at for at, cell in enumerate(raw) if row[at] is None and isinstance(cell, str) and cell[:1] == "="]
        if lacking:
            yield Faulty(number, "\t".join(cells), "formula", tuple(cells))
        elif any(cells):
            yield number, cells


def _rows(book: Workbook, sheet: str) -> Iterator[tuple[Any, ...]]:
    found: Any = book[sheet]
    found.reset_dimensions()  # what the file says of its size need not be so
    return iter(found.iter_rows(values_only=True))


def _open(path: Path, *, values: bool) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, read_only=True, data_only=values, keep_links=False)
    except (*_FAULTS, InvalidFileException) as error:
        raise Refusal("forms.damaged", file=path.name) from error


def text_of(cell: Any) -> str:
    """A cell as a text that means the same wherever it is read."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
