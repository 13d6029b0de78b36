"""Goals in the window: written, changed, adapted, retired, and what is to be mended seen at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from tests.ui.alignment.goals_page import AlignmentObject
from tests.work.promising import TODAY, adapted, goal_added, level_agreed, measured, required

from gemba.domain.actions import Action
from gemba.domain.goals import Goal, Requirement
from gemba.domain.places import Level
from gemba.ui.parts.figure_table import FigureTable
from gemba.work import goals
from gemba.work.goals_in_force import in_force
from gemba.work.places import add_place

SAID = {"title": "Told first", "statement": "We tell you first.", "need": "Do not let me wait."}


@pytest.fixture
def region(desk):
    return add_place(desk, "South", level=Level.REGION).uid


def goals_of(desk):
    with desk.reader() as reader:
        return {(one.code, one.version, one.place): one for one in reader.find(Goal)}


def test_an_empty_register_says_what_to_do_and_the_first_goal_is_written_by_keyboard(empty, desk):
    shown = AlignmentObject(empty)
    assert "Nothing is promised yet" in empty.texts()
    shown.press("goals.empty.add")
    assert empty.window.focusWidget().objectName() == "goal_form.title"
    shown.fill("goal_form", **SAID)
    assert empty.window.focusWidget().objectName() == "goal_form.need", "a field of several lines"
    empty.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (made,) = goals_of(desk).values()
    assert (made.code, made.statement, made.owner) == ("told-first", SAID["statement"], "")
    assert "The goal is kept" in empty.message
    assert shown.list.column(1) == ["No owner +1"]
    words = shown.show(0)
    assert "nobody answers for it; name an owner" in words
    assert "Nothing says how it is measured" in words


def test_what_a_rule_refuses_is_said_beside_its_field_and_nothing_typed_is_lost(open_window, desk):
    goal_added(desk)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.press("button.alignment.goals.add")
    shown.press("goal_form.keep")
    assert "Fill in the" in window.texts()
    shown.fill("goal_form", **SAID, code="TOLD first")
    shown.press("goal_form.keep")
    assert "There is a goal with the code told-first already" in shown.tab.form.fields["code"].note.text()
    shown.fill("goal_form", code="a/b")
    shown.press("goal_form.keep")
    assert "cannot have the code" in shown.tab.form.fields["code"].note.text()
    shown.fill("goal_form", code="other", valid_to=TODAY - timedelta(days=9))
    shown.press("goal_form.keep")
    assert "before it begins" in shown.tab.form.fields["valid_to"].note.text()
    assert shown.tab.form.words["statement"].toPlainText() == SAID["statement"]
    window.keys(Qt.Key.Key_Escape)
    assert shown.tab.currentIndex() == 0
    assert len(goals_of(desk)) == 1


def test_a_goal_is_changed_with_a_reason_and_the_difference_is_shown(open_window, desk):
    uid = goal_added(desk)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.open(uid)
    shown.press("goals.change")
    shown.fill("goal_form", statement="At once.", contrary="We said no.")
    shown.press("goal_form.keep")
    assert "Say why" in shown.tab.form.fields["reason"].note.text()
    shown.fill("goal_form", reason="Customers asked")
    shown.press("goal_form.keep")
    later = goals_of(desk)["told-first", 2, None]
    assert (later.statement, later.replaces, later.anchors) == ("At once.", uid, {"contrary": "We said no."})
    words = shown.show(0)
    assert "Before: We tell you first." in words
    assert "Now: At once." in words
    assert "Customers asked" in words


def test_a_region_adapts_a_goal_only_with_a_last_day_and_sees_when_it_runs_out(open_window, desk, region):
    uid = goal_added(desk)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.open(uid)
    shown.press("goals.adapt")
    shown.fill("goal_form", statement="Within a week.", reason="Strike")
    shown.press("goal_form.keep")
    assert "Choose the place" in window.texts()
    shown.fill("goal_form", place=region)
    shown.press("goal_form.keep")
    assert "always runs out" in window.texts()
    begins = shown.tab.form.begins.day
    shown.fill("goal_form", valid_from=TODAY, valid_to=TODAY + timedelta(days=12))
    assert begins is not None
    shown.press("goal_form.keep")
    made = goals_of(desk)["told-first", 1, region]
    with desk.reader() as reader:
        assert [one.uid for one in in_force(reader, region, TODAY)] == [made.uid]
    words = shown.open(made.uid)
    assert "runs out in 12 days" in words
    assert "Adapts: Told first" in words
    shown.open(uid)
    assert "South" in window.find(QWidget, f"goals.adaptation.{made.uid}").accessibleName()
    shown.list.narrow("place", region)
    assert shown.list.column(2) == ["runs out in 12 days"], "only what holds there"


def test_retiring_says_what_it_means_for_the_quarter(open_window, desk):
    uid = goal_added(desk)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.open(uid)
    shown.press("goals.retire")
    shown.fill("goal_retire", on=TODAY + timedelta(days=18))
    assert "decisions before 2026-03-20 are still judged against it" in window.texts()
    shown.press("goal_retire.keep")
    assert "Say why" in window.texts()
    shown.fill("goal_retire", reason="No longer sold")
    shown.press("goal_retire.keep")
    assert goals_of(desk)["told-first", 1, None].retired_because == "No longer sold"
    assert "Retired because" in shown.open(uid)


def test_the_tree_is_drawn_and_told_as_a_table_and_grows_by_a_form(open_window, desk):
    uid = goal_added(desk)
    measure = measured(desk, "on-time", 90, 93)
    required(desk, uid, measure=measure)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.open(uid)
    tree = window.find(QWidget, "goals.tree")
    assert "On time: at least 95 %, 93 % in 2026-02 (Not met)" in tree.accessibleDescription().replace("\u00a0", " ")
    shown.press("goals.tree.table")
    table = window.find(FigureTable, "goals.branches")
    assert [row[1] for row in table.words()] == ["Not met"]
    shown.press("goals.require")
    shown.press("requirement.keep")
    assert "Fill in the driver" in window.texts()
    shown.fill("requirement", driver="Clear", measured_by="Understood letters, of 50", target="neun")
    shown.press("requirement.keep")
    assert "give a number" in window.texts()
    shown.fill("requirement", target="90", unit="%", measure=measure)
    shown.press("requirement.keep")
    with desk.reader() as reader:
        made = {one.driver: one for one in reader.find(Requirement)}
    assert (made["Clear"].target, made["Clear"].measure) == (90.0, measure)
    shown.press("goals.tree.table")
    table = window.find(FigureTable, "goals.branches")
    table.opened.emit(1)
    window.settle()
    shown.press("requirement.retire")
    with desk.reader() as reader:
        assert [one.driver for one in reader.find(Requirement) if one.retired] == ["Clear"]


def test_the_list_is_searched_narrowed_and_sorted(open_window, desk, region):
    goal_added(desk, "zero", title="Zero errors", owner="")
    first = goal_added(desk, "first", title="First time right")
    adapted(desk, first, region)
    window = open_window(desk)
    shown = AlignmentObject(window)
    assert shown.list.column() == ["First time right", "First time right", "Zero errors"]
    shown.list.sort(1)
    assert shown.list.column()[0] == "Zero errors", "what weighs most first"
    shown.list.search("south")
    assert shown.list.column() == ["First time right"]
    shown.list.search("")
    shown.list.narrow("gap", "no_owner")
    assert shown.list.column() == ["Zero errors"]


def test_questions_of_checklists_are_picked_and_taken_out_again(open_window, desk):
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.press("goals.empty.add")
    items = shown.tab.form.items
    window.qtbot.waitUntil(lambda: items.search.count() > 50)
    wanted = items.search.itemData(1)
    items.pick(wanted)
    items.pick(items.search.itemData(2))
    window.settle()
    shown.press("goal_form.items.out.1")
    shown.fill("goal_form", **SAID)
    shown.press("goal_form.keep")
    (made,) = goals_of(desk).values()
    assert made.items == (wanted,)


def test_a_service_level_of_a_goal_leads_to_its_own_tab(open_window, desk):
    uid = goal_added(desk)
    level = level_agreed(desk, goal=uid, expected=99.0, achieved=90.0)
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.open(uid)
    window.find(QWidget, f"goals.level.{level}").follow()
    window.qtbot.waitUntil(lambda: shown.page.tabs.code == "levels")
    window.settle()
    window.qtbot.waitUntil(lambda: "Promise against expectation" in window.texts())


def test_both_registers_are_written_as_a_document_from_the_list(open_window, desk, tmp_path, monkeypatch):
    goal_added(desk)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "goals.pdf"), ""))
    window = open_window(desk)
    shown = AlignmentObject(window)
    menu = shown.tab.list.bar.more.menu()
    next(action for action in menu.actions() if "PDF" in action.text()).trigger()
    window.settle()
    assert (tmp_path / "goals.pdf").read_bytes().startswith(b"%PDF")
    assert opened == [str(tmp_path / "goals.pdf")]
    assert "goals.pdf" in window.message


def test_a_version_to_come_is_found_by_its_own_uid(open_window, desk):
    uid = goal_added(desk)
    later = goals.change(desk, uid, reason="r", statement="At once.", valid_from=TODAY + timedelta(days=30)).uid
    window = open_window(desk)
    shown = AlignmentObject(window)
    assert "Version 2" in shown.open(later)
    assert shown.tab.list.current.uid == uid


def test_what_is_to_be_mended_becomes_an_action_in_one_step(open_window, desk):
    add_place(desk, "Enterprise", level=Level.ENTERPRISE)
    goal_added(desk, owner="")
    window = open_window(desk)
    shown = AlignmentObject(window)
    shown.show(0)
    shown.press("gap.mend.0")
    assert "mend.0.owner" in window.window.focusWidget().objectName()
    shown.press("mend.0.keep")
    assert "Name" in window.texts()
    shown.fill("mend.0", owner="Steward")
    shown.press("mend.0.keep")
    with desk.reader() as reader:
        (action,) = reader.find(Action)
    assert (action.owner, action.text) == ("Steward", "told-first: nobody answers for it; name an owner.")
    assert f"{action.number} is open for it" in shown.show(0)
