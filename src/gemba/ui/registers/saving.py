"""A register as a file: as a document with its view and entries, or its entries as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.ui.services import Services
from gemba.work.register_facts import export
from gemba.work.register_sheet import register_pdf
from gemba.work.register_view import Asked

TABLE = ".csv"


def ask_file(parent: QWidget, code: str) -> Path | None:
    """Where a register is to be written, and by its ending as what; `None` when nobody says."""
    kinds = ";;".join((wording.text("PDF (*.pdf)"), wording.text("CSV table (*.csv)")))
    proposed = str(Path.home() / f"{code}.pdf")
    name, kind = QFileDialog.getSaveFileName(parent, wording.text("Save the register"), proposed, kinds)
    if not name:
        return None
    file = Path(name)
    if TABLE in kind and file.suffix != TABLE:
        return file.with_suffix(TABLE)
    return file if file.suffix else file.with_suffix(".pdf")


def save(services: Services, code: str, file: Path, asked: Asked) -> None:
    """Write a register into a file, beside the window."""
    services.jobs.errand(write, services.desk, code, file, asked, done=lambda out: _said(services, out))


def write(desk: Any, code: str, file: Path, asked: Asked) -> Path:
    """The same on a job's thread: a table where the file is to be one, else a document."""
    if file.suffix == TABLE:
        export(desk, code, file)
    else:
        register_pdf(desk, code, file, asked)
    return file


def _said(services: Services, file: Path) -> None:
    services.messages.info(wording.text("Wrote {file}.", file=file))
