"""Forms written as plain text: CSV with the sheet's name in the first column, or tables in Markdown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from gemba.errors import Refusal
from gemba.forms.books.cells import FORBIDDEN, sheet_of
from gemba.forms.books.shape import Book, Remark

_COMMENT = re.compile(r"^\s*#")
_TRAILING_COMMENT = re.compile(r"^(.*)(#[^|]+)$")
_LINE = re.compile(r"\s*\|(.*)\|\s*")
_SEPARATOR = re.compile(r"^[|:\- ]*-[|:\- ]*$")
_PIPE = re.compile(r"(?<!\\)\|")

Block = tuple[str, list[tuple[int, list[object]]]]


def read_text(source: bytes, name: str) -> Book:
    """Read a form that is plain text.

    Raises:
        Refusal: forms.not_a_workbook, when it is no table.
    """
    words, encoding = decode(source)
    if len(FORBIDDEN.findall(words[:4000])) > 4:
        raise Refusal("forms.not_a_workbook", file=name)
    book = Book()
    if encoding != "utf-8":
        book.remarks.append(Remark("encoding", text=encoding))
    if words.count("|", 0, 5000) >= 5 and "survey" in words[:20_000].lower() and _looks_like_markdown(words):
        blocks = list(_markdown(words))
    else:
        blocks = list(_csv(words, name))
    if not any(rows for _, rows in blocks):
        raise Refusal("forms.not_a_workbook", file=name)
    for title, rows in blocks:
        sheet = sheet_of(title, (cells for _, cells in rows), book.remarks)
        lines = dict(enumerate((line for line, _ in rows), 1))
        sheet.numbers = [lines.get(number, number) for number in sheet.numbers]
        book.take(sheet, alone=len(blocks) == 1)
    return book


def decode(source: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8, else Windows-1252."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if source.startswith(mark):
            return source.decode(encoding, "replace"), encoding.removesuffix("-sig")
    if source[1:200:2].count(0) > 50:
        return source.decode("utf-16-le", "replace"), "utf-16"
    try:
        return source.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return source.decode("cp1252", "replace"), "windows-1252"


def _looks_like_markdown(words: str) -> bool:
    lines = [line for line in words[:5000].splitlines() if line.strip()]
    return bool(lines) and sum(line.lstrip().startswith("|") for line in lines) * 2 > len(lines)


def _csv(words: str, name: str) -> Iterator[Block]:
    """Sheets one below the other; their names stand in the first column. A table alone is the survey sheet."""
    try:
        reader = csv.reader(StringIO(words, newline=""), delimiter=delimiter(words))
        lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader]
    except csv.Error as broken:
        raise Refusal("forms.not_a_workbook", file=name) from broken
    first = next((line for _, line in lines if any(line)), [])
    if {"type", "name"} <= {cell.lower() for cell in first}:
        yield "survey", [(number, list(line)) for number, line in lines if any(line)]
        return
    block: Block | None = None
    for number, line in lines:
        if line and line[0] and (block is None or line[0] != block[0]):
            if block is not None:
                yield block
            block = (line[0], [])
        if block is not None and any(line[1:]):
            block[1].append((number, list(line[1:])))
    if block is not None:
        yield block


def delimiter(words: str) -> str:
    """The comma, or what stands in its place where commas are in numbers."""
    first = words[:2000].lstrip("\r\n").partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _markdown(words: str) -> Iterator[Block]:
    block: Block | None = None
    for number, written in enumerate(words.splitlines(), 1):
        trailing = _TRAILING_COMMENT.match(written)
        line = _LINE.match(trailing[1] if trailing else written)
        if _COMMENT.match(written) or line is None or _SEPARATOR.match(line[1]):
            continue
        title, *cells = [cell.strip().replace(r"\|", "|") for cell in _PIPE.split(line[1])]
        if title:
            if block is not None:
                yield block
            block = (title, [])
        if block is not None and any(cells):
            block[1].append((number, list(cells)))
    if block is not None:
        yield block
