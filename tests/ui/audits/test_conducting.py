"""An audit from its opening to the issued report, as its auditors meet it in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from tests.work.conducting import audit_now, conducted, contrary, judge_all, ready

from gemba.domain.conclusions import IssuedReport
from gemba.domain.escalations import Escalation
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.judgements import AuditeeResponse, ResponseOutcome, ResponseSort
from gemba.domain.programmes import AuditState
from gemba.ui.audits.finding_forms import ResponseForm
from gemba.ui.audits.release_card import ReleaseCard
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice
from gemba.work.audit_findings import Told, raise_on_goal
from gemba.work.conclude_audit import conclude_audit
from gemba.work.issue_audit_report import audit_report
from gemba.work.judge import hand_in, judge
from gemba.work.open_audit import open_audit
from gemba.work.respond import respond, to_auditee


class AuditObject:
    """The detail of one audit."""

    def __init__(self, window, desk, audit) -> None:
        self.window, self.desk, self.audit = window, desk, audit
        self.page = window.go("audits")
        self.tab = self.page.view("audits")
        self.show()

    def show(self):
        self.tab.show_uid(self.audit)
        self.window.settle()
        self.window.settle()

    @property
    def texts(self):
        return self.window.texts()

    @property
    def release(self):
        return self.tab.detail.findChild(ReleaseCard)

    def remarks(self):
        """The codes of the warnings that ask for a word."""
        return list(self.release.words)

    def kept(self, noun):
        with self.desk.reader() as reader:
            return reader.find(noun)


@pytest.fixture
def audit_of(open_window, desk):
    """Shows an audit that was brought to a point by `way(desk, it)`."""

    def show(way=lambda _desk, _it: None, **fields):
        it = ready(desk, decisions=3, goals=2, **fields)
        way(desk, it)
        return AuditObject(open_window(desk), desk, it.audit), it

    return show


def judged(desk, it):
    open_audit(desk, it.audit)
    conducted(desk, it.audit)
    judge_all(desk, it)
    judge(desk, it.audit, it.decisions[0], it.goals[0], contrary())
    hand_in(desk, it.audit)


def contested(desk, it):
    judged(desk, it)
    told = Told(goal=it.goals[0], grade=FindingGrade.MINOR, text="Customers hear of it only when they call")
    finding = raise_on_goal(desk, it.audit, told).uid
    to_auditee(desk, it.audit)
    respond(desk, finding, ResponseSort.CONTEST, role="Branch lead", words="The letter is in the file")


def test_an_auditor_opens_it_and_sees_what_is_left(audit_of):
    audit, _ = audit_of(state=AuditState.PLANNED)
    audit.window.press("audit.open")
    assert audit_now(audit.desk, audit.audit).state is AuditState.OPEN
    assert "0 of 6 judged" in audit.texts
    assert "6 verdicts of 6 are missing." in audit.texts
    audit.window.press("audit.judge")
    assert audit.tab.currentWidget().head.told.text() == "0 of 6 judged"


def test_the_conduct_is_written_on_its_sheet(audit_of):
    audit, _ = audit_of(state=AuditState.PLANNED)
    audit.window.press("audit.open")
    audit.window.press("audit.conduct")
    assert "Opening meeting" in audit.texts


def test_the_conduct_is_concluded_with_its_audit_and_leads_back_to_it(audit_of):
    audit, _ = audit_of(judged, state=AuditState.PLANNED)
    audit.window.press("audit.conduct")
    audit.window.page.conclude()
    audit.window.settle()
    shown = {button.objectName() for button in audit.window.window.findChildren(Button) if button.isVisible()}
    assert "conclusion.audit" in shown
    assert not shown & {"conclude", "report", "correct"}
    audit.window.press("conclusion.audit")
    assert "Before the report" in audit.texts


def test_a_suggested_finding_is_worded_and_given_to_the_auditee(audit_of):
    audit, _ = audit_of(judged, state=AuditState.PLANNED)
    assert "Suggested: Minor nonconformity, Promise 1, 1 decision" in audit.texts
    audit.window.press("audit.suggested.Promise 1")
    audit.window.press("audit_finding.keep")
    assert "Describe" in audit.texts or "Say" in audit.texts  # nothing is raised without words
    assert not audit.kept(Finding)
    audit.window.type("audit_finding.text", "Deborah Decider did not write")
    audit.window.press("audit_finding.keep")
    assert "Deborah Decider" in audit.texts
    audit.window.type("audit_finding.text", "Customers hear of it only when they call")
    audit.window.press("audit_finding.keep")
    (finding,) = audit.kept(Finding)
    assert (finding.grade, finding.criterion) == ("minor", "We tell you before you ask.")
    audit.window.press("audit.to_auditee")
    assert audit_now(audit.desk, audit.audit).state is AuditState.RESPONDING


def test_the_auditee_contests_and_it_is_settled(audit_of):
    audit, _ = audit_of(contested, state=AuditState.PLANNED)
    (finding,) = audit.kept(Finding)
    assert "Branch lead contests it: The letter is in the file" in audit.texts
    assert "1 contested finding is not settled." in audit.texts
    audit.window.press(f"audit.settle.{finding.number}")
    audit.window.find(Choice, f"audit_settle.{finding.number}.outcome").choose(ResponseOutcome.WITHDRAWN)
    audit.window.find(Choice, f"audit_settle.{finding.number}.verdict").choose("aligned")
    audit.window.press(f"audit_settle.{finding.number}.keep")
    assert "Give the reason" in audit.texts
    audit.window.type(f"audit_settle.{finding.number}.reason", "The letter was found")
    audit.window.press(f"audit_settle.{finding.number}.keep")
    assert audit.kept(AuditeeResponse)[0].outcome is ResponseOutcome.WITHDRAWN
    assert "Withdrawn: The letter was found" in audit.texts
    assert "contested" not in audit.texts.replace("contests", "")


def test_a_response_comes_with_its_files(audit_of, tmp_path):
    def given(desk, it):
        judged(desk, it)
        told = Told(goal=it.goals[0], grade=FindingGrade.MINOR, text="Customers hear of it only when they call")
        raise_on_goal(desk, it.audit, told)
        to_auditee(desk, it.audit)

    audit, _ = audit_of(given, state=AuditState.PLANNED)
    (finding,) = audit.kept(Finding)
    audit.window.press(f"audit.respond.{finding.number}")
    letter = tmp_path / "letter.txt"
    letter.write_text("We write before the change.")
    audit.window.find(ResponseForm, f"audit_response.{finding.number}").take([letter])
    assert "letter.txt" in audit.texts
    audit.window.type(f"audit_response.{finding.number}.role", "Branch lead")
    audit.window.press(f"audit_response.{finding.number}.keep")
    (response,) = audit.kept(AuditeeResponse)
    assert [one.subject for one in audit.kept(Evidence) if one.subject] == [f"auditee_response:{response.uid}"]


def test_it_is_concluded_with_a_word_on_each_warning_and_the_report_is_issued(audit_of, tmp_path, monkeypatch):
    monkeypatch.setattr("gemba.work.issue_report.own_documents", lambda: tmp_path)
    audit, _ = audit_of(judged, state=AuditState.PLANNED)
    assert audit.remarks() == ["no_finding.goal-1"]
    audit.window.press("audit.conclude")
    assert "Say a word on this warning" in audit.texts
    audit.window.type("release.word.no_finding.goal-1", "One case of three")
    audit.window.type("release.summary", "Promises are kept")
    (box,) = [box for box in audit.release.findChildren(QCheckBox) if box.isVisible()]
    box.setChecked(True)
    audit.window.press("audit.conclude")
    audit.window.settle()
    (issued,) = audit.kept(IssuedReport)
    assert audit_now(audit.desk, audit.audit).state is AuditState.CONCLUDED
    assert len(audit.kept(Escalation)) == 1
    shown = audit.texts.replace("\u200b", "")
    assert issued.sha256 in shown
    assert "83.3" in shown  # five of six


def test_words_on_warnings_are_not_lost_when_something_else_changes(audit_of):
    audit, _ = audit_of(judged, state=AuditState.PLANNED)
    audit.window.type("release.word.no_finding.goal-1", "One case of three")
    audit.window.press("audit.to_auditee")
    audit.window.settle()
    assert audit.window.find(QLineEdit, "release.word.no_finding.goal-1").text() == "One case of three"


def concluded(desk, it):
    judged(desk, it)
    told = Told(goal=it.goals[0], grade=FindingGrade.MINOR, text="Customers hear of it only when they call")
    finding = raise_on_goal(desk, it.audit, told).uid
    to_auditee(desk, it.audit)
    respond(desk, finding, ResponseSort.ACCEPT, role="Branch lead")
    conclude_audit(desk, it.audit)
    audit_report(desk, it.audit, Path(desk.store.folder).parent / "issued.pdf")


def test_a_late_response_is_kept_and_shown_as_late(audit_of):
    audit, _ = audit_of(concluded, state=AuditState.PLANNED)
    (finding,) = audit.kept(Finding)
    audit.window.press(f"audit.respond.{finding.number}")
    audit.window.find(Choice, f"audit_response.{finding.number}.sort").choose(ResponseSort.CONTEST)
    audit.window.type(f"audit_response.{finding.number}.role", "Branch lead")
    audit.window.type(f"audit_response.{finding.number}.text", "We see it otherwise")
    audit.window.press(f"audit_response.{finding.number}.keep")
    assert "Late, after the report: Branch lead contests it: We see it otherwise" in audit.texts
    assert len(audit.kept(IssuedReport)) == 1


def test_the_report_is_given_out_and_a_correction_begun(audit_of, tmp_path, monkeypatch):
    audit, _ = audit_of(concluded, state=AuditState.PLANNED)
    monkeypatch.setattr("gemba.ui.audits.release_card.QDesktopServices.openUrl", lambda _url: True)
    audit.release.write_to(tmp_path / "copy.pdf")
    audit.window.settle()
    issued = Path(audit.desk.store.folder).parent / "issued.pdf"
    assert (tmp_path / "copy.pdf").read_bytes() == issued.read_bytes()
    audit.window.press("audit.correct")
    audit.window.press("audit_correct.keep")
    assert "Say why the audit is corrected" in audit.texts
    audit.window.type("audit_correct.reason", "The letter was found")
    audit.window.press("audit_correct.keep")
    audit.window.settle()
    assert "6 of 6 judged" in audit.texts
    assert audit.tab.detail.uid != audit.audit


def test_while_two_judge_apart_no_finding_is_told(audit_of):
    def judged_apart(desk, it):
        open_audit(desk, it.audit)
        judge_all(desk, it, contrary())
        hand_in(desk, it.audit)

    audit, _ = audit_of(judged_apart, state=AuditState.PLANNED, double=1)
    assert "Two auditors judge apart" in audit.texts
    assert "Suggested" not in audit.texts
    assert "The second auditor has not handed in." in audit.texts
