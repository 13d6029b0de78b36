"""A checklist out of the library: as it came, or for ODK with its score as calculations."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.store.lines import TemplateLine
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.export_template import OdkFile, export_for_odk, export_original


class TakeTemplateOut(Card):
    """The ways out, below a checklist.

    Args:
        services: of the window.
        line: the checklist.
        parent: the owner.
    """

    def __init__(self, services: Services, line: TemplateLine, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Give it out"), look="inset", parent=parent)
        self._services, self._line = services, line
        told = wording.text(
            "For ODK, KoboToolbox and others the workbook reckons the score itself: calculations are put beside the "
            "questions, and nothing else is changed."
        )
        self.body.addWidget(Words(told, tone="muted", wrap=True, parent=self))
        flow = Flow()
        for title, name, icon, run in (
            (wording.text("Export for ODK …"), "library.detail.odk", "download", self.ask_for_odk),
            (wording.text("Original workbook …"), "library.detail.original", "file-spreadsheet", self.ask_for_original),
        ):
            flow.addWidget(Button(title, name=name, icon=icon, run=run, parent=self))
        self.body.addLayout(flow)

    @Slot()
    def ask_for_odk(self) -> None:
        """Ask where to, and write the workbook for other tools."""
        file = self._asked(f"{self._line.form_id}-odk.xlsx")
        if file is not None:
            self.odk_to(file)

    @Slot()
    def ask_for_original(self) -> None:
        """Ask where to, and write the workbook as it came."""
        file = self._asked(self._line.source_name)
        if file is not None:
            self.original_to(file)

    def odk_to(self, file: Path) -> None:
        """Write the workbook for other tools beside the window."""
        self._services.messages.info(wording.text("The workbook is being written …"))
        self._services.jobs.errand(export_for_odk, self._services.desk, self._line.uid, file, done=self._odk_written)

    def original_to(self, file: Path) -> None:
        """Write the workbook as it came."""
        written = partial(self._written, file)
        self._services.jobs.errand(export_original, self._services.desk, self._line.uid, file, done=written)

    def _asked(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, wording.text("Give the checklist out"), name, wording.text("Workbooks (*.xlsx *.xls *.csv)")
        )
        return Path(chosen) if chosen else None

    def _odk_written(self, made: OdkFile) -> None:
        self._services.messages.info(
            wording.plural(
                "Written to {file}; {n} question is scored in it by calculations.",
                "Written to {file}; {n} questions are scored in it by calculations.",
                made.scored,
                file=str(made.file),
            )
        )

    def _written(self, file: Path, _done: Any) -> None:
        self._services.messages.info(wording.text("Written to {file}", file=str(file)))
