"""What is wrong with the goals of an audit, beside its plan."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton
from tests.work.auditing import plan_audit
from tests.work.promising import adapted, goal_added, measured, required

from gemba.domain.places import Level
from gemba.work.places import add_place


def test_an_audit_lists_the_goals_of_its_place_that_are_to_be_mended_and_leads_to_them(open_window, desk):
    region = add_place(desk, "South", level=Level.REGION).uid
    site, elsewhere = add_place(desk, "Harbour", parent=region).uid, add_place(desk, "Hill").uid
    goal = goal_added(desk, owner="")
    required(desk, goal, measure=measured(desk, "on-time", 97))
    there = adapted(desk, goal, region, owner="South lead")
    mended, to_mend = plan_audit(desk, site, "2026-Q1"), plan_audit(desk, elsewhere, "2026-Q1")
    shown = open_window(desk)
    page = shown.go("audits")
    page.view("audits").show_uid(to_mend)
    shown.qtbot.waitUntil(lambda: "nobody answers for it; name an owner" in shown.texts())
    page.view("audits").show_uid(mended)
    shown.qtbot.waitUntil(lambda: "nobody answers" not in shown.texts())
    page.view("audits").show_uid(to_mend)
    shown.qtbot.waitUntil(lambda: len(shown.window.findChildren(QAbstractButton, "audit.goal.0")) > 0)
    shown.settle()
    shown.press("audit.goal.0")
    shown.qtbot.waitUntil(lambda: shown.page.view("goals").detail.uid == goal)
    assert there != goal
