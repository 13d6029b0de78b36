"""Schedules as a person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from gemba.domain.programmes import Audit, Schedule
from gemba.ui.parts.fields import Choice
from gemba.work import schedules
from gemba.work.known_people import add_person
from gemba.work.make_scheduled import make
from gemba.work.places import add_place


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def schedule(desk, place):
    draft = schedules.Draft(title="Monthly", rule="FREQ=MONTHLY;BYDAY=1MO", starts=date(2026, 4, 1), place=place)
    return schedules.add(desk, draft).uid


def tab_of(window):
    page = window.go("audits", "schedules")
    window.settle()
    return page.view("schedules")


def audits_of(desk):
    with desk.reader() as reader:
        return sorted(reader.find(Audit), key=lambda one: one.planned_on)


def tried(window, tab, says):
    """Wait until the form has tried what it says."""
    window.qtbot.waitUntil(lambda: says in tab.form.trial.text())
    window.settle()


def test_a_schedule_is_added_and_its_dates_are_seen_while_one_types(open_window, desk, place):
    window = open_window(desk)
    tab = tab_of(window)
    assert "No schedule yet" in window.texts()
    window.press("button.audits.schedules.add")
    assert tab.form.dates.rowCount() == 12
    window.type("schedule.rule", "FREQ=SECONDLY")
    tried(window, tab, "nobody audits by the hour")
    assert not tab.form.dates.isVisible()
    preset = window.find(Choice, "schedule.preset")
    preset.choose("FREQ=YEARLY")
    preset.activated.emit(preset.currentIndex())
    tried(window, tab, "")
    window.qtbot.waitUntil(tab.form.dates.isVisible)
    window.press("schedule.keep")
    assert "Give the schedule a title" in tab.form.problem.text()
    window.type("schedule.title", "Yearly audit")
    window.press("schedule.keep")
    assert "needs a place" in tab.form.problem.text()
    window.find(Choice, "schedule.place").choose(place)
    window.type("schedule.closed_on", "2026-12-25, 2026-12-26")
    window.press("schedule.keep")
    with desk.reader() as reader:
        (made,) = reader.find(Schedule)
    assert (made.title, made.rule, made.closed_on) == ("Yearly audit", "FREQ=YEARLY", ("2026-12-25", "2026-12-26"))
    assert tab.head.text() == "Yearly audit"
    assert tab.dates.rowCount() == 11, "as far as the horizon, ten years on"


def test_what_is_due_is_made_once(open_window, desk, schedule):
    window = open_window(desk)
    tab_of(window)
    window.press("schedules.make")
    assert "3 made." in window.message
    window.press("schedules.make")
    assert "3 were there already." in window.message
    assert [one.planned_on for one in audits_of(desk)] == [date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1)]


def test_a_changed_schedule_asks_what_becomes_of_planned_audits(open_window, desk, schedule):
    make(desk, schedule, date(2026, 4, 1), date(2026, 6, 30))
    window = open_window(desk)
    tab = tab_of(window)
    window.press("schedules.change")
    window.type("schedule.rule", "FREQ=MONTHLY;BYDAY=1TU")
    window.press("schedule.keep")
    assert "all, none, or which" in tab.form.problem.text()
    window.find(Choice, "schedule.open").choose("which")
    tab.form.waiting.item(1).setCheckState(Qt.CheckState.Checked)
    window.type("schedule.reason", "Mondays are full.")
    window.press("schedule.keep")
    assert "1 audit has moved." in window.message
    days = [one.planned_on for one in audits_of(desk)]
    assert days == [date(2026, 4, 6), date(2026, 5, 5), date(2026, 6, 1)]
    assert "Mondays are full." in audits_of(desk)[1].moved_because


def test_who_leads_is_chosen_and_stays_when_something_else_changes(open_window, desk, schedule):
    add_person(desk, "Second auditor")
    window = open_window(desk)
    tab_of(window)
    window.press("schedules.change")
    lead = window.find(Choice, "schedule.auditors")
    lead.choose(lead.itemData(lead.count() - 1))
    window.press("schedule.keep")
    assert len(kept(desk, schedule).auditors) == 2
    window.press("schedules.change")
    window.type("schedule.title", "Each month")
    window.press("schedule.keep")
    found = kept(desk, schedule)
    assert (found.title, len(found.auditors)) == ("Each month", 2)


def kept(desk, uid):
    with desk.reader() as reader:
        return reader.get(Schedule, uid)


def test_a_schedule_is_taken_out_of_use_and_others_stay(open_window, desk, schedule, place):
    draft = schedules.Draft(title="Another", rule="FREQ=WEEKLY", starts=date(2026, 4, 1), place=place)
    schedules.add(desk, draft)
    window = open_window(desk)
    tab = tab_of(window)
    assert [row[0] for row in tab.table.words()] == ["Another", "Monthly"]
    tab.table.setCurrentCell(1, 0)
    window.settle()
    assert tab.head.text() == "Monthly"
    window.press("schedules.retire")
    assert tab.head.text() == "Another"
