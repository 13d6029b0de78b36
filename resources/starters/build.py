"""Build the starter library: `uv run python -m resources.starters.build`.

Writes `resources/templates/*.xlsx` from the sources beside this file, the XForm of each into
`resources/templates/xforms/`, and `resources/templates/catalogue.json`. The same sources make the same bytes, so a
workbook changes only when its source did. With names of sources as arguments only those are built.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from resources.starters.source import Cells, Layout, columns, lay_out, stems

from gemba.forms.reading import convert

TARGET = Path(__file__).parent.parent / "templates"
_EPOCH = datetime(2026, 1, 1)  # noqa: DTZ001 - openpyxl wants it naive; it is the same in each workbook
_HEAD = PatternFill("solid", fgColor="1F3A4D")
_WIDTHS = {"type": 22, "name": 22, "label": 46, "hint": 42, "guidance_hint": 42, "relevant": 32, "calculation": 34}


def workbook(layout: Layout) -> bytes:
    """The `.xlsx` of a layout, with a head that stays and columns wide enough to read."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    spoken = [column for column in layout.choices[0] if column.startswith("label::")]
    _sheet(book.create_sheet("survey"), list(columns(layout)), layout.survey, "C2")
    heads = ["list_name", "name", *spoken]
    if any("score" in choice for choice in layout.choices):
        heads.append("score")
    _sheet(book.create_sheet("choices"), heads, layout.choices, "C2")
    _sheet(book.create_sheet("settings"), list(layout.settings[0]), layout.settings, "A2")
    _about(book.create_sheet("about"), layout.about)
    book.properties.creator = "Gemba"
    book.properties.created = book.properties.modified = _EPOCH
    written = BytesIO()
    book.save(written)
    return _undated(written.getvalue())


def _sheet(sheet: Worksheet, heads: list[str], rows: list[Cells], frozen: str) -> None:
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    sheet.freeze_panes = frozen
    for number, head in enumerate(heads, 1):
        top = sheet.cell(1, number)
        top.font, top.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[top.column_letter].width = _WIDTHS.get(head.partition("::")[0], 18)
        for cells in sheet.iter_rows(min_col=number, max_col=number):
            rightward = 2 if head.endswith("(ar)") else 0
            cells[0].alignment = Alignment(wrap_text=True, vertical="top", readingOrder=rightward)


def _about(sheet: Worksheet, lines: list[tuple[str, str]]) -> None:
    for line in lines:
        sheet.append(line)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 96
    for left, right in sheet.iter_rows():
        left.font = Font(bold=True)
        left.alignment = right.alignment = Alignment(wrap_text=True, vertical="top")


def _undated(source: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(source)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _core(data)
            new.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _core(data: bytes) -> bytes:
    """The properties with the day of all workbooks; openpyxl writes the present one at each saving."""
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", data)


def entry(layout: Layout, source: bytes) -> dict[str, Any]:
    """What the catalogue says of one workbook, so that listing the library converts nothing."""
    facts = layout.facts
    opened = [row for row in layout.survey if row["type"] in {"begin_group", "begin_repeat"}]
    asked = [row for row in layout.survey if not str(row["type"]).startswith(("begin_", "end_"))]
    return {
        "file": f"{layout.stem}.xlsx",
        "form_id": facts["form_id"],
        "version": facts["version"],
        "kind": facts["kind"],
        "minutes": facts["minutes"],
        "sections": sum(1 for items in layout.items.values() if items) or len(opened),
        "items": sum(len(items) for items in layout.items.values()) or len(asked),
        "title": {code: facts["title"][code] for code in layout.languages},
        "about": {code: facts["about"][code] for code in layout.languages},
        "sha256": hashlib.sha256(source).hexdigest(),
    }


def build(names: list[str]) -> None:
    """Write the workbooks and XForms of the sources `names`, and the whole catalogue."""
    (TARGET / "xforms").mkdir(parents=True, exist_ok=True)
    entries = []
    for stem in stems():
        layout = lay_out(stem)
        source = workbook(layout)
        entries.append(entry(layout, source))
        if stem in names or not names:
            (TARGET / f"{stem}.xlsx").write_bytes(source)
            xform = convert(source, f"{stem}.xlsx")
            (TARGET / "xforms" / f"{stem}.xml").write_text(xform, encoding="utf-8", newline="\n")
    catalogue = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    (TARGET / "catalogue.json").write_text(catalogue, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(sys.argv[1:])
