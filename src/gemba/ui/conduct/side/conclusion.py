"""Look back before concluding: score, grade, what is missing, what failed; then freeze, report, correct."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.conclusions import SectionScore
from gemba.errors import GembaError
from gemba.kinds.model import Need
from gemba.ui import terms
from gemba.ui.conduct.editors.typed import Paper
from gemba.ui.conduct.remarks import Remark
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.links import Link
from gemba.ui.conduct.side.quality import QualityBox
from gemba.ui.conduct.walk.words import noted_words
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.work import conclude, issue_report
from gemba.work.conclude import Outlook
from gemba.work.issue_report import IssuedFile

if TYPE_CHECKING:
    from gemba.ui.services import Services


class ConclusionPanel(QWidget):
    """The outlook of a draft, or the conclusion of what is concluded."""

    jumped = Signal(str)
    """The path of a question to go to."""
    closed = Signal()
    corrected = Signal(str)
    """The uid of the assessment that corrects this one."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion")
        self._services = services
        self._sheet: OpenSheet | None = None
        self._confirming = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(10)
        self._title = Words(scale="heading", wrap=True, parent=self)
        self._score = Words(scale="display", parent=self)
        self._grade = Badge("", "plain", self)
        self._told = Words(tone="muted", wrap=True, parent=self)
        self._noted = Words(wrap=True, parent=self)
        self._noted.setObjectName("conclusion.noted")
        self._needs, self._failures, self._sections = (QVBoxLayout() for _ in range(3))
        self._summary_label = Words(wording.text("Summary"), strong=True, parent=self)
        self.summary = Paper(self, least=4)
        self.summary.setObjectName("summary")
        self.summary.setAccessibleName(wording.text("Summary"))
        self._warning = Remark("lock", "fair", self)
        self._refusal = Remark("circle-alert", "poor", self)
        self._refusal.setObjectName("refusal")
        above: tuple[QWidget, ...] = (self._title, self._score, self._grade, self._told, self._noted)
        for part in above:
            rows.addWidget(part)
        self.quality = QualityBox(services, self)
        self.quality.jumped.connect(self.jumped)
        for layout in (self._needs, self._failures, self._sections):
            layout.setSpacing(4)
            rows.addLayout(layout)
        rows.addWidget(self.quality)
        below: tuple[QWidget, ...] = (self._summary_label, self.summary, self._warning, self._refusal)
        for part in below:
            rows.addWidget(part)
        self._make_buttons(rows)
        rows.addStretch()

    def show_sheet(self, sheet: OpenSheet, outlook: Outlook | None = None) -> None:
        """Show how things stand now."""
        fresh = sheet is not self._sheet
        self._sheet = sheet
        if fresh:
            self.summary.setPlainText("")
            self._confirm(False)
        self._refusal.hide()
        if sheet.frozen:
            self._show_conclusion(sheet)
        else:
            self._show_outlook(outlook or sheet.outlook())
        self._noted.setText(noted_words(sheet.records))
        self._noted.setVisible(bool(self._noted.text()))
        self._show_buttons(sheet)
        self.quality.show_sheet(sheet)

    def needs(self) -> list[Link]:
        """The links to what is missing."""
        return [
            each for each in self.findChildren(Link) if each.objectName().startswith("need:") and not each.isHidden()
        ]

    def conclude(self) -> None:
        """First ask, in clear words; asked again, freeze."""
        assert self._sheet is not None
        outlook = self._sheet.outlook()
        if not outlook.ready:
            self._refusal.say(
                wording.plural(
                    "{n} thing is missing. Go there, then conclude.",
                    "{n} things are missing. Go there, then conclude.",
                    len(outlook.missing),
                )
            )
            self._refusal.show()
            return
        if self._sheet.saving.busy() or self._sheet.saving.failures():
            self._refusal.say(wording.text("Not everything is saved yet. Save it first, then conclude."))
            self._refusal.show()
            return
        if not self._confirming:
            self._confirm(True)
            return
        self._go.setEnabled(False)
        verb = partial(conclude.conclude, summary=self.summary.toPlainText())
        self._services.jobs.write(verb, self._sheet.uid, done=self._concluded, failed=self._refused)

    def make_report(self) -> None:
        """Write the report as PDF, beside the window, and say where it is."""
        assert self._sheet is not None
        self._report.setEnabled(False)
        self._report.setText(wording.text("Writing the report…"))
        label = wording.text("Writing the report")
        self._services.jobs.write(
            issue_report.assessment_report, self._sheet.uid, done=self._reported, failed=self._not_reported, label=label
        )

    def correct(self) -> None:
        """Begin a correction and go to it."""
        assert self._sheet is not None
        if self._sheet.records.correction is not None:
            self.corrected.emit(self._sheet.records.correction.uid)
            return
        self._services.jobs.write(conclude.correct, self._sheet.uid, done=self._correction_begun)

    def to_audit(self) -> None:
        """Show the audit whose conduct this is: there it is concluded, reported and corrected."""
        assert self._sheet is not None
        subject = self._sheet.records.assessment.subject
        self._services.go("audits", f"audits:{subject.removeprefix('audit:')}")

    # How it is drawn

    def _make_buttons(self, rows: QVBoxLayout) -> None:
        self._go = Button(
            wording.text("Conclude"),
            name="conclude",
            icon="lock",
            look="primary",
            run=self.conclude,
            once=True,
            parent=self,
        )
        self._not_yet = Button(wording.text("Not yet"), name="conclude.not_yet", run=self._take_back, parent=self)
        self._report = Button(
            wording.text("Make the report (PDF)"), name="report", icon="file-text", run=self.make_report, parent=self
        )
        self._correct = Button(
            wording.text("Correct this assessment"), name="correct", icon="pencil", run=self.correct, parent=self
        )
        self._close = Button(
            wording.text("Back to the question"),
            name="conclusion.close",
            look="quiet",
            run=self.closed.emit,
            parent=self,
        )
        self._audit = Button(
            wording.text("To the audit"),
            name="conclusion.audit",
            icon="clipboard-check",
            run=self.to_audit,
            parent=self,
        )
        for button in (self._go, self._not_yet, self._report, self._correct, self._audit, self._close):
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _show_buttons(self, sheet: OpenSheet) -> None:
        self._go.setVisible(not sheet.frozen)
        self._go.setEnabled(True)
        self._not_yet.setVisible(not sheet.frozen and self._confirming)
        self._correct.setVisible(sheet.frozen)
        correction = sheet.records.correction
        words = (
            wording.text("Correct this assessment")
            if correction is None
            else wording.text("Go to the correction {number}", number=correction.number)
        )
        self._correct.setText(words)
        self._correct.setAccessibleName(words)
        self._warning.setVisible(self._confirming and not sheet.frozen)
        of_audit = sheet.records.assessment.subject.startswith("audit:")
        self._audit.setVisible(of_audit)
        for part in (self._summary_label, self.summary):
            part.setVisible(not of_audit)
        if of_audit:  # it is concluded, reported and corrected with its audit
            for button in (self._go, self._not_yet, self._report, self._correct):
                button.hide()

    def _show_outlook(self, outlook: Outlook) -> None:
        ready = outlook.ready
        self._title.setText(wording.text("Ready to conclude") if ready else wording.text("Not ready to conclude"))
        score = outlook.outcome.score if outlook.kind.scored else None
        self._show_result(
            score,
            wording.text(outlook.kind.grade(outlook.outcome.grade).title),
            str(outlook.kind.grade(outlook.outcome.grade).tone),
        )
        self._told.setText(wording.text("As it stands now. Concluding asks once more.") if ready else "")
        self._told.setVisible(ready)
        self._list(self._needs, wording.text("Missing"), [self._need(need) for need in outlook.missing])
        self._list_failures(outlook.critical)
        self._list_sections(outlook.sections if outlook.kind.scored else ())
        self.summary.setReadOnly(False)
        self.summary.setPlaceholderText(outlook.outcome.summary)
        if not ready:
            self._confirm(False)

    def _show_conclusion(self, sheet: OpenSheet) -> None:
        conclusion = sheet.records.conclusion
        kind = sheet.outlook().kind
        self._title.setText(wording.text("Concluded and frozen"))
        self._told.setText(
            wording.text(
                "It can be read, printed and sent, and never changed. What was wrong is put right by a correction: "
                "a new assessment that names this one."
            )
        )
        self._told.setVisible(True)
        if conclusion is not None:
            grade = kind.grade(conclusion.grade)
            self._show_result(conclusion.score if kind.scored else None, wording.text(grade.title), str(grade.tone))
            self.summary.setPlainText(conclusion.summary)
            self._list_failures(conclusion.critical)
            self._list_sections(conclusion.sections if kind.scored else ())
        self._list(self._needs, "", [])
        self.summary.setReadOnly(True)

    def _show_result(self, score: float | None, grade: str, tone: str) -> None:
        self._score.setText("" if score is None else terms.percent(score))
        self._score.setVisible(score is not None)
        self._grade.say(grade, tone)

    def _list(self, into: QVBoxLayout, title: str, rows: list[QWidget]) -> None:
        clear(into)
        if rows:
            into.addSpacing(6)
            into.addWidget(Words(title, strong=True, parent=self))
        for row in rows:
            into.addWidget(row)

    def _need(self, need: Need) -> QWidget:
        link = Link(need.label, need.why, "circle-alert" if need.path else "info", self)
        link.setObjectName(f"need:{need.path}")
        link.setEnabled(bool(need.path))
        link.clicked.connect(partial(self._jump, need.path))
        return link

    def _list_failures(self, paths: tuple[str, ...]) -> None:
        assert self._sheet is not None
        links: list[QWidget] = []
        for path in paths:
            link = Link(
                self._sheet.view(path).label,
                wording.text("critical question failed"),
                "triangle-alert",
                self,
                role="poor",
            )
            link.setObjectName(f"critical:{path}")
            link.clicked.connect(partial(self._jump, path))
            links.append(link)
        self._list(self._failures, wording.text("Critical failures"), links)

    def _list_sections(self, sections: tuple[SectionScore, ...]) -> None:
        self._list(
            self._sections,
            wording.text("By section"),
            [_bar(section, self) for section in sections if section.percent is not None],
        )

    # What happens

    def _jump(self, path: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        self.jumped.emit(path)

    def _confirm(self, confirming: bool) -> None:  # noqa: FBT001 - one switch
        self._confirming = confirming
        self._warning.say(
            wording.text(
                "From here on nothing in this assessment can be changed, and this cannot be undone. "
                "A correction would be a new assessment."
            )
        )
        self._warning.setVisible(confirming)
        self._not_yet.setVisible(confirming)
        words = wording.text("Yes, conclude and freeze") if confirming else wording.text("Conclude")
        self._go.setText(words)
        self._go.setAccessibleName(words)

    def _take_back(self) -> None:
        self._confirm(False)

    def _concluded(self, _change: Change) -> None:
        self._confirm(False)
        self._services.messages.info(wording.text("Concluded. It is frozen now."))

    def _refused(self, error: GembaError) -> None:
        self._confirm(False)
        self._go.setEnabled(True)
        self._refusal.say(wording.sentence(error))
        self._refusal.show()

    def _reported(self, issued: IssuedFile) -> None:
        self._report_again()
        words = wording.text("The report is at {file}.", file=str(issued.file))
        self._services.messages.info(" ".join([words, *issued.warnings]))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(issued.file.parent)))

    def _not_reported(self, error: GembaError) -> None:
        self._report_again()
        self._services.messages.trouble(error)

    def _report_again(self) -> None:
        self._report.setEnabled(True)
        self._report.setText(wording.text("Make the report (PDF)"))

    def _correction_begun(self, change: Change) -> None:
        self.corrected.emit(change.uid)


def _bar(section: SectionScore, parent: QWidget) -> QWidget:
    """A section's percent as words and as a bar."""
    box = QWidget(parent)
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 2, 0, 2)
    rows.setSpacing(3)
    score = terms.percent(section.percent or 0)
    rows.addWidget(Words(f"{section.title} · {score}", scale="small", wrap=True, parent=box))
    bar = QProgressBar(box)
    bar.setTextVisible(False)
    bar.setAccessibleName(f"{section.title}, {score}")
    bar.setValue(round(section.percent or 0))
    rows.addWidget(bar)
    return box
