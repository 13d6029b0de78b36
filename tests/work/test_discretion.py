"""Discretion reviewed: shares with intervals, what they say, where nothing is agreed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import decide

from gemba.domain.decisions import Standing
from gemba.domain.follow_through import RegisterEntry
from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store.lists import Query
from gemba.work import registers
from gemba.work.boundaries import BoundaryDraft, set_boundary
from gemba.work.calibrate_leaders import LeadersNote, keep_note
from gemba.work.desk import Desk
from gemba.work.discretion import Discretion, Reading, exceptions, review, share_of, span
from gemba.work.export_decisions import export_decisions
from gemba.work.import_decisions import import_
from gemba.work.inspect_decisions import inspect
from gemba.work.registers import EntryDraft


def took(desk: Desk, place: str, month: int, standing: Standing, count: int, **fields: Any) -> None:
    for _ in range(count):
        decide(desk, place, date(2026, month, 3), standing=standing, **fields)


def reviewed(desk: Desk, **said: Any) -> Discretion:
    with desk.reader() as reader:
        return review(reader, date(2026, 1, 1), date(2026, 6, 30), **said)


def test_shares_are_of_what_can_be_compared(desk: Desk, place: str) -> None:
    took(desk, place, 1, Standing.WITHIN, 6)
    took(desk, place, 1, Standing.BEYOND, 2)
    took(desk, place, 1, Standing.UNBOUNDED, 4)
    (role,) = reviewed(desk).roles
    assert (role.total, role.compared, role.reading) == (12, 8, Reading.FITS)
    beyond, gap = role.shares["beyond"], role.shares["no_boundary"]
    assert (beyond.count, beyond.of, beyond.share) == (2, 8, 0.25)
    assert (beyond.low, beyond.high) == (wilson(2, 8).low, wilson(2, 8).high)
    assert (gap.count, gap.of) == (4, 12)


@pytest.mark.parametrize(
    ("standings", "reading"),
    [
        ({Standing.BEYOND: 20, Standing.WITHIN: 20}, Reading.OVER),
        ({Standing.NEEDLESS: 20, Standing.WITHIN: 20}, Reading.UNDER),
        ({Standing.NEEDLESS: 20, Standing.BEYOND: 20}, Reading.BOTH),
        ({Standing.WITHIN: 30, Standing.BEYOND: 3}, Reading.FITS),
        ({Standing.BEYOND: 4}, Reading.FEW),
        ({Standing.UNBOUNDED: 20, Standing.UNTOLD: 5}, Reading.GAP),
    ],
)
def test_what_the_shares_say(desk: Desk, place: str, standings: dict[Standing, int], reading: Reading) -> None:
    for standing, count in standings.items():
        took(desk, place, 2, standing, count)
    (role,) = reviewed(desk).roles
    assert role.reading is reading
    assert "Branch lead" in role.words


def test_roles_are_one_whatever_their_case_and_places_apart(desk: Desk, place: str) -> None:
    took(desk, place, 1, Standing.WITHIN, 5)
    took(desk, place, 2, Standing.WITHIN, 3, role="BRANCH lead")
    took(desk, place, 2, Standing.BEYOND, 30, role="Cashier")
    found = reviewed(desk)
    assert [(one.role, one.total) for one in found.roles] == [("Cashier", 30), ("Branch lead", 8)]
    assert [one.reading for one in found.places] == [Reading.OVER, Reading.FITS]
    assert [month.month for month in found.months["Branch lead"]] == ["2026-01", "2026-02"]
    assert [one.role for one in reviewed(desk, role="cashier").roles] == ["Cashier"]
    elsewhere = "00000000-0000-7000-8000-000000000000"
    assert reviewed(desk, place=elsewhere).total == 0


def test_a_trend_is_told_only_where_the_halves_are_apart(desk: Desk, place: str) -> None:
    for month in (1, 2, 3, 4):
        took(desk, place, month, Standing.WITHIN, 10)
        took(desk, place, month, Standing.NEEDLESS, 10 if month > 2 else 0)
    (role,) = reviewed(desk).roles
    assert "2026-03" in role.trend
    assert "more is escalated without need" in role.trend
    took(desk, place, 1, Standing.NEEDLESS, 20)
    assert reviewed(desk).roles[0].trend == ""


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_lies_in_its_interval(count: int, rest: int) -> None:
    found = share_of(count, count + rest)
    if count + rest < 5:
        assert found.share is None
    else:
        assert found.low is not None
        assert found.share is not None
        assert found.high is not None
        assert 0 <= found.low <= found.share <= found.high <= 1


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 1, 1)), st.integers(1, 60))
def test_a_span_ends_with_its_month(day: date, months: int) -> None:
    begins, ends = span(f"{day.year:04d}-{day.month:02d}", months)
    assert begins.day == 1
    assert begins <= day <= ends
    assert (ends.year * 12 + ends.month) - (begins.year * 12 + begins.month) == months - 1


@pytest.mark.parametrize("said", ["2026", "2026-13", "2026-00", "now", "0000-01"])
def test_what_is_no_month_is_refused(said: str) -> None:
    with pytest.raises(Refusal, match="discretion_month"):
        span(said, 3)


def test_standards_in_use_and_gaps(desk: Desk, place: str) -> None:
    fields = {"code": "late-refund", "scenario": "refund", "role": "Branch lead", "condition": "The till was down"}
    fields |= {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    registers.add(desk, "exception_standard", EntryDraft("Refund on the next day", fields))
    set_boundary(desk, BoundaryDraft(role="Cashier", scenario="waiver", limit=5, valid_from=date(2026, 1, 1)))
    took(desk, place, 1, Standing.UNBOUNDED, 2, scenario="refund", exception="late-refund")
    took(desk, place, 2, Standing.UNBOUNDED, 3, scenario="opening")
    took(desk, place, 2, Standing.UNBOUNDED, 1, scenario="Opening", role="branch lead")
    took(desk, place, 2, Standing.WITHIN, 1, scenario="goodwill")
    with desk.reader() as reader:
        found = exceptions(reader, date(2026, 1, 1), date(2026, 6, 30))
    assert [(one.code, one.title, one.count, one.last) for one in found.used] == [
        ("late-refund", "Refund on the next day", 2, date(2026, 1, 3))
    ]
    assert [(one.scenario, one.role, one.count) for one in found.gaps] == [("opening", "Branch lead", 4)]
    assert [one.scenario for one in found.unused] == ["waiver"]


def test_what_leaders_agree_on_is_kept_with_what_they_saw(desk: Desk, place: str) -> None:
    took(desk, place, 3, Standing.BEYOND, 6)
    took(desk, place, 3, Standing.WITHIN, 2)
    note = LeadersNote(
        month="2026-03", role="branch lead", present="Area leads", judgement="over", agreed="Limit goes to 80"
    )
    uid = keep_note(desk, note).uid
    with desk.reader() as reader:
        entry = reader.get(RegisterEntry, uid)
    assert entry is not None
    assert (entry.register, entry.state, entry.fields["judgement"]) == ("discretion_review", "held", "over")
    assert "Of 8 decisions" in entry.fields["seen"]
    assert "Beyond the boundary 6" in entry.fields["seen"]
    with pytest.raises(Refusal, match="discretion_judgement"):
        keep_note(desk, LeadersNote(month="2026-03", role="x", present="y", judgement="bad"))


def test_what_is_exported_is_no_formula_and_can_be_imported(desk: Desk, place: str, tmp_path: Path) -> None:
    decide(desk, place, date(2026, 1, 3), title="=1+1", amount=12.5, unit="EUR", expires=date(2026, 3, 1))
    out = tmp_path / "out.csv"
    done = export_decisions(desk, out, Query(where={"quarter": ("2026-Q1",)}))
    with out.open(encoding="utf-8-sig", newline="") as lines:
        heads, row = csv.reader(lines)
    said = dict(zip(heads, row, strict=True))
    assert done.count == 1
    assert (said["title"], said["amount"], said["place"], said["standing"]) == (
        "'=1+1",
        "12.5",
        "Harbour branch",
        "no_boundary",
    )
    seen = inspect(desk, out, source="elsewhere")
    assert {"decided_on", "place", "role", "title", "amount", "unit"} <= set(seen.plan.mapping.values())
    assert import_(desk, out, seen.reading, seen.plan).counted.refused <= 1
