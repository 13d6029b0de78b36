"""The decision log: recorded, held against boundaries, changed until an audit has concluded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from tests.work.auditing import judge, plan_audit, promise

from gemba.domain.decisions import Decision, Standing
from gemba.domain.escalations import Escalation, EscalationSort, conflict_uid
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import Refusal
from gemba.store.record_history import history
from gemba.work.boundaries import Boundaries, BoundaryDraft, set_boundary
from gemba.work.decisions import change, last_entry, look, put_back, record, remarks
from gemba.work.desk import Desk


def today(desk: Desk) -> date:
    return desk.clock().date()


def said(desk: Desk, place: str, **fields: Any) -> dict[str, Any]:
    known = {"title": "Refund without the receipt", "role": "Branch lead", "place": place, "decided_on": today(desk)}
    return known | fields


def one(desk: Desk, uid: str) -> Decision:
    with desk.reader() as reader:
        found = reader.get(Decision, uid)
    assert found is not None
    return found


@pytest.fixture
def refunds(desk: Desk) -> str:
    """A boundary: branch leads may refund up to 50 EUR."""
    return set_boundary(
        desk,
        BoundaryDraft(
            role="Branch lead", scenario="refund", title="Refund", limit=50, unit="EUR", valid_from=date(2020, 1, 1)
        ),
    ).uid


def test_it_is_held_against_its_boundary_at_once(desk: Desk, place: str, refunds: str) -> None:
    uid = record(desk, **said(desk, place, scenario="Refund", amount=80, unit="eur")).uid
    found = one(desk, uid)
    assert (found.standing, found.boundary, found.scenario) == (Standing.BEYOND, refunds, "refund")
    assert found.number.startswith("D-")


def test_a_change_is_checked_anew_and_the_journal_keeps_what_it_was(desk: Desk, place: str, refunds: str) -> None:
    uid = record(desk, **said(desk, place, scenario="refund", amount=80, unit="EUR")).uid
    before = one(desk, uid)
    change(desk, uid, escalated=True)
    after = one(desk, uid)
    assert (after.standing, after.boundary) == (Standing.ESCALATED, refunds)
    with desk.reader() as reader:
        assert set(history(reader, "decision", uid)[0].fields) == {"escalated", "standing"}
    put_back(desk, before, after)
    assert one(desk, uid) == before
    change(desk, uid, amount=10)
    with pytest.raises(Refusal, match="decision_changed_since"):
        put_back(desk, before, msgspec.structs.replace(before, amount=20.0))


def test_once_its_audit_has_concluded_it_stays_as_it_is(desk: Desk, place: str) -> None:
    goal = promise(desk)
    uid = record(desk, **said(desk, place)).uid
    audit = plan_audit(desk, place, "2026-Q1")
    judge(desk, audit, uid, goal)
    change(desk, uid, title="Refund with a note")
    with desk.unit() as unit:
        unit.change(Audit, audit, state=AuditState.CONCLUDED)
    with pytest.raises(Refusal, match="decision_audited"):
        change(desk, uid, title="Something else")
    assert one(desk, uid).title == "Refund with a note"


def test_one_that_contradicts_a_commitment_opens_its_conflict_once(desk: Desk, place: str) -> None:
    goal = promise(desk, "told")
    uid = record(desk, **said(desk, place, goal="told", contradicts=True, why="The list was long")).uid
    change(desk, uid, effect="12 customers were not told")
    with desk.reader() as reader:
        (opened,) = reader.find(Escalation)
    assert (opened.uid, opened.sort) == (conflict_uid(uid, goal), EscalationSort.CONFLICT)
    assert opened.subject == f"decision:{uid}"
    assert opened.due_at is not None


def test_a_later_word_that_it_contradicts_opens_the_conflict_too(desk: Desk, place: str) -> None:
    promise(desk, "told")
    uid = record(desk, **said(desk, place, goal="told")).uid
    with desk.reader() as reader:
        assert not reader.find(Escalation)
    change(desk, uid, contradicts=True)
    with desk.reader() as reader:
        assert len(reader.find(Escalation)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "decision_no_title"),
        ({"role": ""}, "decision_no_role"),
        ({"decided_on": None}, "decision_no_decided_on"),
        ({"decided_on": date(2999, 1, 1)}, "decision_ahead"),
        ({"customers": -1}, "decision_customers"),
        ({"amount": -5.0, "unit": "EUR"}, "decision_amount"),
        ({"amount": float("inf"), "unit": "EUR"}, "decision_amount"),
        ({"amount": 5.0}, "decision_unit"),
        ({"contradicts": True}, "decision_contradicts_what"),
        ({"goal": "nothing"}, "unknown_goal"),
        ({"exception": "nothing"}, "unknown_exception"),
        ({"decider": "00000000-0000-7000-8000-000000000000"}, "unknown_record"),
    ],
)
def test_what_no_decision_can_be_is_refused(desk: Desk, place: str, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        record(desk, **said(desk, place, **fields))


def test_it_does_not_expire_before_it_is_made(desk: Desk, place: str) -> None:
    with pytest.raises(Refusal, match="decision_expires"):
        record(desk, **said(desk, place, expires=today(desk) - timedelta(days=1)))


def test_a_goal_that_did_not_hold_then_is_no_commitment_of_it(desk: Desk, place: str) -> None:
    promise(desk, "told", valid_from=date(2026, 1, 1))
    with pytest.raises(Refusal, match="decision_goal"):
        record(desk, **said(desk, place, goal="told", decided_on=date(2025, 12, 31)))


def test_the_look_ahead_says_why(desk: Desk, place: str, refunds: str) -> None:
    with desk.reader() as reader:
        boundaries, day = Boundaries(reader), today(desk)
        beyond = look(boundaries, day, role="branch lead", scenario="Refund", place=place, amount=80.0, unit="EUR")
        other = look(boundaries, day, role="Branch lead", scenario="refund", place=place, amount=8.0, unit="hours")
        gap = look(boundaries, day, role="Cashier", scenario="discount", place=place)
    assert beyond.stands.standing is Standing.BEYOND
    assert "up to 50 EUR" in beyond.words
    assert "cannot be compared" in other.words
    assert gap.stands.standing is Standing.UNBOUNDED
    assert len(gap.remarks) == 2


def test_a_role_nobody_has_is_told_and_kept(desk: Desk, place: str, refunds: str) -> None:
    uid = record(desk, **said(desk, place, role="Brnach lead")).uid
    with desk.reader() as reader:
        assert "Brnach lead" in remarks(reader, one(desk, uid))[0]


def test_the_next_entry_begins_where_the_last_one_was(desk: Desk, place: str, refunds: str) -> None:
    with desk.reader() as reader:
        assert last_entry(reader) == {}
    record(desk, **said(desk, place, scenario="Refund", amount=1, unit="EUR"))
    with desk.reader() as reader:
        assert last_entry(reader) == {"place": place, "role": "Branch lead", "scenario": "refund", "unit": "EUR"}
