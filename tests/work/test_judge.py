"""Judging sampled decisions against goals: what a verdict needs, who may give it, until when."""

from __future__ import annotations

from datetime import date

import pytest
from tests.work.auditing import decide, promise
from tests.work.conducting import as_person, ready

from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict, Constraint, Judgement, judgement_uid
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import Refusal
from gemba.work.blind import is_blind, visible_judgements
from gemba.work.judge import hand_in, judge, take_back
from gemba.work.judgement_rules import Said
from gemba.work.to_judge import cases, progress_of, said_by

ALIGNED = Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="The letter went out on the day")
CONTRARY = Said(
    verdict=AlignmentVerdict.CONTRARY, evidence_against="Nobody wrote to the customer", constraint=Constraint.TIME
)


def kept(desk, uid):
    with desk.reader() as reader:
        return reader.get(Judgement, uid)


def judge_all(desk, it, decisions=None, said=ALIGNED):
    for decision in decisions or it.decisions:
        for goal in it.goals:
            judge(desk, it.audit, decision, goal, said)


def test_a_judgement_knows_place_and_quarter_of_its_decision(desk):
    it = ready(desk)
    uid = judge(desk, it.audit, it.decisions[0], it.goals[0], CONTRARY).uid
    found = kept(desk, uid)
    assert uid == judgement_uid(it.audit, it.decisions[0], it.goals[0], desk.person.uid)
    assert (found.place, found.quarter, found.is_lead, found.verdict) == (it.place, "2026-Q1", True, "contrary")
    assert (found.constraint, found.handed_in_at) == (Constraint.TIME, None)


def test_it_may_be_changed_and_taken_back_and_given_again(desk):
    it = ready(desk)
    where = (it.audit, it.decisions[0], it.goals[0])
    uid = judge(desk, *where, CONTRARY).uid
    judge(desk, *where, ALIGNED)
    assert (kept(desk, uid).verdict, kept(desk, uid).constraint) == ("aligned", Constraint.NONE)
    take_back(desk, *where)
    assert (kept(desk, uid).taken_back, kept(desk, uid).is_lead) == (True, False)
    with desk.reader() as reader:
        assert said_by(reader, it.audit, desk.person.uid) == {}
    judge(desk, *where, ALIGNED)
    assert (kept(desk, uid).taken_back, kept(desk, uid).is_lead) == (False, True)


def test_saying_the_same_again_writes_nothing(desk):
    it = ready(desk)
    where = (it.audit, it.decisions[0], it.goals[0])
    judge(desk, *where, ALIGNED)
    assert not judge(desk, *where, ALIGNED).uids
    assert judge(desk, *where, CONTRARY).uids


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(verdict=AlignmentVerdict.ALIGNED), "work.judgement_without_evidence"),
        (Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="  "), "work.judgement_without_evidence"),
        (Said(verdict=AlignmentVerdict.CANNOT_TELL, evidence_for="x"), "work.cannot_tell_why"),
        (Said(verdict=AlignmentVerdict.PART, evidence_for="x"), "work.judgement_without_constraint"),
        (
            Said(
                verdict=AlignmentVerdict.ALIGNED, evidence_for="x", exception="storm", exception_until=date(2027, 1, 1)
            ),
            "work.exception_from_nothing",
        ),
        (
            Said(verdict=AlignmentVerdict.PART, evidence_for="x", constraint=Constraint.RULE, exception="storm"),
            "work.exception_without_expiry",
        ),
        (
            Said(
                verdict=AlignmentVerdict.PART,
                evidence_for="x",
                constraint=Constraint.RULE,
                exception_until=date(2027, 1, 1),
            ),
            "work.exception_without_reason",
        ),
        (
            Said(
                verdict=AlignmentVerdict.PART,
                evidence_for="x",
                constraint=Constraint.RULE,
                exception="storm",
                exception_until=date(2025, 1, 1),
            ),
            "work.exception_before",
        ),
    ],
)
def test_what_a_verdict_needs(desk, said, code):
    it = ready(desk)
    with pytest.raises(Refusal, match=code):
        judge(desk, it.audit, it.decisions[0], it.goals[0], said)


def test_only_what_was_drawn_is_judged(desk):
    it = ready(desk)
    other = decide(desk, it.place, date(2026, 2, 1), decider=it.decider)
    with pytest.raises(Refusal, match=r"work\.not_in_sample"):
        judge(desk, it.audit, other, it.goals[0], ALIGNED)


def test_nobody_judges_a_decision_of_their_own(desk):
    it = ready(desk)
    with desk.unit() as unit:
        unit.change(Audit, it.audit, auditor=it.decider)
    with pytest.raises(Refusal, match=r"work\.judges_own"):
        judge(as_person(desk, it.decider), it.audit, it.decisions[0], it.goals[0], ALIGNED)


def test_only_the_auditors_judge_and_only_while_it_is_open(desk):
    it = ready(desk)
    with pytest.raises(Refusal, match=r"work\.not_its_auditor"):
        judge(as_person(desk, it.second), it.audit, it.decisions[0], it.goals[0], ALIGNED)
    for state in set(AuditState) - {AuditState.OPEN}:
        with desk.unit() as unit:
            unit.change(Audit, it.audit, state=state)
        with pytest.raises(Refusal, match=rf"work\.audit_is_{state.value}"):
            judge(desk, it.audit, it.decisions[0], it.goals[0], ALIGNED)


def test_a_goal_retired_mid_quarter_holds_for_what_was_decided_before(desk):
    it = ready(desk, decisions=31)  # from 10 January to 9 February
    with desk.unit() as unit:
        unit.change(Goal, it.goals[0], retired_on=date(2026, 2, 1), retired_because="Said otherwise now")
    judge(desk, it.audit, it.decisions[0], it.goals[0], ALIGNED)
    with pytest.raises(Refusal, match=r"work\.goal_did_not_hold"):
        judge(desk, it.audit, it.decisions[-1], it.goals[0], ALIGNED)
    with desk.reader() as reader:
        owed = cases(reader, reader.get(Audit, it.audit), desk.person.uid)
    assert [len(case.goals) for case in owed] == [2] * 22 + [1] * 9


def test_of_a_region_that_adapted_a_goal_the_adaptation_is_judged(desk):
    it = ready(desk, goals=1)
    adapted = promise(
        desk, "goal-1", core=it.goals[0], place=it.place, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
    )
    with pytest.raises(Refusal, match=r"work\.goal_did_not_hold"):
        judge(desk, it.audit, it.decisions[0], it.goals[0], ALIGNED)
    judge(desk, it.audit, it.decisions[0], adapted, ALIGNED)


def test_an_audit_of_named_goals_asks_for_no_others(desk):
    it = ready(desk, goals=3)
    with desk.unit() as unit:
        unit.change(Audit, it.audit, goals=("goal-2",))
    with pytest.raises(Refusal, match=r"work\.goal_did_not_hold"):
        judge(desk, it.audit, it.decisions[0], it.goals[0], ALIGNED)
    judge(desk, it.audit, it.decisions[0], it.goals[1], ALIGNED)


def test_handing_in_asks_for_all_and_then_nothing_changes(desk):
    it = ready(desk, decisions=2)
    judge(desk, it.audit, it.decisions[0], it.goals[0], ALIGNED)
    with pytest.raises(Refusal, match=r"work\.not_all_judged") as refused:
        hand_in(desk, it.audit)
    assert (refused.value.facts["left"], refused.value.facts["all"]) == (3, 4)
    judge_all(desk, it)
    hand_in(desk, it.audit)
    for undo in (
        lambda: judge(desk, it.audit, it.decisions[0], it.goals[0], CONTRARY),
        lambda: hand_in(desk, it.audit),
    ):
        with pytest.raises(Refusal, match=r"work\.handed_in"):
            undo()
    with pytest.raises(Refusal, match=r"work\.handed_in"):
        take_back(desk, it.audit, it.decisions[0], it.goals[0])


def test_an_own_decision_in_the_sample_does_not_keep_anybody_from_handing_in(desk):
    it = ready(desk, decisions=2)
    with desk.unit() as unit:
        unit.change(Audit, it.audit, auditor=it.second)
    with desk.reader() as reader:
        owed = cases(reader, reader.get(Audit, it.audit), it.decider)
        mine = cases(reader, reader.get(Audit, it.audit), it.second)
    assert owed == ()  # neither lead nor second
    assert [case.is_own for case in mine] == [False, False]


def test_the_second_judges_only_what_both_judge(desk):
    it = ready(desk, decisions=3, double=1)
    second = as_person(desk, it.second)
    uid = judge(second, it.audit, it.decisions[0], it.goals[0], ALIGNED).uid
    assert kept(desk, uid).is_lead is False
    with pytest.raises(Refusal, match=r"work\.not_in_double_share"):
        judge(second, it.audit, it.decisions[1], it.goals[0], ALIGNED)
    with desk.reader() as reader:
        audit = reader.get(Audit, it.audit)
        done = progress_of(cases(reader, audit, it.second), said_by(reader, it.audit, it.second))
    assert (done.judged, done.owed, done.left) == (1, 2, 1)


def test_neither_sees_the_other_until_both_have_handed_in(desk):
    it = ready(desk, decisions=2, double=1)
    second = as_person(desk, it.second)
    judge_all(desk, it)
    judge_all(second, it, it.decisions[:1], CONTRARY)

    def seen(by):
        with desk.reader() as reader:
            audit = reader.get(Audit, it.audit)
            return is_blind(reader, audit), sorted(one.auditor for one in visible_judgements(reader, audit, by))

    assert seen(desk.person.uid) == (True, [desk.person.uid] * 4)
    hand_in(desk, it.audit)
    assert seen(it.second) == (True, [it.second] * 2)
    assert seen("nobody") == (True, [])
    hand_in(second, it.audit)
    assert seen(it.second) == (False, sorted([desk.person.uid] * 4 + [it.second] * 2))
