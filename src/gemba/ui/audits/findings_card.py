"""The findings of an audit, what the judgements suggest, and the auditee's word on each."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.findings import FindingGrade
from gemba.domain.judgements import AuditeeResponse, ResponseOutcome, ResponseSort
from gemba.domain.programmes import Audit, AuditState
from gemba.ui import terms
from gemba.ui.audits.finding_forms import FindingForm, ResponseForm, SettleForm
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, line
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.audit_finding_facts import response_with_files
from gemba.work.audit_findings import proposals
from gemba.work.audit_shown import FindingShown, audit_shown
from gemba.work.report_facts import grade_title
from gemba.work.respond import to_auditee

_ANSWERS = frozenset({AuditState.RESPONDING, AuditState.CONCLUDED})


class Suggested(msgspec.Struct, frozen=True):
    """A finding that the judgements suggest."""

    goal: str
    title: str
    grade: FindingGrade
    decisions: int


class FindingsFacts(msgspec.Struct, frozen=True):
    """Findings, suggestions, and the goals that one can be raised against."""

    findings: tuple[FindingShown, ...]
    suggested: tuple[Suggested, ...]
    goals: tuple[tuple[str, str], ...]
    is_blind: bool
    is_handed_in: bool


class FindingsCard(Card):
    """Findings, one under the other, each with its responses.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: as read.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: FindingsFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Findings"), look="inset", parent=parent)
        self._services, self._audit = frame.services, audit
        self.form = FindingForm(self._services, audit, facts.goals, self)
        if facts.is_blind:
            words = wording.text("Two auditors judge apart. Findings come once both have handed in.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
            return
        for one in facts.findings:
            self._add_finding(one)
        if not facts.findings:
            self.body.addWidget(Words(wording.text("No finding yet."), tone="muted", parent=self))
        if audit.state in {AuditState.OPEN, AuditState.RESPONDING}:
            self._add_suggestions(facts)
            self.body.addWidget(self.form)
            self._add_buttons(facts)

    @staticmethod
    def read(desk: Any, audit: Audit) -> FindingsFacts | None:
        """What the card shows; on a job's thread."""
        if audit.assessment is None or audit.state is AuditState.CANCELLED:
            return None
        with desk.reader() as reader:
            shown = audit_shown(desk, reader, audit.uid)
            made = proposals(reader, audit) if audit.state is not AuditState.CONCLUDED else ()
        raised = {one.finding.goal for one in shown.findings}
        return FindingsFacts(
            findings=shown.findings,
            suggested=tuple(
                Suggested(one.goal.uid, one.goal.title, one.grade, len(one.rests_on))
                for one in made
                if one.goal.uid not in raised
            ),
            goals=tuple((one.goal.uid, one.goal.title) for one in made),
            is_blind=shown.is_blind,
            is_handed_in=shown.lead_handed_in,
        )

    @Slot()
    def to_auditee(self) -> None:
        """Give the findings to the auditee."""
        self._services.jobs.write(to_auditee, self._audit.uid, done=self._given)

    @Slot()
    def begin(self) -> None:
        """Open the form of a finding."""
        self.form.show()
        self.form.begin()

    def _add_finding(self, shown: FindingShown) -> None:
        finding = shown.finding
        part = QWidget(self)
        rows = QVBoxLayout(part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        head = QWidget(part)
        flow = Flow(head)
        flow.addWidget(Words(finding.number, strong=True, parent=head))
        if shown.is_withdrawn:
            flow.addWidget(Badge(wording.text("Withdrawn"), "plain", head))
        else:
            flow.addWidget(Badge(grade_title(finding.grade), terms.finding_grade_tone(finding.grade), head))
        rows.addWidget(head)
        rows.addWidget(Words(finding.text, wrap=True, parent=part))
        rests = wording.plural("{n} judgement", "{n} judgements", shown.rests_on)
        rows.addWidget(Words(f"{shown.goal} · {rests}", tone="muted", scale="small", wrap=True, parent=part))
        for said in shown.responses:
            rows.addWidget(self._response(said, shown.attached[said.uid], part))
        buttons = QWidget(part)
        flow = Flow(buttons)
        forms = self._forms(shown, part)
        name = finding.number
        to_finding = partial(self._services.go, "findings", finding.uid)
        words = wording.text("Evidence and actions")
        flow.addWidget(Button(words, name=f"audit.finding.{name}", look="quiet", run=partial(_run, to_finding)))
        for code, words, form in forms:
            flow.addWidget(Button(words, name=f"audit.{code}.{name}", look="quiet", run=partial(_open, form)))
        rows.addWidget(buttons)
        for _, _, form in forms:
            rows.addWidget(form)
        self.body.addWidget(part)
        self.body.addWidget(line(self))

    def _forms(self, shown: FindingShown, parent: QWidget) -> list[tuple[str, str, Any]]:
        found: list[tuple[str, str, Any]] = []
        if self._audit.state in _ANSWERS and not shown.is_withdrawn:
            words = wording.text("The auditee's response")
            found.append(("respond", words, ResponseForm(self._services, self._audit, shown.finding, parent)))
        waits = [one for one in shown.responses if _is_open(one)]
        if waits:
            form = SettleForm(self._services, self._audit, shown.finding, waits[0].uid, parent)
            found.append(("settle", wording.text("Settle it"), form))
        return found

    def _response(self, said: AuditeeResponse, files: tuple[str, ...], parent: QWidget) -> Words:
        words = response_with_files(said, files)
        if said.is_late:
            words = wording.text("Late, after the report: {words}", words=words)
        return Words(words, tone="fair" if _is_open(said) else "muted", wrap=True, parent=parent)

    def _add_suggestions(self, facts: FindingsFacts) -> None:
        for one in facts.suggested:
            n = wording.plural("{n} decision", "{n} decisions", one.decisions)
            words = wording.text("Suggested: {grade}, {goal}, {n}", grade=grade_title(one.grade), goal=one.title, n=n)
            self.body.addWidget(Words(words, wrap=True, parent=self))
            raise_it = partial(_propose, self.form, one.goal, one.grade)
            button = Button(
                wording.text("Word it"), name=f"audit.suggested.{one.title}", look="quiet", run=raise_it, parent=self
            )
            button.setAccessibleName(wording.text("Word the finding on {goal}", goal=one.title))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _add_buttons(self, facts: FindingsFacts) -> None:
        flow = Flow()
        words = wording.text("Raise a finding")
        if facts.goals:
            flow.addWidget(Button(words, name="audit.raise", icon="flag", run=self.begin, parent=self))
        if self._audit.state is AuditState.OPEN and facts.is_handed_in:
            words = wording.text("Give the findings to the auditee")
            flow.addWidget(Button(words, name="audit.to_auditee", icon="send", run=self.to_auditee, parent=self))
        self.body.addLayout(flow)

    def _given(self, _change: Change) -> None:
        words = wording.text("The findings are with the auditee, who accepts or contests each.")
        self._services.messages.info(words)


def _is_open(said: AuditeeResponse) -> bool:
    return said.sort is ResponseSort.CONTEST and said.outcome is ResponseOutcome.OPEN


def _open(form: Any, *_: object) -> None:
    form.show()
    form.begin()


def _propose(form: FindingForm, goal: str, grade: FindingGrade, *_: object) -> None:
    form.propose(goal, grade)


def _run(go: Any, *_: object) -> None:
    go()
