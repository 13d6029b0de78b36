"""Boundaries as a matrix with a form; discretion month by month, each number a way to its decisions."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ui.alignment.decisions_page import DecisionsObject
from tests.work.auditing import decide

from gemba.domain.decisions import Boundary, Standing
from gemba.domain.follow_through import RegisterEntry
from gemba.work.boundaries import BoundaryDraft, set_boundary
from gemba.work.places import add_place


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


def every(desk):
    with desk.reader() as reader:
        return reader.find(Boundary)


def test_the_first_boundary_is_set_and_stands_in_the_matrix(open_window, desk, place):
    shown = DecisionsObject(open_window(desk), "boundaries")
    assert "No boundary yet" in shown.window.texts()
    shown.press("boundaries.empty.add")
    shown.press("boundary.keep")
    assert "needs a role and a scenario" in shown.form.fields["title"].note.text()
    shown.fill("boundary", title="Refund", role="Branch lead", limit="50", unit="EUR", escalate_to="Area lead")
    shown.press("boundary.keep")
    assert shown.table("boundaries.matrix") == [["Refund", "up to 50 EUR"]]
    shown.enter("boundaries.matrix", 0, 1)
    assert shown.form.words["limit"].text() == "50"
    shown.fill("boundary", place=place, limit="200")
    shown.press("boundary.keep")
    assert shown.table("boundaries.matrix") == [["Refund", "up to 50 EUR · 1 place of its own"]]
    assert [row[2:4] for row in shown.table("boundaries.table")] == [
        ["up to 50 EUR", "Everywhere"],
        ["up to 200 EUR", "Harbour branch"],
    ]


def test_a_gap_leads_to_the_form_of_its_case_and_an_end_needs_a_reason(open_window, desk, place):
    for role, scenario in (("Cashier", "refund"), ("Branch lead", "waiver")):
        set_boundary(
            desk, BoundaryDraft(role=role, scenario=scenario, limit=5, unit="EUR", valid_from=date(2020, 1, 1))
        )
    shown = DecisionsObject(open_window(desk), "boundaries")
    assert shown.table("boundaries.matrix") == [["refund", "–", "up to 5 EUR"], ["waiver", "up to 5 EUR", "–"]]
    shown.enter("boundaries.matrix", 0, 1)
    assert (shown.form.words["title"].text(), shown.form.words["role"].text()) == ("refund", "Branch lead")
    shown.press("boundary.cancel")
    shown.enter("boundaries.table", 0, 0)
    shown.press("boundary.retire")
    assert "Say why" in shown.form.fields["reason"].note.text()
    shown.fill("boundary", reason="New till")
    shown.press("boundary.retire")
    assert len(shown.table("boundaries.table")) == 1
    shown.tick("boundaries.over")
    assert len(shown.table("boundaries.table")) == 2
    assert {one.reason for one in every(desk)} == {"New till", ""}


def test_discretion_says_what_the_shares_say_and_opens_the_decisions(open_window, desk, place):
    month = desk.clock().date().replace(day=1)
    for standing, count in ((Standing.BEYOND, 12), (Standing.WITHIN, 8), (Standing.UNBOUNDED, 2)):
        for _ in range(count):
            decide(desk, place, month, standing=standing, scenario="refund")
    shown = DecisionsObject(open_window(desk), "discretion")
    (row,) = shown.table("discretion.roles")
    assert row[:3] == ["Branch lead", "Goes too far", "22"]
    assert row[5] == "60\u00a0% (39–78)"
    assert "decides 60\u00a0% of 20 beyond its boundary" in shown.window.texts()
    assert shown.table("discretion.by_month")[0][0] == f"{month:%Y-%m}"
    assert shown.table("discretion.gaps")[0][:3] == ["refund", "Branch lead", "2"]
    shown.enter("discretion.roles", 0, 5)
    decisions = DecisionsObject(shown.window)
    where = decisions.tab.list.query.where
    assert (where["standing"], where["role"]) == (("beyond",), ("Branch lead",))
    assert f"{month:%Y-%m}" in where["quarter"]
    assert len(decisions.list.column()) == 12
    shown = DecisionsObject(shown.window, "discretion")
    shown.enter("discretion.by_month", 0, 0)
    assert len(DecisionsObject(shown.window).list.column()) == 22
    shown = DecisionsObject(shown.window, "discretion")
    shown.enter("discretion.gaps", 0, 2)
    assert len(DecisionsObject(shown.window).list.column()) == 2


def test_what_leaders_agreed_is_kept_in_its_register(open_window, desk, place):
    for _ in range(6):
        decide(desk, place, desk.clock().date(), standing=Standing.NEEDLESS)
    shown = DecisionsObject(open_window(desk), "discretion")
    shown.press("discretion.note")
    assert shown.focus() == "leaders.present"
    shown.fill("leaders", present="Area leads", judgement="under", agreed="Trust the counter")
    shown.press("leaders.keep")
    with desk.reader() as reader:
        (entry,) = reader.find(RegisterEntry, register="discretion_review")
    assert (entry.state, entry.fields["role"], entry.fields["judgement"]) == ("held", "Branch lead", "under")
    assert "Escalated without need 6" in entry.fields["seen"]


def test_nothing_decided_says_what_to_do(open_window, desk):
    shown = DecisionsObject(open_window(desk), "discretion")
    assert "Nothing was decided in these months" in shown.window.texts()
