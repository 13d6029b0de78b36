"""The button that writes the quarterly deep-dive pack."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.reports.facts import Rendered
from gemba.ui.parts.buttons import Button
from gemba.ui.services import Services
from gemba.work.deep_dive import deep_dive, quarter_of
from gemba.work.deep_dive_sheet import deep_dive_pdf

_YOUNG = 31
"""Days into a quarter until which the one before is what a review is about."""


class FollowPack(Button):
    """Writes the pack of the quarter that is being reviewed.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.text("Deep dive as PDF …"), name="follow.pack", icon="file-text", run=self.ask, parent=parent
        )
        self._services = services
        self.place = ""

    @Slot()
    def ask(self) -> None:
        """Ask where it goes, and write it."""
        first, last = reviewed_quarter(self._services.desk.clock().date())
        proposed = str(Path.home() / f"deep-dive-{first:%Y-%m}.pdf")
        name, _ = QFileDialog.getSaveFileName(self, wording.text("Deep dive"), proposed, wording.text("PDF (*.pdf)"))
        if name:
            self.write(Path(name), first, last)

    def write(self, out: Path, first: date, last: date) -> None:
        """Write the pack of some days."""
        self._services.jobs.errand(
            write_pack, self._services.desk, (out, first, last, self.place), done=self._written, label="deep dive"
        )

    def _written(self, done: tuple[Path, Rendered]) -> None:
        file, rendered = done
        self._services.messages.info(
            wording.plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", rendered.pages, file=file.name)
        )


def reviewed_quarter(today: date) -> tuple[date, date]:
    """The quarter that a review today is about: in its first month the one before."""
    begins, ends = quarter_of(today)
    return quarter_of(begins - timedelta(days=1)) if (today - begins).days < _YOUNG else (begins, ends)


def write_pack(desk: Any, what: tuple[Path, date, date, str]) -> tuple[Path, Rendered]:
    """Write the pack; on a job's thread."""
    out, first, last, place = what
    return out, deep_dive_pdf(desk, deep_dive(desk, first, last, place=place or None), out)
