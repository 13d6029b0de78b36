"""What blocks the report, needs a word or should be known; afterwards the report that was issued."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QSizePolicy, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.audits.correct_form import CorrectForm
from gemba.ui.audits.finding_forms import several_lines
from gemba.ui.audits.release_facts import ReleaseFacts, read_release
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.conclude_audit import conclude_audit
from gemba.work.issue_audit_report import audit_report
from gemba.work.issue_report import IssuedFile
from gemba.work.release_told import Remark, Weight

_TONES = {Weight.ERROR: "poor", Weight.WARNING: "fair", Weight.HINT: "note"}
_MOST = 12
"""Contrary decisions that are offered to be escalated here."""

_SUMMARY = ""
_TYPED: dict[str, dict[str, str]] = {}
"""What was typed by audit and warning: the card is drawn anew whenever the audit changes, and loses no word of it."""


class Shown(msgspec.Struct, frozen=True):
    """That the audit has such a card; what it shows is read beside the window."""


class ReleaseCard(Card):
    """Checks, concludes, reports.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: that it is to be shown.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: Shown, parent: QWidget | None = None) -> None:  # noqa: ARG002 - as all cards
        is_over = audit.state is AuditState.CONCLUDED
        title = wording.text("Report") if is_over else wording.text("Before the report")
        super().__init__(title, look="inset", parent=parent)
        self._services, self._audit = frame.services, audit
        self._typed = _TYPED.setdefault(audit.uid, {})
        self.words: dict[str, QLineEdit] = {}
        self.conflicts: dict[str, QCheckBox] = {}
        self.body.addWidget(Words(wording.text("Looking …"), tone="muted", parent=self))
        self._services.jobs.ask(read_release, self._services.desk, audit.uid, done=self._came)

    @staticmethod
    def read(_desk: Any, audit: Audit) -> Shown | None:
        """Whether there is anything to release; on a job's thread."""
        return None if audit.assessment is None or audit.state is AuditState.CANCELLED else Shown()

    @Slot()
    def conclude(self) -> None:
        """Freeze the audit, and issue its report."""
        concluded = partial(
            conclude_audit,
            words={code: line.text() for code, line in self.words.items()},
            escalate=[uid for uid, box in self.conflicts.items() if box.isChecked()],
        )
        self._services.jobs.write(
            concluded, self._audit.uid, self.summary.toPlainText(), done=self._concluded, failed=self._refused
        )

    @Slot()
    def _summed_up(self) -> None:
        self._typed[_SUMMARY] = self.summary.toPlainText()

    @Slot()
    def draft(self) -> None:
        """Write the report as it would be, as a draft."""
        self._ask(wording.text("Write a draft of the report"))

    @Slot()
    def save(self) -> None:
        """Give out the report that was issued."""
        self._ask(wording.text("Save the report"))

    def write_to(self, file: Path) -> None:
        """Write it beside the window."""
        self._services.jobs.errand(
            audit_report, self._services.desk, self._audit.uid, file, done=self._written, label=file.name
        )

    def _came(self, facts: ReleaseFacts | None) -> None:
        clear(self.body)
        if facts is None:
            return
        if self._audit.state is AuditState.CONCLUDED:
            self._show_issued(facts)
        else:
            self._show_check(facts)

    def _show_check(self, facts: ReleaseFacts) -> None:
        self.body.addWidget(Words(wording.text("Before the report"), scale="heading", parent=self))
        if not facts.check.remarks:
            words = wording.text("Nothing stands in the way.")
            self.body.addWidget(Words(words, tone="good", parent=self))
        for remark in facts.check.remarks:
            self.body.addWidget(self._remark(remark))
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("release.problem")
        self.problem.hide()
        flow = Flow()
        if not facts.check.of(Weight.ERROR):
            self._offer_conclusion(facts)
            words = wording.text("Conclude and issue the report")
            flow.addWidget(Button(words, name="audit.conclude", icon="lock", run=self.conclude, once=True, parent=self))
        words = wording.text("Write a draft")
        flow.addWidget(Button(words, name="audit.draft", icon="file-text", look="quiet", run=self.draft, parent=self))
        self.body.addWidget(self.problem)
        self.body.addLayout(flow)

    def _remark(self, remark: Remark) -> QWidget:
        part = Card(look="bar", parent=self)
        part.body.setContentsMargins(0, 4, 0, 4)
        part.body.setSpacing(4)
        titles = {
            Weight.ERROR: wording.text("Error"),
            Weight.WARNING: wording.text("Warning"),
            Weight.HINT: wording.text("Hint"),
        }
        badge = Badge(titles[remark.weight], _TONES[remark.weight], part)
        part.body.addWidget(badge)
        part.body.addWidget(Words(remark.words, wrap=True, parent=part))
        if remark.about:
            part.body.addWidget(Words(remark.about, tone="muted", scale="small", wrap=True, parent=part))
        if remark.weight is Weight.WARNING:
            line = QLineEdit(part)
            line.setObjectName(f"release.word.{remark.code}")
            line.setPlaceholderText(wording.text("A word on it, for the report"))
            line.setText(self._typed.get(remark.code, ""))
            line.textEdited.connect(partial(self._typed.__setitem__, remark.code))
            line.setAccessibleName(wording.text("Word on: {warning}", warning=remark.words))
            self.words[remark.code] = line
            part.body.addWidget(line)
        return part

    def _offer_conclusion(self, facts: ReleaseFacts) -> None:
        self.summary = several_lines("release.summary", self)
        self.summary.setPlainText(self._typed.get(_SUMMARY, ""))
        self.summary.textChanged.connect(self._summed_up)
        self.body.addWidget(Field(wording.text("Concl&usion, in the auditors' words"), self.summary, parent=self))
        if facts.contrary:
            words = wording.text("Escalate as a conflict with what was promised")
            self.body.addWidget(Words(words, strong=True, wrap=True, parent=self))
        for uid, title in facts.contrary[:_MOST]:
            box = QCheckBox(title, self)
            box.setToolTip(title)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setObjectName(f"release.conflict.{uid}")
            self.conflicts[uid] = box
            self.body.addWidget(box)
        if len(facts.contrary) > _MOST:
            words = wording.text("The others can be escalated from the decision log.")
            self.body.addWidget(Words(words, tone="muted", scale="small", wrap=True, parent=self))

    def _show_issued(self, facts: ReleaseFacts) -> None:
        self.body.addWidget(Words(wording.text("Report"), scale="heading", parent=self))
        lines = [
            (wording.text("Aligned"), facts.rate),
            (wording.text("Concluded"), terms.moment(self._audit.concluded_at)),
            (wording.text("Issued"), terms.moment(facts.issued_at)),
            (wording.text("SHA-256"), facts.report),
            (wording.text("Corrected by"), ", ".join(facts.corrected_by)),
            (wording.text("Corrects"), facts.corrects),
        ]
        self.body.addWidget(Facts(*lines))
        for warning, word in facts.said:
            self.body.addWidget(Words(warning, wrap=True, parent=self))
            self.body.addWidget(Words(word, tone="muted", wrap=True, parent=self))
        self.form = CorrectForm(self._services, self._audit, self)
        flow = Flow()
        words = wording.text("Save the report") if facts.report else wording.text("Issue the report")
        flow.addWidget(Button(words, name="audit.report", icon="download", run=self.save, parent=self))
        if not facts.corrected_by:
            words = wording.text("Correct it")
            flow.addWidget(
                Button(words, name="audit.correct", icon="history", look="quiet", run=self.form.start, parent=self)
            )
        self.body.addLayout(flow)
        self.body.addWidget(self.form)

    def _ask(self, title: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, title, f"{self._audit.number}.pdf", wording.text("PDF files (*.pdf)")
        )
        if name:
            self.write_to(Path(name))

    def _concluded(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The audit is concluded and frozen; its report is being written."))
        self._services.jobs.errand(
            audit_report, self._services.desk, self._audit.uid, done=partial(_tell, self._services, self._audit.uid)
        )

    def _written(self, issued: IssuedFile) -> None:
        _tell(self._services, self._audit.uid, issued)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(issued.file)))

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()


def _tell(services: Any, uid: str, issued: IssuedFile) -> None:
    """Say where it lies; the card reads again what was issued."""
    said = wording.plural(
        "The report is written: {file} ({n} page).",
        "The report is written: {file} ({n} pages).",
        issued.pages,
        file=issued.file.name,
    )
    services.messages.info(" ".join([said, *issued.warnings]))
    services.changed.tell(Change(topics=frozenset({"report", "audit"}), uids=frozenset({uid})))
