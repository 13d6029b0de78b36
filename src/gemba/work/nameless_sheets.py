"""Workbooks are written by way of scratch files without a name: what is in them is nobody else's business.

openpyxl puts each sheet into a file in the temporary folder, readable and, when the program is killed, for ever.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile


def begin(sheet: Any) -> None:
    """Let a write-only sheet collect its rows in a nameless file; call it when its columns are set, before any row."""
    from openpyxl.worksheet._writer import WorksheetWriter

    sheet._writer = WorksheetWriter(sheet, tempfile.TemporaryFile())  # noqa: SIM115, SLF001 - closed by `save` or `abandon`
    sheet._writer.write_top()  # noqa: SLF001 - as openpyxl does with its own


def abandon(sheet: Any) -> None:
    """Let go of the rows of a write-only sheet that is not wanted any more."""
    if sheet._writer is not None:  # noqa: SLF001 - as above
        sheet.close()
        sheet._writer.out.close()  # noqa: SLF001 - as above


def save(book: Any, file: Path | IO[bytes]) -> None:
    """Write a workbook, write-only or not.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)

    class Nameless(ExcelWriter):
        """Takes sheets from files without a name."""

        def write_worksheet(self, ws: Any) -> None:
            """As openpyxl's own, but for the file between."""
            if self.workbook.write_only and ws._writer is None:  # noqa: SLF001 - a sheet without a row
                begin(ws)
            if not self.workbook.write_only:
                with tempfile.TemporaryFile() as scratch:
                    writer = WorksheetWriter(ws, scratch)
                    self._take(ws, writer, writer.write)
            else:
                self._take(ws, ws._writer, lambda: None if ws.closed else ws.close())  # noqa: SLF001 - as above
                ws._writer.out.close()  # noqa: SLF001 - as above

        def _take(self, ws: Any, writer: Any, finish: Any) -> None:
            from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

            ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as above
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001 - as above
            finish()
            ws._rels = writer._rels  # noqa: SLF001 - as above
            writer.out.seek(0)
            with archive.open(ws.path[1:], "w", force_zip64=True) as into:
                shutil.copyfileobj(writer.out, into)
            self.manifest.append(ws)

    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    Nameless(book, archive).save()
