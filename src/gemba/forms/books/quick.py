"""The rows of an .xlsx taken straight from its parts, in a fraction of the time that openpyxl needs.

Only what is plain is read here: where anything is unusual (`Unusual`), openpyxl reads the workbook instead, and says
what is wrong with it. Both give the same texts.
Source: ECMA-376 (Office Open XML), part 1, sections 18.2 to 18.8.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_LARGEST = 20_000_000
"""Bytes of a part that is read as a whole; larger ones openpyxl reads bit by bit."""
_AT = re.compile(r"([A-Z]{1,3})([0-9]+)", re.ASCII)
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]+"(?: s="[0-9]+")? ?/>')
"""A cell with a format and nothing in it; many workbooks have a hundred of these for each with a text."""
_ESCAPED = "x005F_"


class Unusual(Exception):
    """Something that is read here stands otherwise than usual."""


@dataclass(slots=True)
class Parts:
    """What the sheets of one workbook share."""

    archive: ZipFile
    sheets: list[tuple[str, str]]
    """Title and part of every sheet, in order."""
    texts: list[str]
    dates: dict[int, bool]
    """Styles that make a date of a number; true where they make a duration."""
    since_1904: bool = False
    columns: dict[str, int] = field(default_factory=dict)

    def xml(self, part: str) -> bytes:
        """The bytes of one part."""
        return _bytes(self.archive, part)


def parts(archive: ZipFile) -> Parts:
    """Look up the sheets, the shared texts and the styles that make dates.

    Raises:
        Unusual: the workbook is laid out in another way.
    """
    book = _tree(archive, _WORKBOOK)
    links = {
        link.get("Id"): link for link in _tree(archive, "xl/_rels/workbook.xml.rels").iter(f"{_LINKS}Relationship")
    }
    sheets = []
    for sheet in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        link = links.get(sheet.get(_ID, ""))
        if link is None or link.get("TargetMode") == "External":
            raise Unusual
        if (link.get("Type") or "").endswith("/worksheet"):
            sheets.append((sheet.get("name") or "", _part(link.get("Target") or "")))
    if not sheets:
        raise Unusual
    others = {(link.get("Type") or "").rpartition("/")[2]: _part(link.get("Target") or "") for link in links.values()}
    properties = book.find(f"{_MAIN}workbookPr")
    since_1904 = properties is not None and properties.get("date1904", "0") in {"1", "true"}
    return Parts(archive, sheets, _texts(archive, others), _dates(archive, others), since_1904)


def rows(shared: Parts, xml: bytes, most_columns: int) -> Iterator[list[object]]:
    """The cells of every row of a sheet from the first on; rows that are missing are empty.

    Raises:
        Unusual: also after some rows were given.
    """
    data = _root(_EMPTY.sub(b"", xml)).find(f"{_MAIN}sheetData")
    if data is None:
        raise Unusual
    expected = 1
    for row in data:
        number = int(row.get("r", expected))
        if row.tag != f"{_MAIN}row" or number < expected:
            raise Unusual
        for _ in range(expected, number):
            yield []
        yield _cells(shared, row, most_columns)
        expected = number + 1


def _cells(shared: Parts, row: Element, most: int) -> list[object]:
    found: list[object] = []
    for cell in row:
        said = cell.get("r", "")
        at = shared.columns.get(said.rstrip("0123456789"), -1)
        if at < 0:
            at = _column(shared, said)
        if at >= most:
            break
        if at < len(found):
            raise Unusual
        value = _value(shared, cell)
        if value is not None:
            found.extend([None] * (at - len(found)))
            found.append(value)
    return found


def _column(shared: Parts, said: str) -> int:
    """The column, from 0, of a cell such as C7; remembered by its letters."""
    found = _AT.fullmatch(said)
    if found is None:
        raise Unusual
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    shared.columns[found[1]] = number - 1
    return number - 1


def _value(shared: Parts, cell: Element) -> object:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text(inline) if inline is not None else None
    said = cell.findtext(f"{_MAIN}v")
    if not said:
        return None
    match kind:
        case "s":
            return shared.texts[int(said)]
        case "n":
            number = float(said) if "." in said or "E" in said or "e" in said else int(said)
            style = int(cell.get("s", 0))
            return _moment(shared, number, style) if style in shared.dates else number
        case "b":
            return bool(int(said))
        case "str" | "e":
            return said
    raise Unusual


def _moment(shared: Parts, number: float, style: int) -> object:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if shared.since_1904 else WINDOWS_EPOCH
    return from_excel(number, epoch, timedelta=shared.dates[style])


def _texts(archive: ZipFile, others: dict[str, str]) -> list[str]:
    if "sharedStrings" not in others:
        return []
    return [
        _text(each).replace(_ESCAPED, "") for each in _tree(archive, others["sharedStrings"]).iterfind(f"{_MAIN}si")
    ]


def _text(node: Element) -> str:
    """The text of a shared or inline string: its own, and that of its runs."""
    if len(node) == 1 and node[0].tag == f"{_MAIN}t":
        return node[0].text or ""
    plain = node.find(f"{_MAIN}t")
    runs = [run.findtext(f"{_MAIN}t") or "" for run in node.iterfind(f"{_MAIN}r")]
    return "".join([(plain.text or "") if plain is not None else "", *runs])


def _dates(archive: ZipFile, others: dict[str, str]) -> dict[int, bool]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    if "styles" not in others:
        return {}
    styles = _tree(archive, others["styles"])
    formats: dict[int, Any] = dict(BUILTIN_FORMATS)
    for each in styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt"):
        formats[int(each.get("numFmtId", 0))] = each.get("formatCode")
    found = {}
    for at, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        code = formats.get(int(style.get("numFmtId", 0)))
        if is_date_format(code):
            found[at] = is_timedelta_format(code)
    return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _tree(archive: ZipFile, part: str) -> Element:
    return _root(_bytes(archive, part))


def _bytes(archive: ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > _LARGEST:
        raise Unusual
    return archive.read(part)


def _root(xml: bytes) -> Element:
    """The tree of a part; none that declares entities or is in another encoding gets so far as to be parsed."""
    if b"<!" in xml.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\x00" in xml:
        raise Unusual
    return fromstring(xml)  # noqa: S314 - declarations were looked for
