"""`gemba agreement`: what two auditors agree on, where they differ, and what they settle."""

from __future__ import annotations

import pytest
from tests.conftest import reopen
from tests.work.auditing import judge
from tests.work.conducting import as_person, audit_now, ready

from gemba.domain.judgements import Judgement


@pytest.fixture
def agreeing(shell, prepared_store, ticking):
    """The shell, an audit's number with twelve cases of which two differ, and the numbers of these decisions."""
    desk = reopen(shell.store, prepared_store[1], ticking)
    made = ready(desk, decisions=12, goals=1, double=12)
    other, now = as_person(desk, made.second), desk.clock()
    for at, decision in enumerate(made.decisions):
        lead = "contrary" if at < 2 else "aligned"
        said = {"constraint": "budget", "evidence_against": "No budget left"} if at < 2 else {}
        judge(desk, made.audit, decision, made.goals[0], lead, handed_in_at=now, **said)
        judge(other, made.audit, decision, made.goals[0], "aligned", is_lead=False, handed_in_at=now)
    number = audit_now(desk, made.audit).number
    with desk.reader() as reader:
        own = [one.uid for one in reader.find(Judgement, auditor=made.second)]
    desk.store.close()

    def blind():
        again = reopen(shell.store, prepared_store[1], ticking)
        with again.unit() as unit:
            for uid in own:
                unit.change(Judgement, uid, handed_in_at=None)
        again.store.close()

    return shell, number, blind


def test_agreement_of_an_audit_and_across_audits(agreeing):
    shell, number, _ = agreeing
    found = shell.ok("agreement", number)
    assert (found["overall"]["cases"], found["overall"]["alike"], found["unsettled"]) == (12, 10, 2)
    words = shell("agreement", "show", number).out
    assert "10 of 12 (83\u00a0%)" in words
    assert "2 disagreements are not settled." in words
    assert "goal-1" in words or "Promise 1" in words
    across = shell.ok("agreement", "auditors", "--quarter", "2026-q1", "--place", "Harbour")
    assert (across["overall"]["cases"], len(across["pairs"]), len(across["auditors"])) == (12, 1, 2)
    assert shell.ok("agreement", "auditors", "--quarter", "2025-Q1")["overall"] is None


def test_disagreements_are_settled_by_both_with_a_reason(agreeing):
    shell, number, _ = agreeing
    open_ones = shell.ok("agreement", "disagreements", number)
    first = open_ones[0]
    assert {first["lead"]["judgement"]["verdict"], first["second"]["judgement"]["verdict"]} == {"contrary", "aligned"}
    assert "against: No budget left" in shell("agreement", "disagreements", number).out
    settle = ("agreement", "settle", number, first["decision"], "--as", "contrary", "--present", "Both auditors")
    kept = shell.ok(*settle, "--reason", "The file shows it")
    assert (kept["verdict"], kept["constraint"], kept["reason"]) == ("contrary", "budget", "The file shows it")
    assert len(shell.ok("agreement", "disagreements", number)) == 1
    assert len(shell.ok("agreement", "disagreements", number, "--settled")) == 2
    said = shell(*settle, "--reason", " ")
    assert (said.code, said.err.count("\n")) == (2, 1)
    other = open_ones[1]["decision"]
    rest = ("agreement", "settle", number, other, "--present", "Both", "--reason", "So it was")
    shell.ok(*rest, "--as", "part", "--constraint", "staff", "--exception", "Storm", "--until", "2026-05-01")
    assert "Nothing is left to settle." in shell("agreement", "disagreements", number).out


def test_nothing_is_shown_while_it_is_blind(agreeing):
    shell, number, blind = agreeing
    blind()
    for arguments in (
        ("agreement", number),
        ("agreement", "disagreements", number),
        ("agreement", "settle", number, "D-TEST", "--as", "part", "--reason", "x", "--present", "y"),
    ):
        said = shell(*arguments)
        assert (said.code, said.out, "No budget left" in said.err) == (2, "", False)
    assert shell("agreement", "auditors").out.startswith("No decision was judged by two")
