"""`gemba audit`: opened, judged, found, answered, checked, concluded; refused in words where a rule says no."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.conftest import reopen
from tests.work.auditing import decide
from tests.work.conducting import audit_now, conducted, ready

from gemba.domain.decisions import Decision
from gemba.domain.programmes import AuditState


@pytest.fixture
def planned(shell, prepared_store, ticking):
    """The shell, what there is to judge with numbers in place of uids, and a function that changes the store."""

    def at(change):
        desk = reopen(shell.store, prepared_store[1], ticking)
        try:
            return change(desk)
        finally:
            desk.store.close()

    def make(desk):
        it = ready(desk, state=AuditState.PLANNED)
        with desk.reader() as reader:
            numbers = [reader.get(Decision, uid).number for uid in it.decisions]
        return it, audit_now(desk, it.audit).number, numbers

    return shell, *at(make), at


def judged(shell, number, decisions):
    for decision in decisions:
        for goal in ("goal-1", "goal-2"):
            shell.ok("audit", "judge", number, decision, goal, "aligned", "--for", "The letter of the day")
    against = ("--against", "Nobody wrote", "--constraint", "time", "--cause", "")
    shell.ok("audit", "judge", number, decisions[0], "goal-1", "contrary", *against)


def test_an_audit_from_opening_to_report(planned, tmp_path):
    shell, it, number, decisions, at = planned
    assert shell.ok("audit", "open", number)["audit"]["state"] == "open"
    at(lambda desk: conducted(desk, it.audit))
    assert len(shell.ok("audit", "to-judge", number)) == 6
    judged(shell, number, decisions)
    assert shell.ok("audit", "to-judge", number) == []
    assert shell.ok("audit", "hand-in", number)["lead_handed_in"]
    (proposed, _) = shell.ok("audit", "finding", number)
    assert (proposed["goal"], proposed["grade"], proposed["decisions"]) == ("goal-1", "minor", decisions[:1])
    finding = shell.ok("audit", "finding", number, "goal-1", "--text", "Letters come late")["number"]
    shell.ok("audit", "to-auditee", number)
    shell.ok("audit", "respond", finding, "contest", "--role", "Branch lead", "--text", "It is in the file")
    assert shell("audit", "release-check", number).code == 2
    said = shell("audit", "settle-response", finding, "upheld", "--reason", "It is not")
    assert said.out.strip() == "Branch lead contests it: It is in the file · Upheld: It is not"
    assert shell.ok("audit", "release-check", number)["need"] in {"ready", "words"}
    out = tmp_path / "report.pdf"
    made = shell.ok("audit", "conclude", number, "--summary", "Kept mostly", "--escalate", decisions[0], "--out", out)
    assert made["audit"]["report"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert [line["sort"] for line in shell.ok("escalation", "list")] == ["conflict"]
    again = tmp_path / "again.pdf"
    shell.ok("audit", "report", number, "--out", again)
    assert again.read_bytes() == out.read_bytes()
    words = shell("audit", "show", number).out
    assert "5 aligned, 0 in part, 1 contrary" in words
    assert "Report issued" in words
    assert shell.ok("audit", "list", "--state", "concluded", "--quarter", "2026-Q1")[0]["number"] == number
    late = shell("audit", "respond", finding, "contest", "--role", "Branch lead", "--text", "Still not ours")
    assert late.code == 0
    assert "(late) Branch lead contests it: Still not ours" in shell("audit", "show", number).out
    corrected = shell.ok("audit", "correct", number, "--reason", "The letter was found")
    assert corrected["audit"]["corrects"] == it.audit


def refused(shell, *arguments):
    said = shell(*arguments)
    assert (said.code, said.out) == (2, ""), said
    assert len(said.err.strip().splitlines()) == 1
    return said.err


def test_what_a_rule_refuses_is_one_sentence_and_code_two(planned, tmp_path):
    shell, it, number, decisions, at = planned
    judge = ("audit", "judge", number, decisions[0], "goal-1")
    assert "not opened yet" in refused(shell, *judge, "aligned", "--for", "x")
    shell.ok("audit", "open", number)
    assert "evidence for or against" in refused(shell, *judge, "aligned")
    assert "forced the decision" in refused(shell, *judge, "part", "--for", "x")
    assert "why nothing can be told" in refused(shell, *judge, "cannot_tell")
    assert "until which day" in refused(
        shell, *judge, "part", "--for", "x", "--constraint", "rule", "--exception", "storm"
    )
    assert "Say how it stands" in refused(shell, *judge)
    assert "not judged yet" in refused(shell, "audit", "hand-in", number)
    assert "cannot be concluded yet" in refused(shell, "audit", "conclude", number)
    other = at(lambda desk: decide(desk, it.place, desk.clock().date(), decider=it.decider))
    assert "not in the sample" in refused(shell, "audit", "judge", number, other, "goal-1", "aligned", "--for", "x")
    assert "handed in yet" in refused(shell, "audit", "to-auditee", number)
    assert shell("audit", "show", "Q-NONE-0001").code == 2


def test_a_file_that_is_missing_is_trouble_and_keeps_nothing(planned, tmp_path):
    shell, _, number, decisions, _ = planned
    shell.ok("audit", "open", number)
    judge = ("audit", "judge", number, decisions[0], "goal-1", "aligned")
    assert shell(*judge, "--file-for", Path("nowhere") / "letter.jpg").code == 3
    assert len(shell.ok("audit", "to-judge", number)) == 6
    letter = tmp_path / "letter.txt"
    letter.write_text("We write to you before the change.")
    made = shell.ok(*judge, "--file-for", letter)
    assert made["verdict"] == "aligned"
    assert shell.ok("audit", "judge", number, decisions[0], "goal-1", "--undo")["taken_back"]


def test_a_sheet_on_one_decision_is_an_assessment_of_its_own(planned):
    shell, it, number, decisions, _ = planned
    uid = shell.ok("audit", "sheet", number, decisions[0])["uid"]
    assert shell.ok("audit", "sheet", number, decisions[0])["uid"] == uid
    shown = shell.ok("assess", "show", uid)
    assert it.decisions[0] in str(shown)
