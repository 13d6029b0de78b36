"""The form of a new escalation: it says to whom it goes and by when before it is raised."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.escalation_tiers import NEEDS_FORUM, SEVERITIES, Rung
from gemba.domain.escalations import EscalationSort
from gemba.errors import GembaError
from gemba.ui.escalations.shapes import capital, severity
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_facts import title_of
from gemba.work.escalation_subjects import case_of
from gemba.work.escalation_tiers import Ladders
from gemba.work.escalation_words import hours_words, sort_words
from gemba.work.escalations import Case, escalate

_HIGH = 84
_FIELD_OF = {
    "work.escalation_title": "title",
    "work.escalation_tried": "tried",
    "work.escalation_asked": "asked",
    "work.escalation_sides": "customer_side",
}


class _Begun(msgspec.Struct, frozen=True):
    case: Case
    about: str


class RaiseForm(Card):
    """A new escalation, of a record or by itself.

    Args:
        services: of the window.
        names: of places.
        parent: the owner.
    """

    raised = Signal(str)
    """Its uid."""
    left = Signal()

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Escalate"), parent=parent)
        self._services, self._names = services, names
        self._subject = ""
        self.about = Words("", tone="muted", wrap=True, parent=self)
        self.about.setObjectName("escalation.about")
        self.title = QLineEdit(self)
        self.sort = Choice([(each.value, sort_words(each)) for each in EscalationSort], name="escalation.sort")
        self.place = Choice(name="escalation.place", search=True)
        self.severity = Choice([(each, severity(each)) for each in SEVERITIES[::-1]], name="escalation.severity")
        self.severity.choose("medium")
        self.tried, self.asked, self.customer, self.other = (QPlainTextEdit(self) for _ in range(4))
        self.goes_to = Words("", tone="note", wrap=True, parent=self)
        self.goes_to.setObjectName("escalation.goes_to")
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("escalation.problem")
        self.problem.hide()
        self._put_fields()
        for choice in (self.sort, self.place, self.severity):
            choice.currentIndexChanged.connect(self._look)

    def begin(self, noun: str = "", uid: str = "") -> None:
        """Begin with empty fields, or with what a record says."""
        self._services.jobs.ask(read_places, self._services.desk, done=self._know_places)
        self._put(Case(title="", place="", tried="", asked=""), "")
        self._services.jobs.call_off(self._begun)
        if noun:
            self._services.jobs.ask(_read_case, self._services.desk, noun, uid, done=self._begun)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Raise it."""
        self._say_problem(None)
        case = Case(
            sort=EscalationSort(self.sort.value),
            title=self.title.text(),
            place=self.place.value,
            severity=self.severity.value,
            tried=self.tried.toPlainText(),
            asked=self.asked.toPlainText(),
            subject=self._subject,
            customer_side=self.customer.toPlainText() if self._hears_both else "",
            other_side=self.other.toPlainText() if self._hears_both else "",
        )
        self._services.jobs.write(escalate, case, done=self._was_raised, failed=self._say_problem)

    @property
    def _hears_both(self) -> bool:
        return EscalationSort(self.sort.value) in NEEDS_FORUM

    def _put_fields(self) -> None:
        texts = {"tried": self.tried, "asked": self.asked, "customer_side": self.customer, "other_side": self.other}
        for name, entry in texts.items():
            entry.setObjectName(f"escalation.{name}")
            entry.setTabChangesFocus(True)
            entry.setFixedHeight(_HIGH)
        self.title.setObjectName("escalation.title")
        without = wording.text("Never empty: without it, whoever has to answer begins at nothing.")
        question = wording.text("As a question that can be answered with yes or no, or by a choice.")
        self.fields = {
            "title": Field(wording.text("&What is escalated"), self.title, parent=self),
            "sort": Field(wording.text("&Sort"), self.sort, parent=self),
            "place": Field(wording.text("&Place"), self.place, parent=self),
            "severity": Field(wording.text("How hard the customer &feels it"), self.severity, parent=self),
            "tried": Field(wording.text("What was &tried"), self.tried, hint=without, parent=self),
            "asked": Field(wording.text("&Decision that is asked for"), self.asked, hint=question, parent=self),
            "customer_side": Field(wording.text("What speaks for the &customer"), self.customer, parent=self),
            "other_side": Field(
                wording.text("What speaks for the &rule, the risk or the cost"), self.other, parent=self
            ),
        }
        self.body.addWidget(self.about)
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.goes_to)
        self.body.addWidget(self.problem)
        flow = Flow()
        for button in (
            Button(
                wording.text("&Escalate"),
                name="escalation.keep",
                icon="arrow-up-right",
                run=self.keep,
                once=True,
                parent=self,
            ),
            Button(wording.text("Leave it"), name="escalation.leave", look="quiet", run=self.left.emit, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def _begun(self, begun: _Begun) -> None:
        self._put(begun.case, begun.about)

    def _put(self, case: Case, about: str) -> None:
        self._subject = case.subject
        self.about.setText(wording.text("About {what}", what=about) if about else "")
        self.about.setVisible(bool(about))
        self.title.setText(case.title)
        self.sort.choose(case.sort.value)
        self.severity.choose(case.severity)
        if case.place:
            self.place.choose(case.place)
        said = (case.tried, case.asked, case.customer_side, case.other_side)
        for entry, words in zip((self.tried, self.asked, self.customer, self.other), said, strict=True):
            entry.setPlainText(words)
        self._say_problem(None)
        self._look()

    def _know_places(self, places: Any) -> None:
        before = self.place.value
        self._names.take(places)
        self.place.offer(self._names.choices())
        self.place.choose(before)
        self._look()

    @Slot()
    def _look(self) -> None:
        """Say to whom it goes; both sides are asked for where both are heard."""
        for name in ("customer_side", "other_side"):
            self.fields[name].setVisible(self._hears_both)
        if self.place.value:
            asked = (EscalationSort(self.sort.value), self.severity.value, self.place.value)
            self._services.jobs.ask(_read_rungs, self._services.desk, asked, done=partial(self._say_rungs, asked))

    def _say_rungs(self, asked: tuple[str, ...], rungs: tuple[Rung, ...]) -> None:
        if asked != (self.sort.value, self.severity.value, self.place.value):
            return
        first = rungs[0]
        said = wording.text(
            "It goes to {owner}, who answers within {within}; {n:tier|tiers} in all.",
            owner=first.owner,
            within=hours_words(first.hours),
            n=len(rungs),
        )
        if first.source is None:
            said += " " + wording.text("Nobody has set tiers here; these are the shipped ones.")
        self.goes_to.setText(said)

    def _was_raised(self, change: Change) -> None:
        self._services.messages.info(wording.text("It is escalated; the clock runs."))
        self.raised.emit(change.uid)

    def _say_problem(self, error: GembaError | None) -> None:
        for field in self.fields.values():
            field.say_problem("")
        self.problem.hide()
        if error is None:
            return
        meant = self.fields.get(_FIELD_OF.get(error.code, ""))
        if meant is None:
            self.problem.setText(wording.sentence(error))
            self.problem.show()
            return
        meant.say_problem(wording.sentence(error))
        meant.widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _read_case(desk: Any, noun: str, uid: str) -> _Begun:
    with desk.reader() as reader:
        return _Begun(case_of(reader, noun, uid), " ".join((capital(noun), title_of(reader, noun, uid))).strip())


def _read_rungs(desk: Any, asked: tuple[EscalationSort, str, str]) -> tuple[Rung, ...]:
    with desk.reader() as reader:
        return Ladders(reader).of(*asked, desk.clock())
