"""The small forms of an audit's findings: raise one, the auditee's word on it, what becomes of what is contested."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.judgements import AlignmentVerdict, ResponseOutcome, ResponseSort
from gemba.domain.programmes import Audit
from gemba.errors import GembaError
from gemba.ui.audits.plan_forms import PlanForm
from gemba.ui.conduct.photos import choose_files
from gemba.ui.findings.code_fields import CodeFields
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.alignment_words import verdict_title
from gemba.work.audit_findings import Told, raise_on_goal
from gemba.work.report_facts import grade_title
from gemba.work.respond import respond_with
from gemba.work.settle_response import Settled, settle_response


def several_lines(name: str, parent: QWidget) -> QPlainTextEdit:
    """A field for a few sentences."""
    made = QPlainTextEdit(parent)
    made.setObjectName(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(84)
    return made


class FindingForm(PlanForm):
    """One criterion, its weight, and what was found."""

    def __init__(
        self, services: Services, audit: Audit, goals: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(services, audit, "audit_finding", parent)
        self.goal = Choice(goals, name="audit_finding.goal", parent=self)
        grades = [(one, grade_title(one)) for one in FindingGrade]
        self.grade = Choice(grades, name="audit_finding.grade", parent=self)
        self.words = several_lines("audit_finding.text", self)
        self.no_names = QCheckBox(wording.text("These are no names of people"), self)
        self.no_names.setObjectName("audit_finding.no_names")
        self.no_names.hide()
        self.first = self.words
        hint = wording.text("By roles and conditions; the evidence of the judgements comes with it.")
        self.put(
            Field(wording.text("The one &goal it is held against"), self.goal, parent=self),
            Field(wording.text("&Weight"), self.grade, parent=self),
            Field(wording.text("What was &found"), self.words, hint=hint, parent=self),
            does=wording.text("Raise it"),
        )
        self.codes = CodeFields(services, name="audit_finding", parent=self)
        self.contained = several_lines("audit_finding.contained", self)
        aim = wording.text("So that no further customer meets it.")
        self._contained = Field(wording.text("&Done at once"), self.contained, hint=aim, parent=self)
        for place, part in enumerate((self.codes, self._contained, self.no_names), 3):
            self.body.insertWidget(place, part)

    def propose(self, goal: str, grade: FindingGrade) -> None:
        """Begin with a goal and a weight."""
        self.goal.choose(goal)
        self.grade.choose(grade)
        self.show()
        self.begin()

    def begin(self) -> None:
        """The keyboard begins in the words; what was found here before is told once codes are chosen."""
        super().begin()
        self.codes.begin(self.audit.place)

    @Slot()
    def keep(self) -> None:
        """Raise it."""
        told = Told(
            goal=self.goal.value,
            grade=FindingGrade(self.grade.value),
            text=self.words.toPlainText(),
            step=self.codes.step.value,
            cause=self.codes.cause.value,
            contained=self.contained.toPlainText(),
            are_no_names=self.no_names.isChecked(),
        )
        done = partial(self.said, wording.text("The finding is raised."))
        self.services.jobs.write(raise_on_goal, self.audit.uid, told, done=done, failed=self.refused)

    def refused(self, error: GembaError) -> None:
        """Say what a rule says, and offer the word that names may need."""
        super().refused(error)
        self.no_names.setVisible(error.code == "work.may_name_people")


class ResponseForm(PlanForm):
    """What the auditee says of one finding."""

    def __init__(self, services: Services, audit: Audit, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(services, audit, f"audit_response.{finding.number}", parent)
        self.finding = finding
        self.setObjectName(self.name)
        sorts = [(ResponseSort.ACCEPT, wording.text("Accepts it")), (ResponseSort.CONTEST, wording.text("Contests it"))]
        self.sort = Choice(sorts, name=f"{self.name}.sort", parent=self)
        self.role = self.line("role")
        self.words = several_lines(f"{self.name}.text", self)
        self.first = self.sort
        self.files: list[Path] = []
        self.named = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.named.hide()
        add = Button(
            wording.text("Add files that show it"),
            name=f"{self.name}.files",
            icon="paperclip",
            look="quiet",
            run=self.choose,
            parent=self,
        )
        self.put(
            Field(wording.text("The &auditee"), self.sort, parent=self),
            Field(wording.text("In which &role"), self.role, hint=wording.text("No names."), parent=self),
            Field(wording.text("&Why, and on what evidence"), self.words, parent=self),
            does=wording.text("Record it"),
        )
        self.body.insertWidget(3, add)
        self.body.insertWidget(4, self.named)

    @Slot()
    def choose(self) -> None:
        """Ask for files."""
        self.take(choose_files(self, "file"))

    def take(self, files: list[Path]) -> None:
        """Take files along with the response."""
        self.files += files
        self.named.setText(", ".join(file.name for file in self.files))
        self.named.setVisible(bool(self.files))

    @Slot()
    def keep(self) -> None:
        """Record it."""
        told: Any = partial(respond_with, role=self.role.text(), words=self.words.toPlainText())
        done = partial(self.said, wording.text("The response is recorded."))
        sort = ResponseSort(self.sort.value)
        self.services.jobs.write(told, self.finding.uid, sort, self.files, done=done, failed=self.refused)


class SettleForm(PlanForm):
    """What becomes of a contested finding."""

    def __init__(
        self, services: Services, audit: Audit, finding: Finding, response: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, audit, f"audit_settle.{finding.number}", parent)
        self._finding, self._response = finding, response
        outcomes = [
            (ResponseOutcome.UPHELD, wording.text("Upheld")),
            (ResponseOutcome.CHANGED, wording.text("Changed")),
            (ResponseOutcome.WITHDRAWN, wording.text("Withdrawn")),
        ]
        self.outcome = Choice(outcomes, name=f"{self.name}.outcome", parent=self)
        self.reason = self.line("reason")
        self.grade = Choice([(one, grade_title(one)) for one in FindingGrade], name=f"{self.name}.grade", parent=self)
        self.grade.choose(finding.grade)
        self.words = several_lines(f"{self.name}.text", self)
        self.words.setPlainText(finding.text)
        verdicts = [("", wording.text("As they are")), *((one, verdict_title(one)) for one in AlignmentVerdict)]
        self.verdict = Choice(verdicts, name=f"{self.name}.verdict", parent=self)
        self.first = self.outcome
        self._changing = (
            Field(wording.text("New &weight"), self.grade, parent=self),
            Field(wording.text("New wor&ds"), self.words, parent=self),
        )
        self._counting = Field(
            wording.text("The &judgements that it rested on"),
            self.verdict,
            hint=wording.text("Another verdict counts from now on; what the auditor said stays on record."),
            parent=self,
        )
        self.put(
            Field(wording.text("It &is"), self.outcome, parent=self),
            Field(wording.text("&Reason"), self.reason, hint=wording.text("It stands in the report."), parent=self),
            *self._changing,
            self._counting,
            does=wording.text("Settle it"),
        )
        self.outcome.currentIndexChanged.connect(self._fit)
        self._fit()

    @Slot()
    def keep(self) -> None:
        """Settle it."""
        outcome = ResponseOutcome(self.outcome.value)
        changed = outcome is ResponseOutcome.CHANGED
        verdict = self.verdict.value if outcome is not ResponseOutcome.UPHELD else ""
        told = Settled(
            outcome=outcome,
            reason=self.reason.text(),
            grade=FindingGrade(self.grade.value) if changed else None,
            text=self.words.toPlainText() if changed else None,
            verdict=AlignmentVerdict(verdict) if verdict else None,
        )
        done = partial(self.said, wording.text("It is settled."))
        self.services.jobs.write(settle_response, self._response, told, done=done, failed=self.refused)

    @Slot()
    def _fit(self) -> None:
        outcome = self.outcome.value
        for one in self._changing:
            one.setVisible(outcome == ResponseOutcome.CHANGED)
        self._counting.setVisible(outcome != ResponseOutcome.UPHELD)
