"""The form of a single audit that is planned by hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.quarters import quarter_of
from gemba.errors import GembaError
from gemba.ui.audits.people import read_people
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.plan_audits import Plan, plan

_FIELDS = {
    "domain.quarter": "quarter",
    "work.second_is_lead": "second",
    "work.independence_in_doubt": "because",
    "work.audits_own": "auditor",
    "work.auditor_left": "auditor",
    "work.due_before_planned": "due",
}
"""By code of a refusal: the field that it is said at."""


class AuditForm(Card):
    """Plans one audit.

    Args:
        services: of the window.
        parent: the owner.
    """

    planned = Signal(str)
    """Carries the uid of the new audit."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Plan an audit"), parent=parent)
        self._services = services
        self._names = PlaceNames(services.desk)
        self.place = Choice(name="audit_form.place", search=True, parent=self)
        self.quarter = _line("audit_form.quarter", self)
        self.day = DayField(name="audit_form.day", optional=True, parent=self)
        self.due = DayField(name="audit_form.due", optional=True, parent=self)
        self.auditor = Choice(name="audit_form.auditor", parent=self)
        self.second = Choice(name="audit_form.second", parent=self)
        self.because = _line("audit_form.because", self)
        own = wording.text("A role at the place, or decisions brought in, raise a doubt; nobody audits their own.")
        self.fields = {
            "place": Field(wording.text("&Place"), self.place, parent=self),
            "quarter": Field(
                wording.text("&Quarter of the decisions"), self.quarter, hint=wording.text("2026-Q4, say."), parent=self
            ),
            "day": Field(
                wording.text("Planned &on"), self.day, hint=wording.text("Empty: the quarter's last day."), parent=self
            ),
            "due": Field(wording.text("&Due"), self.due, hint=wording.text("Empty: on its day."), parent=self),
            "auditor": Field(wording.text("&Lead auditor"), self.auditor, parent=self),
            "second": Field(wording.text("&Second auditor"), self.second, parent=self),
            "because": Field(wording.text("What keeps it &independent"), self.because, hint=own, parent=self),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        flow = Flow()
        for button in (
            Button(
                wording.text("Plan it"), name="audit_form.keep", icon="check", run=self.keep, once=True, parent=self
            ),
            Button(wording.text("Cancel"), name="audit_form.cancel", look="quiet", run=self.left.emit, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def begin(self) -> None:
        """Open, for this quarter and the person at the desk."""
        for field in self.fields.values():
            field.say_problem("")
        self.quarter.setText(quarter_of(self._services.desk.clock().date()))
        self.day.put(None)
        self.due.put(None)
        self.because.clear()
        self._services.jobs.ask(_read, self._services.desk, done=self._offer)
        self.place.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Plan it."""
        for field in self.fields.values():
            field.say_problem("")
        if not self.place.value:
            self.fields["place"].say_problem(wording.text("Choose the place."))
            return
        wanted = Plan(
            place=self.place.value,
            quarter=self.quarter.text(),
            planned_on=self.day.day,
            due=self.due.day,
            auditor=self.auditor.value,
            second=self.second.value or None,
            independent_because=self.because.text(),
        )
        self._services.jobs.write(plan, wanted, done=self._kept, failed=self._refused)

    def _offer(self, found: tuple[Any, list[tuple[str, str]]]) -> None:
        places, people = found
        self._names.take(places)
        self.place.offer([("", ""), *self._names.choices()])
        self.auditor.offer(people)
        self.auditor.choose(self._services.desk.person.uid)
        self.second.offer([("", wording.text("Nobody")), *people])

    def _kept(self, change: Change) -> None:
        self._services.messages.info(wording.text("The audit is planned."))
        self.planned.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        code = _FIELDS.get(error.code)
        if code is None:
            self._services.messages.trouble(error)
            return
        self.fields[code].say_problem(wording.sentence(error))
        self.fields[code].widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(name: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setObjectName(name)
    return line


def _read(desk: Any) -> tuple[Any, list[tuple[str, str]]]:
    return read_places(desk), read_people(desk)
