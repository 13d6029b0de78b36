from __future__ import annotations

from datetime import date

import pytest
from tests.work.auditing import another_person, decide

from gemba.domain.decisions import Decision
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import Refusal
from gemba.work import plan_audits
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.independence import doubts
from gemba.work.plan_audits import Plan, audit_named

QUARTER = "2026-Q1"
INSIDE = date(2026, 2, 10)


def audit_of(desk: Desk, uid: str) -> Audit:
    with desk.reader() as reader:
        found = reader.get(Audit, uid)
    assert found is not None
    return found


def test_an_audit_is_planned_for_the_whole_quarter_and_told_by_its_number(desk: Desk, place: str) -> None:
    uid = plan_audits.plan(desk, Plan(place=place, quarter="2026q1")).uid
    audit = audit_of(desk, uid)
    assert (audit.quarter, audit.begins, audit.ends) == (QUARTER, date(2026, 1, 1), date(2026, 3, 31))
    assert audit.planned_on == date(2026, 3, 31)
    assert audit.auditor == desk.person.uid
    assert "Harbour branch" in audit.title
    with desk.reader() as reader:
        assert audit_named(reader, audit.number.lower()) == audit
        assert audit_named(reader, audit.number[:6]) == audit
        with pytest.raises(Refusal, match="no_audit_named"):
            audit_named(reader, "Q-NONE")


def test_nobody_audits_what_they_decided(desk: Desk, place: str) -> None:
    decide(desk, place, INSIDE)  # nothing tells who took it, so it was whoever wrote it down
    with pytest.raises(Refusal, match="audits_own") as told:
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER))
    assert told.value.facts["count"] == 1
    other = another_person(desk)
    plan_audits.plan(desk, Plan(place=place, quarter=QUARTER, auditor=other))
    with pytest.raises(Refusal, match="audits_own"):
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER, auditor=other, second=desk.person.uid))
    plan_audits.plan(desk, Plan(place=place, quarter="2026-Q2"))


def test_a_decision_below_the_place_counts_and_one_before_the_quarter_does_not(desk: Desk, place: str) -> None:
    from gemba.work.places import add_place

    counter = add_place(desk, "Counter", parent=place).uid
    decide(desk, counter, date(2025, 12, 31), role="Teller")
    plan_audits.plan(desk, Plan(place=place, quarter=QUARTER))
    decide(desk, counter, date(2026, 1, 1), role="Teller")
    with pytest.raises(Refusal, match="audits_own"):
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER))


def test_the_same_role_at_the_same_place_needs_a_reason(desk: Desk, place: str) -> None:
    other = another_person(desk)
    decide(desk, place, date(2025, 6, 1), role="Branch lead")
    decide(desk, place, INSIDE, role="Branch lead", decider=other)
    with pytest.raises(Refusal, match="independence_in_doubt") as told:
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER))
    assert "Branch lead" in told.value.facts["why"]
    reason = "Left the branch in 2025; the region reads along."
    uid = plan_audits.plan(desk, Plan(place=place, quarter=QUARTER, independent_because=reason)).uid
    assert audit_of(desk, uid).independent_because == reason


def test_whoever_imports_decisions_did_not_take_them_but_is_asked(desk: Desk, place: str) -> None:
    decide(desk, place, INSIDE, source="crm", key="1")
    with pytest.raises(Refusal, match="independence_in_doubt"):
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER))
    plan_audits.plan(desk, Plan(place=place, quarter=QUARTER, independent_because="Only imports the log."))


def test_doubts_of_single_decisions_name_them(desk: Desk, place: str) -> None:
    other = another_person(desk)
    own, theirs = decide(desk, place, INSIDE), decide(desk, place, INSIDE, decider=other)
    with desk.reader() as reader:
        asked = list(reader.many(Decision, [own, theirs]))
        mine, of_other = doubts(reader, desk.person.uid, asked), doubts(reader, other, asked)
    assert (mine.own_uids, mine.roles) == ({own}, ("Branch lead",))
    assert (of_other.own_uids, of_other.is_refused) == ({theirs}, True)


def test_moving_keeps_the_decisions_and_the_reason_and_says_when_it_leaves_the_plan(desk: Desk, place: str) -> None:
    uid = plan_audits.plan(
        desk, Plan(place=place, quarter=QUARTER, planned_on=date(2026, 3, 2), due=date(2026, 3, 9))
    ).uid
    for reason in ("", "   "):
        with pytest.raises(Refusal, match="move_without_reason"):
            plan_audits.move(desk, uid, date(2026, 4, 7), reason)
    assert plan_audits.leaves_its_plan(audit_of(desk, uid), date(2026, 4, 7))
    plan_audits.move(desk, uid, date(2026, 4, 7), "Stocktaking")
    audit = audit_of(desk, uid)
    assert (audit.planned_on, audit.due, audit.moved_because) == (date(2026, 4, 7), date(2026, 4, 14), "Stocktaking")
    assert (audit.quarter, audit.ends) == (QUARTER, date(2026, 3, 31))
    with pytest.raises(Refusal, match="due_before_planned"):
        plan_audits.move(desk, uid, date(2026, 4, 7), "Again", due=date(2026, 4, 1))


def test_auditors_are_two_people_and_a_second_can_be_taken_away(desk: Desk, place: str) -> None:
    uid, other = plan_audits.plan(desk, Plan(place=place, quarter=QUARTER)).uid, another_person(desk)
    with pytest.raises(Refusal, match="second_is_lead"):
        plan_audits.assign(desk, uid, second=desk.person.uid)
    with pytest.raises(Refusal, match="double_without_second"):
        plan_audits.assign(desk, uid, double_share=0.2)
    with pytest.raises(Refusal, match="double_share"):
        plan_audits.assign(desk, uid, second=other, double_share=20)
    plan_audits.assign(desk, uid, second=other, double_share=0.2)
    assert (audit_of(desk, uid).second, audit_of(desk, uid).double_share) == (other, 0.2)
    plan_audits.assign(desk, uid, second="", double_share=0)
    assert audit_of(desk, uid).second is None
    with pytest.raises(Refusal, match="unknown_record"):
        plan_audits.assign(desk, uid, auditor="nobody")


def test_somebody_whose_name_is_gone_audits_nothing(desk: Desk, place: str) -> None:
    left = another_person(desk, name="")
    with pytest.raises(Refusal, match="auditor_left"):
        plan_audits.plan(desk, Plan(place=place, quarter=QUARTER, auditor=left))


def test_what_was_cancelled_or_opened_is_touched_no_more(desk: Desk, place: str) -> None:
    uid = plan_audits.plan(desk, Plan(place=place, quarter=QUARTER)).uid
    plan_audits.cancel(desk, uid, "The branch closed.")
    audit = audit_of(desk, uid)
    assert (audit.state, audit.moved_because) == (AuditState.CANCELLED, "The branch closed.")
    for again in (
        lambda: plan_audits.cancel(desk, uid, "x"),
        lambda: plan_audits.move(desk, uid, date(2026, 5, 1), "x"),
        lambda: plan_audits.assign(desk, uid),
    ):
        with pytest.raises(Refusal, match="audit_not_planned"):
            again()


def test_who_was_erased_audits_nothing_and_is_still_no_second(desk: Desk, place: str) -> None:
    gone = another_person(desk, name="Somebody")
    audit = plan_audits.plan(desk, Plan(place=place, quarter=QUARTER)).uid
    erase(desk, "person", gone, reason="Left the company.")
    with pytest.raises(Refusal, match="auditor_left"):
        plan_audits.assign(desk, audit, auditor=gone)
    with pytest.raises(Refusal, match="auditor_left"):
        plan_audits.assign(desk, audit, second=gone, double_share=0.1)
