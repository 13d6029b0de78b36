"""Tables into files, row after row: a folder of CSV files, or one workbook. Nothing is held in memory but a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from gemba.durable import give_name, part_of, sync, written
from gemba.errors import Refusal, Trouble
from gemba.work import nameless_sheets

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell = str | float | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?$")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST, _MOST_ROWS, _MOST_COLUMNS = 32_767, 1_048_576, 16_384
"""What a cell, a sheet and a row of a workbook hold at most (Excel specifications and limits)."""
_DIGITS = 15
"""Digits that spreadsheets keep of a number."""


class TableFiles(Protocol):
    """Where tables go."""

    remarks: list[str]
    """Codes of what had to be written otherwise than it was: "cut", "unwritable"."""

    def table(self, name: str, headings: Sequence[str], numbers: Sequence[bool]) -> None:
        """Begin a table. `numbers` says which columns hold numbers."""

    def row(self, name: str, cells: Sequence[Cell]) -> None:
        """Put a row into a table that was begun."""

    def finish(self) -> list[Path]:
        """Make everything durable under its name; gives the files."""

    def abandon(self) -> None:
        """Leave nothing behind."""


class CsvFolder:
    """A folder with one CSV file a table (RFC 4180, UTF-8, points in decimals).

    Args:
        folder: made when it is not there; files of the same names are written over.
        mark: begin with a byte order mark, by which spreadsheets know UTF-8.
        guard: put an apostrophe before texts that a spreadsheet would take for a formula.
    """

    def __init__(self, folder: Path, *, mark: bool = True, guard: bool = False) -> None:
        self.remarks: list[str] = []
        self._folder, self._guard = folder, guard
        self._encoding = "utf-8-sig" if mark else "utf-8"
        self._files: dict[str, tuple[TextIO, Any]] = {}
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def table(self, name: str, headings: Sequence[str], numbers: Sequence[bool]) -> None:
        """Begin a table."""
        del numbers  # a CSV file has texts only
        with _told(self._part(name)):
            file = self._part(name).open("w", encoding=self._encoding, newline="", errors="surrogatepass")
            self._files[name] = (file, csv.writer(file))
        self.row(name, headings)

    def row(self, name: str, cells: Sequence[Cell]) -> None:
        """Put a row into a table."""
        with _told(self._part(name)):
            self._files[name][1].writerow([csv_text(cell, guard=self._guard) for cell in cells])

    def finish(self) -> list[Path]:
        """Close the files and give them their names."""
        done: list[Path] = []
        with _told(self._folder):
            for name, (file, _) in self._files.items():
                sync(file)
                file.close()
                done.append(self._folder / f"{name}.csv")
                give_name(self._part(name), done[-1])
        return done

    def abandon(self) -> None:
        """Leave nothing behind."""
        for name, (file, _) in self._files.items():
            with suppress(OSError):
                file.close()
                self._part(name).unlink(missing_ok=True)

    def _part(self, name: str) -> Path:
        return self._folder / f"{name}.csv.part"


def csv_text(cell: Cell, *, guard: bool) -> str:
    """A cell as it stands in a CSV file; with `guard`, an apostrophe before what a spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if guard and cell.startswith(_FORMULA) else cell
    return str(int(cell)) if float(cell).is_integer() else repr(float(cell))


def write_csv(file: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one table for people: UTF-8 with a byte order mark, and no cell that a spreadsheet takes for a formula.

    Returns:
        Number of rows, without the headings.

    Raises:
        Trouble: the disk is full, or the folder cannot be written; then the file is as it was.
    """
    count = 0
    with _told(file), written(file) as out:
        lines = TextIOWrapper(out, encoding="utf-8-sig", newline="", errors="surrogatepass")
        table = csv.writer(lines)
        table.writerow([csv_text(heading, guard=True) for heading in headings])
        for count, row in enumerate(rows, start=1):  # noqa: B007 - it is the result
            table.writerow([csv_text(cell, guard=True) for cell in row])
        lines.flush()
        lines.detach()
    return count


class XlsxFile:
    """A workbook with one sheet a table. Texts stay texts, whatever they begin with.

    A table with more rows than a sheet holds goes on in the next one.

    Args:
        file: the workbook; written over when it is there.
    """

    def __init__(self, file: Path) -> None:
        from openpyxl import Workbook

        self.remarks: list[str] = []
        self._file = file
        self._book: Workbook = Workbook(write_only=True)
        self._sheets: dict[str, Any] = {}
        self._heads: dict[str, tuple[Sequence[str], Sequence[bool]]] = {}
        self._rows: dict[str, int] = {}
        self._titles: set[str] = set()

    def table(self, name: str, headings: Sequence[str], numbers: Sequence[bool]) -> None:
        """Begin a table.

        Raises:
            Refusal: work.too_many_columns.
        """
        if len(headings) > _MOST_COLUMNS:
            raise Refusal("work.too_many_columns", table=name, columns=len(headings), most=_MOST_COLUMNS)
        self._heads[name] = (headings, numbers)
        self._begin(name)

    def row(self, name: str, cells: Sequence[Cell]) -> None:
        """Put a row into a table."""
        if self._rows[name] >= _MOST_ROWS:
            self._begin(name)
        self._rows[name] += 1
        numbers = self._heads[name][1]
        sheet = self._sheets[name]
        sheet.append([self._cell(sheet, cell, number) for cell, number in zip(cells, numbers, strict=True)])

    def finish(self) -> list[Path]:
        """Write the workbook and give it its name."""
        with _told(self._file):
            part = part_of(self._file)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                nameless_sheets.save(self._book, part)
                with part.open("rb+") as written:
                    sync(written)
                give_name(part, self._file)
            finally:
                part.unlink(missing_ok=True)
        return [self._file]

    def abandon(self) -> None:
        """Leave nothing behind: rows wait in passing files until the workbook is written."""
        for sheet in self._book.worksheets:
            with suppress(Exception):  # whatever the state, its passing file is to go
                nameless_sheets.abandon(sheet)

    def _begin(self, name: str) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        headings, _ = self._heads[name]
        sheet = self._sheets[name] = self._book.create_sheet(self._title(name))
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(headings, 1):
            width = sheet.column_dimensions[get_column_letter(number)]
            width.width = min(40, max(10, len(heading) + 2))
        head: list[Any] = []
        for heading in headings:
            cell = WriteOnlyCell(sheet, self._writable(heading))
            cell.data_type, cell.font = "s", Font(bold=True)
            head.append(cell)
        nameless_sheets.begin(sheet)
        sheet.append(head)
        self._rows[name] = 1

    def _title(self, name: str) -> str:
        """A name that a sheet may have: 31 letters, some not allowed, no two alike but for capitals."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ") or "table"
        for number in range(1, 10_000):
            tail = f" ({number})" if number > 1 else ""
            title = plain[: 31 - len(tail)] + tail
            if title.casefold() not in self._titles:
                self._titles.add(title.casefold())
                return title
        raise Refusal("work.too_many_columns", table=name, columns=10_000, most=10_000)

    def _cell(self, sheet: Any, cell: Cell, number: bool) -> Any:  # noqa: FBT001 - goes with each cell
        if not isinstance(cell, str):
            return cell
        if number and _NUMBER.match(cell) and len(cell) <= _DIGITS:
            return float(cell) if "." in cell else int(cell)
        text = self._writable(cell)
        if not text.startswith("="):
            return text or None
        from openpyxl.cell import WriteOnlyCell

        kept = WriteOnlyCell(sheet, text)
        kept.data_type = "s"
        return kept

    def _writable(self, text: str) -> str:
        if len(text) > _LONGEST:
            self.remarks.append("cut")
            text = text[: _LONGEST - 1] + "…"
        if _UNWRITABLE.search(text):
            self.remarks.append("unwritable")
            text = _UNWRITABLE.sub("\ufffd", text)
        return text


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(file)) from error
