"""The quarter's programme as a person meets it."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from tests.reports.report_reading import whole
from tests.work.auditing import plan_audit, promise

from gemba.domain.places import Level
from gemba.domain.programmes import Audit, Programme, ProgrammeState, WorkingDay
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.work import programmes, schedules
from gemba.work.places import add_place

QUARTER = "2026-Q1"


@pytest.fixture
def sites(desk):
    region = add_place(desk, "South", level=Level.REGION).uid
    return [add_place(desk, f"Branch {number}", parent=region).uid for number in range(4)]


@pytest.fixture
def programme(desk, sites):
    promise(desk, "told")
    plan_audit(desk, sites[0], "2025-Q4", state="concluded")
    return programmes.make(desk, programmes.Draft(quarter=QUARTER, objective="Are promises kept?")).uid


@pytest.fixture
def window(open_window, desk, programme):
    return open_window(desk)


def tab_of(window):
    page = window.go("audits", "programme")
    window.settle()
    return page.view("programme")


def audits_of(desk, programme):
    with desk.reader() as reader:
        return programmes.audits_of(reader, programme)


def test_the_table_shows_the_riskiest_first_with_its_parts_and_why(window):
    tab = tab_of(window)
    rows = window.find(FigureTable, "programme.risk").words()
    assert rows[-1][0] == "Branch 0"
    assert [row[6] for row in rows] == ["1.00", "1.00", "1.00", "0.12"]
    tab.risks.table.setCurrentCell(3, 0)
    assert "Last audited 1 quarter ago." in tab.risks.reason.text()


def test_a_person_picks_sites_and_plans_them(window, desk, programme):
    tab = tab_of(window)
    tab.risks.count.setValue(2)
    window.press("programme.propose")
    assert [row[2] for row in tab.risks.table.words()] == ["Picked", "Picked", "", ""]
    tab.risks.table.setFocus()
    tab.risks.table.setCurrentCell(0, 0)
    window.qtbot.keyClick(tab.risks.table, Qt.Key.Key_Space)
    assert len(tab.risks.picked) == 1
    tab.risks.table.setCurrentCell(3, 0)
    window.press("programme.pick")
    window.press("programme.plan")
    assert "2 sites are picked." in window.texts()
    window.press("plan_sites.keep")
    made = audits_of(desk, programme)
    assert len(made) == 2
    assert all(audit.risk_parts["weight.drift"] == 3 for audit in made)
    assert tab.card.figures.figures["planned"].figure.text() == "2"
    assert sum(bool(row[2]) for row in tab.risks.table.words()) == 2
    row = next(at for at, cells in enumerate(tab.risks.table.words()) if cells[2])
    tab.risks.toggle(row)
    assert tab.risks.picked == (), "what is planned is not picked again"


def test_weights_change_the_order_and_can_be_kept(window, desk):
    tab = tab_of(window)
    before = [row[1] for row in tab.risks.table.words()]
    tab.risks.weights["since"].setValue(0)
    window.qtbot.waitUntil(lambda: [row[1] for row in tab.risks.table.words()] != before)
    window.settle()
    assert len({row[1] for row in tab.risks.table.words()}) == 1
    window.press("programme.keep_weights")
    again = tab_of(window)
    assert again.risks.weights["since"].value() == 0


def test_a_programme_is_carried_out_and_closed_with_what_was_learned(window, desk, programme, sites, tmp_path):
    tab = tab_of(window)
    window.press("programme.run")
    assert "has no audit yet" in window.message
    plan_audit(desk, sites[1], QUARTER, programme=programme)
    window.press("programme.run")
    window.press("programme.close")
    window.press("programme.close.keep")
    assert "cannot be closed yet" in window.texts()
    with desk.unit() as unit:
        unit.change(Audit, audits_of(desk, programme)[0].uid, state="cancelled")
    window.type("programme.learned", "Begin earlier.")
    window.press("programme.close.keep")
    with desk.reader() as reader:
        found = reader.get(Programme, programme)
    assert found is not None
    assert (found.state, found.learned) == (ProgrammeState.CLOSED, "Begin earlier.")
    assert not tab.risks.buttons.isVisible()
    tab.card.write_pdf(tmp_path / "p.pdf")
    tab.card.write_calendar(tmp_path / "p.ics")
    window.settle()
    assert "Begin earlier." in whole(tmp_path / "p.pdf")
    assert len(Calendar.from_ical((tmp_path / "p.ics").read_bytes()).walk("VEVENT")) == 2


def test_coverage_says_what_nobody_looks_at_and_is_exported(window, desk, tmp_path):
    tab = tab_of(window)
    assert tab.coverage.table.words() == [["told · Goal told", "never"]]
    assert "1 goal in a region is neither audited nor planned." in window.texts()
    tab.coverage.write(tmp_path / "coverage.csv")
    window.settle()
    assert "told · Goal told,never" in (tmp_path / "coverage.csv").read_text("utf-8-sig")
    tab.coverage.quarters.setValue(8)
    window.settle()
    assert "from 2024-Q2" in window.texts()


def test_the_next_dates_of_all_schedules_say_what_is_moved(open_window, desk, sites, programme):
    draft = schedules.Draft(
        title="Monthly",
        rule="FREQ=MONTHLY;BYDAY=1MO",
        starts=date(2026, 3, 1),
        place=sites[0],
        closed_on=("2026-04-06",),
        working_day=WorkingDay.NEXT,
    )
    schedules.add(desk, draft)
    window = open_window(desk)
    rows = tab_of(window).dates.table.words()
    assert len(rows) == 12
    assert rows[1][0] == "Monthly"
    assert rows[1][5] == "Moved: 2026-04-06 is a closed day."


def test_a_programme_is_made_and_changed_where_there_was_none(open_window, desk, sites):
    window = open_window(desk)
    tab = tab_of(window)
    assert "No programme yet" in window.texts()
    window.press("button.audits.programme.add")
    window.type("programme_form.quarter", "2026-Q7")
    window.press("programme_form.keep")
    assert "2026-Q7" in window.texts()
    window.type("programme_form.quarter", "2026-Q2")
    window.type("programme_form.goals", "nothing")
    window.press("programme_form.keep")
    assert "There is no goal nothing" in window.texts()
    window.type("programme_form.goals", "")
    window.find(Choice, "programme_form.place").choose(sites[0])
    window.press("programme_form.keep")
    assert [row[0] for row in tab.risks.table.words()] == ["Branch 0"]
    window.press("programme.change")
    window.type("programme_form.objective", "Are promises kept?")
    window.press("programme_form.keep")
    assert "Are promises kept?" in window.texts()
