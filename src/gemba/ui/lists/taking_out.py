"""Lines out of the window: onto the clipboard, or into a CSV file."""

from __future__ import annotations

from array import array
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gemba import wording
from gemba.ui.lists.columns import Shape
from gemba.ui.lists.export import as_text, headings, write_csv
from gemba.ui.lists.source import Source
from gemba.ui.lists.table import LineTable
from gemba.ui.services import Services

_COPY_LIMIT = 10_000


class TakingOut(QObject):
    """Copies and exports what is chosen in a table.

    Args:
        shape: what the list shows.
        source: where the lines come from.
        services: of the window.
        table: whose lines they are; it owns this.
    """

    stepped = Signal(object, object)
    """How far an export is: lines written, of how many."""
    ended = Signal()
    """The export is written."""

    def __init__(self, shape: Shape, source: Source, services: Services, table: LineTable) -> None:
        super().__init__(table)
        self._shape, self._source, self._services, self._table = shape, source, services, table

    @Slot()
    def copy(self) -> None:
        """Copy the chosen lines, as spreadsheets take them."""
        rows = self._table.chosen_rows()[:_COPY_LIMIT]
        lines = [line for row in rows if (line := self._table.lines.line(row)) is not None]
        if lines:
            QGuiApplication.clipboard().setText(as_text(self._shape.columns, lines))
            self._services.messages.info(wording.plural("{n} line copied.", "{n} lines copied.", len(lines)))

    @Slot()
    def export(self) -> None:
        """Ask for a file and write lines to it."""
        name, _ = QFileDialog.getSaveFileName(
            self._table, wording.text("Export as CSV"), f"{self._shape.name}.csv", wording.text("CSV files (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, file: Path) -> None:
        """Write the chosen lines to a CSV file, or all when fewer than two are chosen."""
        rows, model = self._table.chosen_rows(), self._table.lines
        keys = array("q", (model.key(row) for row in rows)) if len(rows) > 1 else model.keys()[:]
        self._services.jobs.errand(
            write_csv,
            self._source,
            self._shape.columns,
            headings(self._shape.columns),
            keys,
            file,
            progress=self._told,
            done=self._exported,
        )

    def _told(self, done: int, total: int, _words: str) -> None:
        self.stepped.emit(done, total)

    def _exported(self, lines: int) -> None:
        self.ended.emit()
        self._services.messages.info(wording.plural("{n} line exported.", "{n} lines exported.", lines))
