"""The list of audits and one audit, as a person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from tests.ui.pages.lists import ListObject
from tests.work.auditing import another_person, decide, plan_audit

from gemba.domain.programmes import Audit, AuditState
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.parts.links import LinkRow
from gemba.work.places import add_place


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def filled(open_window, desk, place):
    parts = {"drift": 0.8, "since": 1.0, "weight.drift": 3.0, "weight.since": 1.0, "told.judged": 20.0}
    plan_audit(desk, place, "2026-Q1", planned_on=date(2026, 2, 27), risk=85.0, risk_parts=parts)
    plan_audit(desk, place, "2026-Q2", planned_on=date(2026, 6, 12))
    return open_window(desk)


def audits_of(desk):
    with desk.reader() as reader:
        return {audit.quarter: audit for audit in reader.find(Audit)}


def shown(window):
    page = window.go("audits")
    window.settle()
    return page.view("audits"), ListObject(page.view("audits").list, window)


def test_the_list_says_what_is_overdue_and_why_an_audit_was_chosen(filled, desk):
    tab, listed = shown(filled)
    assert listed.column(1) == ["Planned", "Overdue"]
    tab.show_uid(audits_of(desk)["2026-Q1"].uid)
    filled.settle()
    words = filled.texts()
    assert "Risk 85 of 100" in words
    assert "Drift in earlier audits (weight 3)" in words
    assert "Harbour branch" in words


def test_an_audit_is_moved_with_a_reason_and_it_is_said_when_it_leaves_its_quarter(filled, desk):
    tab, _ = shown(filled)
    uid = audits_of(desk)["2026-Q2"].uid
    tab.show_uid(uid)
    filled.settle()
    filled.press("audit.move")
    form = next(widget for widget in filled.page.findChildren(DayField, "audit_move.day") if widget.isVisible())
    form.put(date(2026, 7, 3))
    filled.settle()
    assert "lies in another quarter" in filled.texts()
    filled.press("audit_move.keep")
    assert "Say why" in filled.texts()
    filled.type("audit_move.reason", "Stocktaking")
    filled.press("audit_move.keep")
    audit = audits_of(desk)["2026-Q2"]
    assert (audit.planned_on, audit.moved_because) == (date(2026, 7, 3), "Stocktaking")
    assert "Stocktaking" in filled.texts()


def test_an_audit_is_given_to_others_and_called_off(filled, desk, place):
    other = another_person(desk, "Second pair of eyes")
    tab, _ = shown(filled)
    uid = audits_of(desk)["2026-Q2"].uid
    tab.show_uid(uid)
    filled.settle()
    filled.press("audit.assign")
    filled.find(Choice, "audit_assign.second").choose(desk.person.uid)
    filled.press("audit_assign.keep")
    assert "cannot be one person" in filled.texts()
    filled.find(Choice, "audit_assign.second").choose(other)
    filled.press("audit_assign.keep")
    assert audits_of(desk)["2026-Q2"].second == other
    filled.press("audit.cancel")
    filled.type("audit_cancel.reason", "The branch closes.")
    filled.press("audit_cancel.keep")
    assert audits_of(desk)["2026-Q2"].state is AuditState.CANCELLED


def test_a_single_audit_is_planned_and_nobody_audits_their_own(open_window, desk, place):
    decide(desk, place, date(2026, 2, 1))
    other = another_person(desk)
    window = open_window(desk)
    window.go("audits")
    window.press("audits.empty.add")
    window.press("audit_form.keep")
    assert "Choose the place." in window.texts()
    window.find(Choice, "audit_form.place").choose(place)
    window.press("audit_form.keep")
    assert "nobody audits their own" in window.texts()
    window.find(Choice, "audit_form.auditor").choose(other)
    window.press("audit_form.keep")
    assert [audit.auditor for audit in audits_of(desk).values()] == [other]
    assert "planned" in window.message


def test_today_shows_audits_of_the_next_fortnight_and_overdue_ones(open_window, desk, place):
    for day in (date(2026, 2, 20), date(2026, 3, 9), date(2026, 5, 1)):
        plan_audit(desk, place, "2026-Q1", planned_on=day, title=f"Audit of {day}")
    window = open_window(desk)
    page = window.go("today")
    words = window.texts()
    assert "Audits soon" in words
    assert "Audit of 2026-02-20" in words
    assert "Audit of 2026-05-01" not in words
    first = next(row for row in page.audits_due.findChildren(LinkRow) if row.isVisible())
    window.qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    window.settle()
    window.qtbot.waitUntil(lambda: "Lead auditor" in window.texts())
