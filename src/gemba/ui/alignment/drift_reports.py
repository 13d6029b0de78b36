"""The buttons that write the reports of a quarter."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.quarters import quarter_of
from gemba.errors import GembaError
from gemba.ui.alignment.drift_shown import Asked
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.issue_quarter_report import QuarterReport, alignment_quarter, management_review

ALIGNMENT, REVIEW = "alignment", "management-review"


class ReportButtons(QWidget):
    """One button for each report, and one that is there once somebody has to look whether words name people.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drift.reports")
        self._services = services
        self.asked = Asked()
        self._waiting: tuple[str, Path, str] | None = None
        titles = {ALIGNMENT: wording.text("Alignment report …"), REVIEW: wording.text("Management review …")}
        across = Flow(self)
        self.buttons = {
            report: Button(
                title, name=f"drift.report.{report}", icon="file-text", run=partial(self.ask, report), parent=self
            )
            for report, title in titles.items()
        }
        words = wording.text("These are no names: write it")
        self.no_names = Button(words, name="drift.report.no_names", icon="check", run=self.write_anyway, parent=self)
        for button in (*self.buttons.values(), self.no_names):
            across.addWidget(button)
        self.no_names.hide()

    def ask(self, report: str) -> None:
        """Ask where it goes, and write it."""
        quarter = self.asked.quarter or quarter_of(self._services.desk.clock().date())
        proposed = str(Path.home() / f"{report}-{quarter}.pdf")
        name, _ = QFileDialog.getSaveFileName(self, wording.text("Report"), proposed, wording.text("PDF (*.pdf)"))
        if name:
            self.write(report, Path(name), quarter)

    def write(self, report: str, out: Path, quarter: str, *, are_no_names: bool = False) -> None:
        """Write a report of a quarter."""
        self._waiting = (report, out, quarter)
        self.no_names.hide()
        self._let(write=False)
        what = (report, quarter, self.asked.place, out, are_no_names)
        self._services.jobs.write(write_report, what, done=self._written, failed=self._not_written, label="report")

    @Slot()
    def write_anyway(self) -> None:
        """Write it: somebody has looked, and no word names a person."""
        if self._waiting is not None:
            self.write(*self._waiting, are_no_names=True)

    def _let(self, *, write: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(write)

    def _written(self, found: QuarterReport) -> None:
        self._let(write=True)
        issued = found.issued
        told = wording.plural(
            "Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", issued.pages, file=issued.file.name
        )
        kept = wording.text("Issued as {number}.", number=found.number) if issued.kept else ""
        draft = wording.text("A draft, which is not kept: the quarter is not over, or nothing in it is judged yet.")
        self._services.messages.info(f"{told} {kept or draft}")

    def _not_written(self, error: GembaError) -> None:
        self._let(write=True)
        self._services.messages.trouble(error)
        self.no_names.setVisible(error.code == "work.may_name_people")


def write_report(desk: Any, what: tuple[str, str, str, Path, bool]) -> QuarterReport:
    """Write it; on the job's thread that writes."""
    report, quarter, place, out, are_no_names = what
    if report == ALIGNMENT:
        return alignment_quarter(desk, quarter, place or None, out)
    return management_review(desk, quarter, place or None, out, are_no_names=are_no_names)
