"""The huddle sheet of a place: asked for in the window, written as one page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.reports.facts import Rendered
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.huddle import huddle_sheet


class HuddleForm(Card):
    """Which place, and since when.

    Args:
        services: of the window.
        names: of the places.
        parent: the owner.
    """

    closed = Signal()

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Huddle sheet"), look="inset", parent=parent)
        self._services, self._names = services, names
        self._file = Path()
        self.place = Choice(name="maps.huddle.place", search=True, parent=self)
        self.since = DayField(name="maps.huddle.since", parent=self)
        self._since_field = Field(
            wording.text("&Last huddle"), self.since, hint=wording.text("A week ago when no day is said."), parent=self
        )
        self._place_field = Field(
            wording.text("&Place"),
            self.place,
            hint=wording.text(
                "One page: what stands out, one question to go and see, what customers say, and what was changed."
            ),
            parent=self,
        )
        self.body.addWidget(self._place_field)
        self.body.addWidget(self._since_field)
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Write it"), name="maps.huddle.write", icon="file-text", run=self.ask, parent=self)
        )
        flow.addWidget(
            Button(wording.text("Cancel"), name="maps.huddle.cancel", look="quiet", run=self.closed.emit, parent=self)
        )
        self.body.addLayout(flow)

    def begin(self) -> None:
        """Ask for the place."""
        self.place.offer(self._names.choices())
        self._place_field.say_problem("")
        self._since_field.say_problem("")

    @Slot()
    def ask(self) -> None:
        """Ask where to, and write it."""
        if not self.place.value:
            self._place_field.say_problem(wording.text("Choose a place from the list."))
            return
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Huddle sheet"), "huddle.pdf", wording.text("PDF files (*.pdf)")
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, file: Path) -> None:
        """Write it beside the window, and open it."""
        self._file = file
        deed = partial(huddle_sheet, since=self.since.day)
        self._services.jobs.errand(
            deed, self._services.desk, self.place.value, file, done=self._written, failed=self._failed
        )

    def _written(self, rendered: Rendered) -> None:
        said = wording.text("The huddle sheet is written: {file}", file=str(self._file))
        self._services.messages.info(" ".join((said, *rendered.warnings)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))
        self.closed.emit()

    def _failed(self, error: GembaError) -> None:
        if error.code == "work.huddle_ahead":
            self._since_field.say_problem(wording.sentence(error))
        else:
            self._services.messages.trouble(error)
