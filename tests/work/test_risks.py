"""Risks: the worse of two severities counts, and a wide gap between them is a finding."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.follow_through import Risk
from gemba.errors import Refusal
from gemba.methods.action_priority import PRIORITIES, TABLE
from gemba.work.desk import Desk
from gemba.work.risks import RiskDraft, add, change, line_of, retire, risks, set_priorities

DRAFT = RiskDraft(
    mode="Parcel is not found", effect="Customer comes twice", technical=3, customer=8, occurrence=6, detection=2
)


def test_priority_goes_by_the_worse_severity(desk: Desk) -> None:
    add(desk, DRAFT)
    (line,) = risks(desk)
    assert (line.severity, line.priority, line.gap, line.is_gap_finding) == (8, "H", 5, True)


def test_lines_stand_by_priority(desk: Desk) -> None:
    for occurrence, mode in ((1, "c"), (6, "a"), (4, "b")):
        add(desk, msgspec.structs.replace(DRAFT, mode=mode, occurrence=occurrence))
    assert [(line.risk.mode, line.priority) for line in risks(desk)] == [("a", "H"), ("b", "M"), ("c", "L")]


def test_new_ratings_are_dated_and_other_changes_are_not(desk: Desk) -> None:
    uid = add(desk, DRAFT).uid
    before = risks(desk)[0].risk.judged_at
    change(desk, uid, owner="Head of branches")
    assert risks(desk)[0].risk.judged_at == before
    change(desk, uid, occurrence=2)
    assert risks(desk)[0].risk.judged_at > before


def test_a_review_that_is_late_and_a_line_that_is_retired(desk: Desk) -> None:
    uid = add(desk, msgspec.structs.replace(DRAFT, review_by=date(2026, 3, 1))).uid
    assert risks(desk)[0].overdue
    retire(desk, uid)
    assert risks(desk) == ()
    assert len(risks(desk, with_retired=True)) == 1
    with pytest.raises(Refusal, match="risk_retired"):
        change(desk, uid, owner="x")


def test_an_own_table_of_priorities(desk: Desk) -> None:
    add(desk, DRAFT)
    rows = {f"{low}-{high}": {f"{a}-{b}": "LLLL" for a, b in TABLE.occurrence} for low, high in TABLE.severity}
    set_priorities(desk, rows, "house")
    assert risks(desk)[0].priority == "L"
    set_priorities(desk, None)
    assert risks(desk)[0].priority == "H"
    with pytest.raises(Refusal, match="table"):
        set_priorities(desk, {"9-10": {"8-10": "HHHH"}}, "too short")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": " "}, "without_mode"),
        ({"effect": ""}, "without_effect"),
        ({"technical": 0}, "outside"),
        ({"detection": 11}, "outside"),
    ],
)
def test_what_is_refused(desk: Desk, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        add(desk, msgspec.structs.replace(DRAFT, **fields))
    uid = add(desk, DRAFT).uid
    with pytest.raises(Refusal, match=code):
        change(desk, uid, **fields)
    with pytest.raises(Refusal, match="risk_field"):
        change(desk, uid, retired=True)


RATING = st.integers(1, 10)


@given(RATING, RATING, RATING, RATING)
def test_a_line_is_never_less_urgent_for_a_worse_customer_severity(t: int, c: int, o: int, d: int) -> None:
    from datetime import UTC, datetime

    risk = Risk(
        uid="r", mode="m", effect="e", technical=t, customer=c, occurrence=o, detection=d,
        judged_at=datetime(2026, 1, 1, tzinfo=UTC), person="p",
    )  # fmt: skip
    line = line_of(risk, TABLE, date(2026, 1, 1))
    worse = line_of(msgspec.structs.replace(risk, customer=min(10, c + 1)), TABLE, date(2026, 1, 1))
    assert PRIORITIES.index(worse.priority) <= PRIORITIES.index(line.priority)
    assert line.is_gap_finding == (c - t >= 3)
