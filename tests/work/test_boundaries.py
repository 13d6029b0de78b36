"""Boundaries: set, replaced, ended, and what decisions are held against."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from tests.work.auditing import promise

from gemba.domain.decisions import Boundary, Standing
from gemba.errors import Refusal
from gemba.work.boundaries import BoundaryDraft, check, listed, retire, set_boundary
from gemba.work.desk import Desk
from gemba.work.places import add_place

REFUND = BoundaryDraft(role="Branch lead", scenario="refund", title="Refund", limit=50, unit="EUR", escalate_to="Area")


def draft(**fields: Any) -> BoundaryDraft:
    return msgspec.structs.replace(REFUND, **fields)


def stands(desk: Desk, place: str, day: date, amount: float | None, *, escalated: bool = False) -> Standing:
    with desk.reader() as reader:
        return check(reader, "branch lead", "REFUND", place, day, amount, escalated=escalated).standing


def test_a_new_boundary_takes_the_place_of_the_one_before_from_its_first_day_on(desk: Desk, place: str) -> None:
    set_boundary(desk, draft(valid_from=date(2026, 1, 1)))
    set_boundary(desk, draft(valid_from=date(2026, 4, 1), limit=100, reason="Fewer calls"))
    assert stands(desk, place, date(2025, 12, 31), 10) is Standing.UNBOUNDED
    assert stands(desk, place, date(2026, 3, 31), 80) is Standing.BEYOND
    assert stands(desk, place, date(2026, 4, 1), 80) is Standing.WITHIN
    with desk.reader() as reader:
        first, second = reader.find(Boundary)
        assert (first.valid_to, first.retired, second.valid_to) == (date(2026, 3, 31), False, None)
        assert len(listed(reader)) == 2
        assert listed(reader, day=date(2026, 2, 1), role="BRANCH lead", scenario="Refund") == [first]


def test_one_that_began_the_same_day_is_withdrawn(desk: Desk, place: str) -> None:
    set_boundary(desk, draft(valid_from=date(2026, 1, 1)))
    set_boundary(desk, draft(valid_from=date(2026, 1, 1), limit=20))
    assert stands(desk, place, date(2026, 2, 1), 30) is Standing.BEYOND
    with desk.reader() as reader:
        assert [one.retired for one in reader.find(Boundary)] == [True, False]


def test_a_branch_may_go_further_than_its_region(desk: Desk, place: str) -> None:
    below = add_place(desk, "Counter", parent=place).uid
    set_boundary(desk, draft(valid_from=date(2026, 1, 1)))
    set_boundary(desk, draft(valid_from=date(2026, 1, 1), limit=200, place=place))
    elsewhere = add_place(desk, "Hill branch").uid
    day = date(2026, 2, 1)
    assert [stands(desk, at, day, 120) for at in (below, place, elsewhere)] == [
        Standing.WITHIN,
        Standing.WITHIN,
        Standing.BEYOND,
    ]


def test_an_ended_boundary_keeps_what_was_decided_before(desk: Desk, place: str) -> None:
    uid = set_boundary(desk, draft(valid_from=date(2026, 1, 1))).uid
    retire(desk, uid, "Moved to the hub", on=date(2026, 3, 1))
    assert stands(desk, place, date(2026, 2, 28), 10) is Standing.WITHIN
    assert stands(desk, place, date(2026, 3, 1), 10) is Standing.UNBOUNDED
    with pytest.raises(Refusal, match="boundary_over"):
        retire(desk, uid, "again", on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": " "}, "boundary_without_case"),
        ({"limit": -1}, "boundary_limit"),
        ({"limit": float("nan")}, "boundary_limit"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "boundary_days"),
        ({"goal": "nothing"}, "unknown_goal"),
        ({"place": "00000000-0000-7000-8000-000000000000"}, "unknown_record"),
    ],
)
def test_a_senseless_boundary_is_refused(desk: Desk, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        set_boundary(desk, draft(**fields))


def test_one_that_begins_later_is_not_passed_over(desk: Desk) -> None:
    set_boundary(desk, draft(valid_from=date(2026, 6, 1)))
    with pytest.raises(Refusal, match="boundary_ahead"):
        set_boundary(desk, draft(valid_from=date(2026, 1, 1)))
    set_boundary(desk, draft(valid_from=date(2026, 1, 1), valid_to=date(2026, 5, 31)))


def test_it_serves_a_commitment(desk: Desk) -> None:
    goal = promise(desk, "told")
    uid = set_boundary(desk, draft(goal="told")).uid
    with desk.reader() as reader:
        found = reader.get(Boundary, uid)
    assert found is not None
    assert found.goal == goal


def test_an_end_needs_a_reason(desk: Desk) -> None:
    uid = set_boundary(desk, REFUND).uid
    with pytest.raises(Refusal, match="boundary_reason"):
        retire(desk, uid, " ")
