"""Judging sampled decisions, as an auditor meets it: keys, evidence on both sides, undo, handing in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from tests.work.conducting import audit_now, ready

from gemba.domain.judgements import AlignmentVerdict, Constraint, Judgement
from gemba.ui.parts.fields import Choice
from gemba.work.attach_evidence import attach
from gemba.work.open_audit import open_audit


class JudgingObject:
    """The room in which one judges."""

    def __init__(self, window, desk, audit) -> None:
        self.window, self.desk, self.audit = window, desk, audit
        self.page = window.go("audits")
        self.tab = self.page.view("audits")
        self.tab.enter("judging", audit)
        window.settle()
        self.room = self.tab.currentWidget()

    @property
    def told(self):
        return self.room.head.told.text()

    @property
    def decisions(self):
        return [row.mark for row in self.room.decisions.rows()]

    @property
    def goals(self):
        return [row.mark for row in self.room.goals.rows()]

    @property
    def at(self):
        return self.room.decisions.currentRow(), self.room.goals.currentRow()

    @property
    def problem(self):
        return self.room.form.problem.text()

    def verdict(self, key):
        """Press the key of a verdict where one does not write."""
        self.room.form.verdict.setFocus()
        self.window.qtbot.keyClicks(self.room.form.verdict, key)
        self.window.settle()

    def write(self, text):
        """Type where the keyboard is."""
        self.window.qtbot.keyClicks(self.window.window.focusWidget(), text)

    def next(self):
        self.window.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def kept(self):
        with self.desk.reader() as reader:
            found = reader.find(Judgement, audit=self.audit)
        return [one for one in found if not one.taken_back]


@pytest.fixture
def judging(open_window, desk):
    it = ready(desk, decisions=3, goals=2, state="planned")
    open_audit(desk, it.audit)
    return JudgingObject(open_window(desk), desk, it.audit)


def test_one_judges_by_key_word_and_next_and_lands_at_what_comes_after(judging):
    assert (judging.told, judging.at) == ("0 of 6 judged", (0, 0))
    judging.verdict("1")
    judging.write("The letter went out")
    judging.next()
    assert (judging.told, judging.at, judging.goals) == ("1 of 6 judged", (0, 1), ["Aligned", ""])
    judging.verdict("3")
    judging.write("Nobody wrote")
    judging.next()
    assert "Choose what forced" in judging.problem
    assert judging.at == (0, 1)
    judging.window.find(Choice, "judging.constraint").choose(Constraint.TIME)
    judging.next()
    assert (judging.at, judging.decisions) == ((1, 0), ["✓ 2/2", "0/2", "0/2"])
    verdicts = {(one.verdict, one.evidence_for, one.evidence_against, one.constraint) for one in judging.kept()}
    assert verdicts == {("aligned", "The letter went out", "", ""), ("contrary", "", "Nobody wrote", "time")}


def test_figures_are_letters_where_one_writes(judging):
    judging.verdict("1")
    judging.write("4 letters, 2 calls")
    judging.next()
    (one,) = judging.kept()
    assert (one.verdict, one.evidence_for) == (AlignmentVerdict.ALIGNED, "4 letters, 2 calls")


def test_what_is_whole_is_kept_by_itself_and_what_is_not_stays_as_it_was_written(judging):
    judging.verdict("1")
    judging.write("Seen")
    judging.window.qtbot.waitUntil(lambda: bool(judging.kept()))
    judging.room.onward()
    judging.verdict("3")
    judging.write("Half a sent")
    judging.room.back()
    judging.window.settle()
    assert judging.goals == ["Aligned", "begun"]
    judging.room.onward()
    judging.window.settle()
    assert judging.window.find(QPlainTextEdit, "judging.evidence_against").toPlainText() == "Half a sent"
    assert len(judging.kept()) == 1


def test_the_last_one_is_undone(judging):
    judging.verdict("1")
    judging.write("Seen")
    judging.next()
    judging.window.press("judging.undo")
    assert (judging.kept(), judging.told, judging.at) == ([], "0 of 6 judged", (0, 0))


def test_evidence_of_the_goal_before_is_taken_over(judging):
    judging.verdict("1")
    judging.write("The letter went out")
    judging.next()
    judging.verdict("1")
    judging.window.press("judging.copy")
    judging.next()
    assert [one.evidence_for for one in judging.kept()] == ["The letter went out"] * 2


def test_all_judged_is_handed_in_and_frozen(judging):
    assert not judging.room.head.buttons["hand_in"].isEnabled()
    for _ in range(6):
        judging.verdict("1")
        judging.write("Seen")
        judging.next()
    assert judging.told == "6 of 6 judged"
    judging.window.press("judging.hand_in")
    assert judging.told == "6 of 6 judged · Handed in: what was judged changes no more."
    assert audit_now(judging.desk, judging.audit).lead_handed_in_at is not None
    judging.room.form.verdict.press("4")
    assert all(one.verdict is AlignmentVerdict.ALIGNED for one in judging.kept())


def test_a_file_is_evidence_on_its_side(judging, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("We write before the change.")
    judging.room.files.add([letter], "for")
    judging.window.settle()
    assert "letter.txt · for" in judging.window.texts()
    judging.verdict("1")
    judging.next()
    (one,) = judging.kept()
    assert (one.verdict, one.evidence_for) == ("aligned", "")


def test_a_file_that_is_gone_is_said_and_nothing_is_kept(judging, tmp_path):
    judging.room.files.add([tmp_path / "gone.jpg"], "against")
    judging.window.settle()
    assert "gone.jpg" in judging.window.message
    assert judging.room.session.files_now == ()


def test_what_came_from_elsewhere_is_seen_when_one_comes_back(judging):
    where = audit_now(judging.desk, judging.audit).assessment
    judging.verdict("2")
    judging.write("Half")
    attach(judging.desk, where, b"x", "note.txt", subject=f"judgement:{judging.room.session.judgement_uid}")
    judging.room.refresh()
    judging.window.settle()
    assert "note.txt" in judging.window.texts()
    assert judging.window.find(QPlainTextEdit, "judging.evidence_against").toPlainText() == "Half"


def test_leaving_goes_back_to_the_audit(judging):
    judging.tab.show_uid(judging.audit)
    judging.window.settle()
    assert "0 of 6 judged" in judging.window.texts()
    judging.tab.enter("judging", judging.audit)
    judging.window.settle()
    judging.verdict("1")
    judging.write("Seen")
    judging.window.press("judging.leave")
    assert judging.tab.currentIndex() == 0
    assert "1 of 6 judged" in judging.window.texts()  # what was kept there is seen here
