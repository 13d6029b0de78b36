"""The form of a new calibration session."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.calibration import VERDICTS, NewSession, make
from gemba.work.calibration_said import cases_said, pairs_said
from gemba.work.goals_in_force import in_force

_HIGH = 160
_FIELDS = {
    "work.session_without_title": "title",
    "work.session_levels": "levels",
    "work.session_standard": "standards",
    "work.no_such_level": "levels",
}


class CalibrationForm(Card):
    """Takes title, cases and levels.

    Args:
        services: of the window.
        parent: the owner.
    """

    made = Signal(str)
    """Uid of the session."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Make a calibration session"), look="inset", parent=parent)
        self._services = services
        self.title, self.levels = (_line(f"calibration_form.{code}", self) for code in ("title", "levels"))
        self.goal = Choice(name="calibration_form.goal", parent=self)
        self.cases, self.standards = (_words(f"calibration_form.{code}", self) for code in ("cases", "standards"))
        self.ordered = QCheckBox(wording.text("The levels stand in an order"), self)
        self.ordered.setObjectName("calibration_form.ordered")
        self.fields = {
            "title": Field(wording.text("&Title"), self.title, parent=self),
            "goal": Field(
                wording.text("&Goal"),
                self.goal,
                hint=wording.text("Its anchors are what the raters begin with."),
                parent=self,
            ),
            "cases": Field(
                wording.text("&Cases"),
                self.cases,
                hint=wording.text("One a line: what happened, or the number of a decision that was logged."),
                parent=self,
            ),
            "levels": Field(
                wording.text("&Levels"),
                self.levels,
                hint=wording.text("The lowest first, commas between."),
                parent=self,
            ),
            "standards": Field(
                wording.text("The &right level, where it is known"),
                self.standards,
                hint=wording.text("One a line: 3=part, by the number of the case."),
                parent=self,
            ),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.ordered)
        flow = Flow()
        for button in (
            Button(
                wording.text("Make it"),
                name="calibration_form.keep",
                icon="check",
                run=self.keep,
                once=True,
                parent=self,
            ),
            Button(
                wording.text("Cancel"), name="calibration_form.cancel", look="quiet", run=self.left.emit, parent=self
            ),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def begin(self) -> None:
        """An empty form; the keyboard begins in the title."""
        for edit in (self.title, self.cases, self.standards):
            edit.clear()
        self.levels.setText(", ".join(VERDICTS))
        self.ordered.setChecked(True)
        self._say("", "")
        self._services.jobs.ask(_goals, self._services.desk, done=self._offer)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Make the session."""
        said = {
            "title": self.title.text(),
            "cases": self.cases.toPlainText(),
            "levels": tuple(part.strip() for part in self.levels.text().split(",")),
            "standards": self.standards.toPlainText(),
            "goal": self.goal.value or None,
            "is_ordered": self.ordered.isChecked(),
        }
        self._services.jobs.write(_make, said, done=self._made, failed=self._refused)

    def _offer(self, goals: list[tuple[str, str]]) -> None:
        self.goal.offer([("", wording.text("None")), *goals])

    def _made(self, change: Change) -> None:
        self._services.messages.info(wording.text("The session is made; its first round is open."))
        self.made.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        self._say(_FIELDS.get(error.code, "cases"), wording.sentence(error))

    def _say(self, code: str, words: str) -> None:
        for name, field in self.fields.items():
            field.say_problem(words if name == code else "")
        if code:
            self.fields[code].widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _make(desk: Any, said: dict[str, Any]) -> Change:
    with desk.reader() as reader:
        said["cases"] = cases_said(reader, said["cases"])
    said["standards"] = pairs_said(said["standards"])
    return make(desk, NewSession(**said))


def _goals(desk: Any) -> list[tuple[str, str]]:
    with desk.reader() as reader:
        return [(one.uid, one.title) for one in in_force(reader, None, desk.clock().date())]


def _line(name: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setObjectName(name)
    return made


def _words(name: str, parent: QWidget) -> QPlainTextEdit:
    made = QPlainTextEdit(parent)
    made.setObjectName(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(_HIGH if name.endswith("cases") else _HIGH // 2)
    return made
