"""How an imported file is to be read: looked at, not asked for; whoever knows better corrects it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from gemba.errors import Refusal, Trouble
from gemba.work import intake_encoding, intake_sheet
from gemba.work.csv_rows import allow_long_fields
from gemba.work.intake_records import Faulty, Read, records

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
MOST_COLUMNS = 500
ADDED = ("Gemba: line", "Gemba: why it was not imported")
"""Titles of the columns that a file of refused records has besides; by the last it is known again."""
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How cells begin there that a spreadsheet would take for formulas."""
_LOOKED_AT = 1000
"""Records by which a file is judged."""
_HEADER_WITHIN = 20
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:([.,' ])\d{3})*(?:([.,])\d+)?$|[+-]?\d+(?:([.,])\d+)?$")
_CURRENCY = re.compile(r"(?:[€$£¥]|[A-Z]{3})\s*|\s*(?:[€$£¥]|[A-Z]{3})$")
"""What may stand before or behind an amount."""
_DATA = re.compile(r"[\d\s./:,+-]*$")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is read."""

    kind: str
    """`csv` or `xlsx`."""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int = 1
    """Line of the titles; 0 when there are none."""
    decimal: str = "."
    columns: tuple[str, ...]
    rows: int
    """How many there are, roughly."""
    formulas: bool = False
    """True when cells of a workbook are formulas: what they came to last is taken."""
    sheets: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    """The first records."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who knows better says of a file; what is empty is found out."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int | None = None


def read(path: Path, wish: Wish = Wish()) -> Reading:  # noqa: B008 - it never changes
    """Find out how a file is to be read.

    Raises:
        Refusal: `work.intake_no_file`, `work.intake_empty`, `work.intake_no_rows`, `work.intake_broken`,
            `work.intake_columns`, `work.intake_encoding`, `work.intake_sheet`, `forms.*` for a workbook that is none.
        Trouble: `work.unreadable`.
    """
    if path.is_dir():
        raise Refusal("work.intake_no_file", file=str(path))
    with _opened(path) as source:
        head = source.read(8)
        if not head.strip():
            raise Refusal("work.intake_empty", file=path.name)
    found = _workbook(path, wish) if head.startswith(b"PK") else _texts(path, head, wish)
    if found.rows == 0:
        broken = next((one for one in rows(path, found) if isinstance(one, Faulty)), None)
        if broken is not None:
            raise Refusal("work.intake_broken", file=path.name, line=broken.line)
        raise Refusal("work.intake_no_rows", file=path.name)
    return found


def rows(path: Path, reading: Reading) -> Iterator[Read | Faulty]:
    """The records behind the titles, each as wide as the titles are; what guarded a formula is taken away again."""
    if ADDED[-1] not in reading.columns:
        yield from _rows(path, reading)
        return
    for one in _rows(path, reading):
        if isinstance(one, Faulty):
            yield one
        else:
            yield one[0], [cell[1:] if cell.startswith(_GUARDED) else cell for cell in one[1]]


def _rows(path: Path, reading: Reading) -> Iterator[Read | Faulty]:
    width = len(reading.columns)
    if reading.kind == "xlsx":
        for one in intake_sheet.rows(path, reading.sheet, formulas=reading.formulas):
            number = one.line if isinstance(one, Faulty) else one[0]
            if number > reading.header:
                yield one if isinstance(one, Faulty) else _fitted(one, width)
        return
    with _opened(path) as source:
        if reading.encoding == "utf-8-sig":
            source.seek(3)
        # The titles themselves may be of another width: no line is wrong for what stands before them.
        lines = intake_encoding.lines(source, reading.encoding)
        for each in records(lines, reading.separator, width):
            if (each.line if isinstance(each, Faulty) else each[0]) > reading.header:
                yield each


def _fitted(one: Read, width: int) -> Read | Faulty:
    number, cells = one
    if len(cells) > width and any(cells[width:]):
        return Faulty(number, "\t".join(cells), "columns", tuple(cells))
    return number, [*cells[:width], *[""] * (width - len(cells))]


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Trouble("work.unreadable", file=str(path), why=error.strerror or str(error)) from error


def _workbook(path: Path, wish: Wish) -> Reading:
    intake_sheet.look(path)
    names = intake_sheet.sheets(path)
    if wish.sheet and wish.sheet not in names:
        raise Refusal("work.intake_sheet", sheet=wish.sheet, sheets=", ".join(names))
    formulas = intake_sheet.has_formulas(path)
    best: Reading | None = None
    for name in [wish.sheet] if wish.sheet else names:
        some = list(islice(intake_sheet.rows(path, name, formulas=formulas), _LOOKED_AT))
        good = [one for one in some if not isinstance(one, Faulty)]
        if not some:
            continue
        made = _made(path, [_trimmed(cells) for _, cells in good], [number for number, _ in good], wish.header)
        made = msgspec.structs.replace(made, kind="xlsx", sheet=name, formulas=formulas, sheets=tuple(names))
        if best is None or len(made.columns) * made.rows > len(best.columns) * best.rows:
            best = msgspec.structs.replace(made, rows=max(made.rows, len(some) - 1))
    if best is None:
        raise Refusal("work.intake_empty", file=path.name)
    return best


def _trimmed(cells: Sequence[str]) -> list[str]:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return list(cells[:width])


def _texts(path: Path, head: bytes, wish: Wish) -> Reading:
    if head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")) or path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}:
        raise Refusal("work.intake_other_file", file=path.name)
    with _opened(path) as source:
        encoding = wish.encoding or intake_encoding.guess(source)
        source.seek(3 if encoding == "utf-8-sig" else 0)
        try:
            lines = list(islice(intake_encoding.lines(source, encoding), _LOOKED_AT))
        except LookupError as error:
            raise Refusal("work.intake_encoding", encoding=encoding) from error
        size = source.seek(0, 2)
    separator = wish.separator or _separator([line for line, _ in lines])
    good = [one for one in records(iter(lines), separator) if not isinstance(one, Faulty)]
    if not good:
        is_empty = not any(line.strip() for line, _ in lines)
        raise Refusal("work.intake_empty" if is_empty else "work.intake_other_file", file=path.name)
    made = _made(path, [cells for _, cells in good], [number for number, _ in good], wish.header)
    held = sum(len(intake_encoding.as_bytes(line, encoding)) for line, _ in lines)
    rows = made.rows if len(lines) < _LOOKED_AT else max(made.rows, round(size / held * len(good)))
    return msgspec.structs.replace(made, kind="csv", encoding=encoding, separator=separator, rows=rows)


def _separator(lines: Sequence[str]) -> str:
    """The separator that most lines have equally often."""
    allow_long_fields()
    best, most = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths = Counter[int]()
        try:
            for cells in csv.reader(io.StringIO("".join(lines[:200])), delimiter=separator):
                widths[len(cells)] += bool(cells)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        if width > 1 and (count / max(1, widths.total()), width) > most:
            best, most = separator, (count / max(1, widths.total()), width)
    return best


def _made(path: Path, cells: Sequence[Sequence[str]], numbers: Sequence[int], header: int | None) -> Reading:
    """What the first records say: where the titles are, how many columns there are."""
    widths = Counter(len(row) for row in cells[: _HEADER_WITHIN * 5])
    width = max(widths.items(), key=lambda one: (one[1], one[0]))[0] if widths else 0
    at = _header(cells, width) if header is None else _place(numbers, header)
    columns = _titles(cells[at]) if at is not None else tuple(f"Column {n + 1}" for n in range(width))
    if len(columns) > MOST_COLUMNS:
        raise Refusal("work.intake_columns", file=path.name, columns=len(columns), most=MOST_COLUMNS)
    first = 0 if at is None else at + 1
    data = [row for row in cells[first:] if len(row) <= len(columns)]
    return Reading(
        kind="csv",
        header=0 if at is None else numbers[at],
        decimal=_decimal(data),
        columns=columns,
        rows=len(cells) - first,
        samples=tuple(tuple(cell[:200] for cell in row) for row in data[:_LOOKED_AT]),
    )


def _place(numbers: Sequence[int], header: int) -> int | None:
    return next((at for at, number in enumerate(numbers) if number == header), None) if header else None


def _header(cells: Sequence[Sequence[str]], width: int) -> int | None:
    """The first record that is as wide as the others and holds words alone; `None` when the first holds data."""
    for at, row in enumerate(cells[:_HEADER_WITHIN]):
        if len(row) < width or len(row) < 2 <= width:
            continue
        filled = [cell for cell in row if cell.strip()]
        words = [cell for cell in filled if not _DATA.match(cell)]
        if len(words) >= 0.8 * width and len(words) == len(filled) and max(map(len, words)) < 200:
            return at
        return None
    return None


def _titles(row: Sequence[str]) -> tuple[str, ...]:
    """The titles, each once; a column without one has its number."""
    found: list[str] = []
    for number, cell in enumerate(row, 1):
        title = " ".join(cell.split()) or f"Column {number}"
        again = 2
        while title in found:
            title, again = f"{' '.join(cell.split())} ({again})", again + 1
        found.append(title)
    return tuple(found)


def _decimal(cells: Sequence[Sequence[str]]) -> str:
    """The decimal mark: of numbers with one mark that is followed by other than three digits."""
    marks = Counter[str]()
    for row in cells:
        for cell in row:
            number = _CURRENCY.sub("", cell.strip(), count=1) if len(cell) < 25 else ""
            if (match := _NUMBER.match(number)) is not None:
                mark = match[2] or match[3]
                if mark and (match[1] not in (None, mark)):
                    marks[mark] += 5
                elif mark and len(number) - number.rfind(mark) != 4:
                    marks[mark] += 1
    return "," if marks[","] > marks["."] else "."
