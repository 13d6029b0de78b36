"""Writes a workbook: plain, tidy, every cell a text, and the same bytes for the same book.

openpyxl would stamp the time into the file and take texts such as "=1" for formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gemba.forms.books.cells import FORBIDDEN, letter
from gemba.forms.books.shape import SHEETS, Book, Sheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BREAKS = {"\r": "&#13;"}
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>\
</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>\
<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>\
</cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" \
applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def write_xlsx(book: Book) -> bytes:
    """The workbook as .xlsx: header bold and always in view, widths as the texts need them."""
    order = {name: at for at, name in enumerate(SHEETS)}
    sheets = sorted(
        ((name, sheet) for name, sheet in book.sheets.items() if sheet.columns or sheet.rows or name == "survey"),
        key=lambda known: order.get(known[0], len(order)),
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path, words in _parts([name for name, _ in sheets]):
            archive.writestr(_part(path), words)
        for number, (_, sheet) in enumerate(sheets, 1):
            archive.writestr(_part(f"xl/worksheets/sheet{number}.xml"), "".join(_sheet(sheet)))
    return out.getvalue()


def _part(path: str) -> ZipInfo:
    made = ZipInfo(path)  # dated 1980: the same book is the same bytes on any day
    made.compress_type = ZIP_DEFLATED
    return made


def _parts(names: list[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    style = f'<Relationship Id="rId{len(names) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/>'
    yield "[Content_Types].xml", _content_types(overrides)
    yield "_rels/.rels", _links(f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>')
    yield "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>'
    yield "xl/_rels/workbook.xml.rels", _links(links + style)
    yield "xl/styles.xml", _STYLES


def _links(each: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _content_types(overrides: str) -> str:
    links = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{links}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _sheet(sheet: Sheet) -> Iterator[str]:
    placed = sheet.placed()
    last = f"{letter(max(len(sheet.columns) - 1, 0))}{placed[-1][0] if placed else 1}"
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/>'
    yield '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
    yield 'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    if sheet.columns:
        yield "<cols>"
        for number, column in enumerate(sheet.columns, 1):
            yield f'<col min="{number}" max="{number}" width="{_width(column, sheet)}" customWidth="1"/>'
        yield "</cols>"
    yield "<sheetData>"
    yield from _row(1, {column: column for column in sheet.columns}, sheet.columns, 1)
    for number, row in placed:
        yield from _row(number, row, sheet.columns, 0)
    yield "</sheetData></worksheet>"


def _row(number: int, row: dict[str, str], columns: list[str], style: int) -> Iterator[str]:
    yield f'<row r="{number}">'
    for at, column in enumerate(columns):
        if text := row.get(column):
            yield f'<c r="{letter(at)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
            yield f"{escape(FORBIDDEN.sub('', text), _BREAKS)}</t></is></c>"
    yield "</row>"


def _width(column: str, sheet: Sheet) -> int:
    """Characters that most cells of the column need, not less than its header."""
    longest = max((len(row.get(column, "")) for row in sheet.rows[:500]), default=0)
    return max(8, len(column) + 2, min(longest + 2, 60))
