"""The form that notes what a customer told against what was logged."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work import discrepancies as work


class NoteForm(QWidget):
    """What was compared, both figures and their unit.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.place = ""
        """Uid of the place that it is noted of; empty for none."""
        self.inputs: dict[str, QLineEdit] = {}
        self.fields: dict[str, Field] = {}
        flow = Flow(self, gap=12)
        for code, title in (
            ("what", wording.text("What is compared")),
            ("told", wording.text("Told by the customer")),
            ("logged", wording.text("Logged by the system")),
            ("unit", wording.text("Unit")),
        ):
            line = QLineEdit(self)
            line.setObjectName(f"follow.note.{code}")
            self.inputs[code] = line
            self.fields[code] = Field(title, line, parent=self)
            self.fields[code].setMinimumWidth(170)
            flow.addWidget(self.fields[code])
        flow.addWidget(
            Button(
                wording.text("Note the difference"),
                name="follow.note.keep",
                icon="plus",
                run=self.keep,
                once=True,
                parent=self,
            )
        )

    @Slot()
    def keep(self) -> None:
        """Note it."""
        for field in self.fields.values():
            field.say_problem("")
        figures = {code: _number(self.inputs[code].text()) for code in ("told", "logged")}
        for code, value in figures.items():
            if value is None:
                self.fields[code].say_problem(wording.text("Write a number."))
                return
        said = work.Told(
            self.inputs["what"].text(),
            figures["told"] or 0.0,
            figures["logged"] or 0.0,
            self.inputs["unit"].text(),
            place=self.place or None,
        )
        self._services.jobs.write(work.note, said, done=self._noted, failed=self._refused)

    def _noted(self, _change: Change) -> None:
        for code in ("told", "logged"):
            self.inputs[code].clear()
        self._services.messages.info(wording.text("Both figures are kept; say what explains the difference."))

    def _refused(self, error: GembaError) -> None:
        self.fields["what"].say_problem(wording.sentence(error))


def _number(words: str) -> float | None:
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return None
