"""Service levels in the window: three columns, the worst gap first."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget
from tests.ui.alignment.goals_page import AlignmentObject
from tests.work.promising import TODAY, goal_added, level_agreed, measured

from gemba.domain.goals import Bound, ServiceLevel


def test_a_service_level_is_written_refused_and_kept(empty, desk):
    shown = AlignmentObject(empty, "levels")
    assert "No service level yet" in empty.texts()
    shown.press("levels.empty.add")
    assert empty.window.focusWidget().objectName() == "level.title"
    shown.fill("level", title="Loan decided", provider="Back office", customer="back office", unit="days")
    shown.press("level.keep")
    assert "Say what is promised" in empty.texts()
    shown.fill("level", promised="5", expected="x")
    shown.press("level.keep")
    assert "give a number" in shown.tab.form.fields["expected"].note.text()
    shown.fill("level", expected="3", bound="at_most", achieved="7")
    shown.press("level.keep")
    assert "own customer" in shown.tab.form.fields["customer"].note.text()
    shown.fill("level", customer="Branches")
    shown.press("level.keep")
    with desk.reader() as reader:
        (made,) = reader.find(ServiceLevel)
    assert (made.promised, made.expected, made.achieved, made.bound) == (5, 3, 7, Bound.AT_MOST)
    assert made.achieved_on is not None
    words = shown.show(0)
    assert "133 % short" in words.replace("\u00a0", " ")
    assert "5 days is promised where the customer expects 3 days" in words.replace("\u00a0", " ")


def test_the_worst_gap_is_first_and_an_overdue_review_is_said(open_window, desk):
    level_agreed(desk, "Fine", expected=90.0, achieved=96.0, review_by=TODAY - timedelta(days=1))
    level_agreed(desk, "Short", expected=90.0, achieved=80.0)
    window = open_window(desk)
    shown = AlignmentObject(window, "levels")
    assert shown.list.column() == ["Short", "Fine"]
    assert "Review overdue" in shown.show(1)
    shown.list.narrow("gap", "review_overdue")
    assert shown.list.column() == ["Fine"]


def test_what_a_measure_tells_is_shown_in_the_third_column(open_window, desk):
    goal = goal_added(desk)
    level_agreed(desk, goal=goal, measure=measured(desk, "on-time", 80, 91), expected=95.0)
    window = open_window(desk)
    shown = AlignmentObject(window, "levels")
    assert [cell.replace("\u00a0", " ") for cell in shown.list.column(4)] == ["91 %"]
    words = shown.show(0)
    assert "on-time" in words
    drawn = window.find(QWidget, "levels.bars").accessibleDescription().replace("\u00a0", " ")
    assert drawn == "Promised: 95 %; Expected by the customer: 95 %; Achieved: 91 %"


def test_a_service_level_is_changed_and_retired(open_window, desk):
    uid = level_agreed(desk, expected=95.0)
    window = open_window(desk)
    shown = AlignmentObject(window, "levels")
    shown.open(uid)
    shown.press("levels.change")
    assert shown.tab.form.words["expected"].text() == "95"
    shown.fill("level", achieved="96.5")
    shown.press("level.keep")
    with desk.reader() as reader:
        changed = reader.get(ServiceLevel, uid)
    assert changed.achieved == 96.5
    shown.open(uid)
    shown.press("levels.change")
    shown.press("level.retire")
    assert shown.list.column() == []
    assert "No service level yet" in window.texts()
