"""Escalations are never raised without what was tried, and a conflict is opened once, whoever opens it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.work.auditing import decide, promise

from gemba.domain.escalations import (
    Escalation,
    EscalationSort,
    EscalationState,
    EscalationStep,
    EscalationStepSort,
    conflict_uid,
)
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.escalations import Case, ConflictWords, escalate, open_conflict, open_conflict_in


def case(place: str, **fields: Any) -> Case:
    said = Case(
        title="The queue at the only counter",
        place=place,
        tried="A second colleague helps out from eleven to one; the queue stays.",
        asked="May we open a second counter on Saturdays?",
    )
    return msgspec.structs.replace(said, **fields)


def kept(desk: Desk, uid: str) -> Escalation:
    with desk.reader() as reader:
        found = reader.get(Escalation, uid)
    assert found is not None
    return found


def steps(desk: Desk, uid: str) -> list[EscalationStep]:
    with desk.reader() as reader:
        return sorted(reader.find(EscalationStep, escalation=uid), key=lambda one: one.happened_at)


def test_an_escalation_stands_on_the_first_tier_with_its_clock(desk: Desk, place: str) -> None:
    made = kept(desk, escalate(desk, case(place, severity="high")).uid)

    assert made.number.startswith("S-")
    assert (made.tier, made.owner, made.state) == (1, "Site lead", EscalationState.OPEN)
    assert made.due_at == made.raised_at + timedelta(hours=24)
    (raised,) = steps(desk, made.uid)
    assert (raised.sort, raised.text, raised.due_at) == (EscalationStepSort.RAISED, made.tried, made.due_at)


@pytest.mark.parametrize("filler", ["", "  ", "-", "n/a", "N.A.", "none", "...", "Nothing yet", "xxxx", "—", "tbd"])
@pytest.mark.parametrize("field", ["tried", "asked"])
def test_an_escalation_without_what_was_tried_or_asked_is_refused(
    desk: Desk, place: str, field: str, filler: str
) -> None:
    with pytest.raises(Refusal, match=f"work.escalation_{field}"):
        escalate(desk, case(place, **{field: filler}))
    with desk.reader() as reader:
        assert reader.find(Escalation) == []


@pytest.mark.parametrize("words", ["Asked twice.", "试过两次", "Nothing helped: three calls to the carrier", "rework"])
def test_what_says_something_is_taken(desk: Desk, place: str, words: str) -> None:
    assert kept(desk, escalate(desk, case(place, tried=words)).uid).tried == words


@pytest.mark.parametrize("sort", [EscalationSort.CONFLICT, EscalationSort.COMPLIANCE])
def test_conflict_and_compliance_hear_both_sides(desk: Desk, place: str, sort: EscalationSort) -> None:
    with pytest.raises(Refusal, match=r"work\.escalation_sides"):
        escalate(desk, case(place, sort=sort, customer_side="They wait 40 minutes.", other_side="n/a"))
    made = kept(
        desk, escalate(desk, case(place, sort=sort, customer_side="They wait.", other_side="The fire rule.")).uid
    )
    assert made.forum


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"place": "nowhere"}, "work.unknown_record"),
        ({"subject": "finding:unknown"}, "work.unknown_record"),
        ({"links": ("nonsense",)}, "work.unknown_record"),
        ({"goal": "unknown"}, "work.unknown_record"),
        ({"severity": "grave"}, "work.escalation_severity"),
        ({"title": " "}, "work.escalation_title"),
        ({"next_by": date(2026, 3, 1)}, "work.escalation_next_past"),
        ({"next_by": date(2026, 9, 1)}, "work.escalation_next_far"),
    ],
)
def test_what_does_not_stand_up_is_refused(desk: Desk, place: str, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        escalate(desk, case(**{"place": place, **fields}))
    assert refused.value.code == code


def test_a_conflict_is_opened_once_with_a_clock_of_its_own(desk: Desk, place: str) -> None:
    decision, goal = decide(desk, place, date(2026, 3, 1), why="Too many came back."), promise(desk)
    uid = open_conflict(desk, decision, goal).uid
    again = open_conflict(desk, decision, goal, ConflictWords(tried="Something else"))

    assert again.uid == uid == conflict_uid(decision, goal)
    assert not again.uids
    made = kept(desk, uid)
    assert (made.sort, made.subject, made.goal) == (EscalationSort.CONFLICT, f"decision:{decision}", goal)
    assert made.customer_side == "Promised: We tell you before you ask."
    assert made.other_side == "Too many came back."
    assert "Branch lead decided by themselves on 2026-03-01" in made.tried
    assert made.due_at == made.raised_at + timedelta(hours=72)
    assert made.forum == "Customer commitments forum"
    assert len(steps(desk, uid)) == 1


def test_a_conflict_is_opened_within_another_units_work_or_not_at_all(desk: Desk, place: str) -> None:
    decision, goal = decide(desk, place, date(2026, 3, 1)), promise(desk)

    def both() -> None:
        with desk.unit() as unit:
            open_conflict_in(desk, unit, decision, goal)
            open_conflict_in(desk, unit, decision, "unknown")

    with pytest.raises(Refusal):
        both()
    with desk.reader() as reader:
        assert reader.find(Escalation) == []
    with desk.unit() as unit:
        uid = open_conflict_in(desk, unit, decision, goal, ConflictWords(severity="high"))
        assert open_conflict_in(desk, unit, decision, goal) == uid
    assert kept(desk, uid).severity == "high"


def test_moments_are_in_utc(desk: Desk, place: str) -> None:
    made = kept(desk, escalate(desk, case(place)).uid)
    assert made.raised_at.tzinfo is UTC
    assert made.raised_at >= datetime(2026, 3, 2, 8, tzinfo=UTC)
