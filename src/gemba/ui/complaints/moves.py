"""The next step of a complaint: what it needs, what is still missing, and the button that takes it."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.complaint_steps import Need, ahead, needs
from gemba.domain.complaints import (
    Complaint,
    ComplaintDecision,
    ComplaintState,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.errors import GembaError
from gemba.ui.complaints import names as said
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import complaint_words as words
from gemba.work.complaint_moves import Moved, move, reopen
from gemba.work.complaints import put_back

Drafts = dict[str, dict[str, str]]
"""By complaint: what was typed for its next step and not said yet, by field."""

_TYPES: dict[str, Any] = {
    "severity": Severity,
    "decision": ComplaintDecision,
    "told_back": ToldBack,
    "similar": SimilarElsewhere,
}
_OF_NEED = {Need.PROCESS_OWNER: "owner"}


class MovesCard(Card):
    """Steps as buttons; below them what the chosen one still needs.

    Args:
        services: of the window.
        complaint: as it stands.
        drafts: what was typed before; kept up to date.
        parent: the owner.
    """

    def __init__(self, services: Services, complaint: Complaint, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Next step"), look="inset", parent=parent)
        self._services, self._complaint = services, complaint
        self._typed = drafts.setdefault(complaint.uid, {})
        self._steps = ahead(complaint)
        self.fields: dict[str, Field] = {}
        if complaint.state in {ComplaintState.TOLD, ComplaintState.CLOSED}:
            self._offer_reopening()
        if not self._steps:
            return
        known = [step for step in self._steps if step.value == self._typed.get("to")]
        self.to = known[0] if known else self._steps[0]
        self.steps = Choice(
            [(step.value, said.state(step.value)) for step in self._steps], name="complaints.move.to", parent=self
        )
        self.steps.choose(self.to.value)
        self.body.addWidget(Field(wording.text("Step to &take"), self.steps, parent=self))
        for name, widget, title in self._entries():
            self.fields[name] = Field(title, widget, parent=self)
            self.fields[name].label.setWordWrap(True)
            self.body.addWidget(self.fields[name])
        self.missing = Words(tone="fair", wrap=True, parent=self)
        self.missing.setObjectName("complaints.move.missing")
        self.body.addWidget(self.missing)
        self.go = Button("", name="complaints.move.go", icon="check", run=self.take, parent=self)
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.steps.currentIndexChanged.connect(self._choose)
        self._show()

    @Slot()
    def take(self) -> None:
        """Take the step; where something is missing, go there and say so."""
        if not self._steps:
            self._services.messages.info(wording.text("This complaint is closed; reopen it if it goes on."))
            return
        missing = self._missing()
        for need in missing:
            self._field_of(need).say_problem(wording.text("Needed for this step."))
        if missing:
            self._field_of(missing[0]).widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        taken = partial(move, **self._given())
        self._services.jobs.write(taken, self._complaint.uid, self.to, done=self._moved, failed=self._refused)

    @Slot()
    def reopen(self) -> None:
        """Open it again."""
        self._services.jobs.write(reopen, self._complaint.uid, done=self._moved)

    def _entries(self) -> list[tuple[str, QWidget, str]]:
        first = ("", wording.text("Choose …"))
        choices = {
            "severity": [(one.value, said.severity(one)) for one in reversed(Severity)],
            "decision": [(one.value, words.decision_words(one)) for one in ComplaintDecision if one],
            "told_back": [(one.value, words.told_back_words(one)) for one in ToldBack if one],
            "similar": [(one.value, words.similar_words(one)) for one in SimilarElsewhere if one],
        }
        titles = {
            "severity": wording.text("How severe is it &for the customer?"),
            "owner": wording.text("Which process &owner answers for it?"),
            "decision": wording.text("What was &decided?"),
            "answer": wording.text("What is the &answer to the customer, or why is there none?"),
            "told_back": wording.text("Was the customer told &back?"),
            "similar": wording.text("Does the same exist &elsewhere?"),
            "similar_note": wording.text("&Where else does it exist, or could it occur?"),
        }
        return [(name, self._entry(name, [first, *choices.get(name, [])]), title) for name, title in titles.items()]

    def _entry(self, name: str, choices: list[tuple[str, str]]) -> QWidget:
        """The entry of a field, with what was typed before, or with what the complaint says."""
        before = self._typed.get(name, str(getattr(self._complaint, name)) if name not in _TYPES else "")
        made: QComboBox | QLineEdit | QPlainTextEdit
        if name in _TYPES:
            made = Choice(choices, name=f"complaints.move.{name}", parent=self)
            made.choose(before)
            made.currentIndexChanged.connect(self._changed)
        elif name == "answer":
            made = QPlainTextEdit(before, self)
            made.setTabChangesFocus(True)
            made.setFixedHeight(92)
            made.textChanged.connect(self._changed)
        else:
            made = QLineEdit(before, self)
            made.textChanged.connect(self._changed)
        made.setObjectName(f"complaints.move.{name}")
        return made

    def _value(self, name: str) -> str:
        entry = self.fields[name].widget
        if isinstance(entry, Choice):
            return entry.value
        return entry.toPlainText() if isinstance(entry, QPlainTextEdit) else str(entry.text())  # type: ignore[attr-defined]

    def _given(self) -> dict[str, Any]:
        """What is said, as far as something is."""
        shown = {name: self._value(name).strip() for name in self.fields if name in self._asked()}
        return {name: _TYPES.get(name, str)(value) for name, value in shown.items() if value}

    def _asked(self) -> set[str]:
        """The fields that the step needs and the complaint does not say yet; "where else" follows its question."""
        asked = {_OF_NEED.get(need, need.value) for need in needs(self._complaint, self.to)}
        if "similar" in asked and self._value("similar") in {"yes", "could_occur"}:
            asked.add("similar_note")
        return asked

    def _missing(self) -> tuple[Need, ...]:
        given = self._given()
        drafted = msgspec.structs.replace(self._complaint, **given)
        return needs(drafted, self.to, judged="severity" in given)

    def _field_of(self, need: Need) -> Field:
        return self.fields[_OF_NEED.get(need, need.value)]

    @Slot()
    def _choose(self) -> None:
        self.to = ComplaintState(self.steps.value)
        self._changed()

    @Slot()
    def _changed(self) -> None:
        if not hasattr(self, "go"):  # still being made
            return
        self._typed |= {name: self._value(name) for name in self.fields} | {"to": self.to.value}
        for field in self.fields.values():
            field.say_problem("")
        self._show()

    def _show(self) -> None:
        asked = self._asked()
        for name, field in self.fields.items():
            field.setVisible(name in asked)
        missing = self._missing()
        still = wording.text("Still missing: {missing}.", missing=words.all_of(missing)) if missing else ""
        self.missing.setText(still)
        self.missing.setVisible(bool(still))
        title = wording.text("Take the step: {step}", step=words.state_words(self.to))
        self.go.setText(title)
        self.go.setAccessibleName(f"{title}. {still}".strip())

    def _offer_reopening(self) -> None:
        say = wording.text("If it goes on, reopen it: the customer is told anew, and the clock begins anew.")
        self.body.addWidget(Words(say, tone="muted", wrap=True, parent=self))
        button = Button(
            wording.text("Reopen"),
            name="complaints.reopen",
            icon="rotate-ccw",
            look="quiet",
            run=self.reopen,
            parent=self,
        )
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _moved(self, moved: Moved) -> None:
        self._typed.clear()
        self._services.changed.tell(moved.change)
        after = moved.after
        told = wording.text("{number} is {state}.", number=after.number, state=words.state_words(after.state))
        if moved.clock_was_back:
            told += " " + words.clock_was_back_words(after.number)
        undo = partial(self._services.jobs.write, put_back, moved.before, after)
        self._services.messages.info(told, undo=undo)

    def _refused(self, error: GembaError) -> None:
        owner = self.fields.get("owner")
        if owner is not None and error.code == "work.owner_is_customer_service":
            owner.show()
            owner.say_problem(wording.sentence(error))
            owner.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._services.messages.trouble(error)
