"""Drift in the window: rates, the heat map with what is behind it, comparisons that may be refused, reports."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.alignment.drift_page import DriftObject
from tests.work.auditing import promise
from tests.work.drifting import Organisation

from gemba.domain.conclusions import IssuedReport
from gemba.domain.judgements import Constraint
from gemba.domain.programmes import AuditState
from gemba.ui.theme import current

QUARTER = "2025-Q4"


@pytest.fixture
def world(desk):
    made = Organisation(desk)
    made.judged(made.harbour, "a" * 20 + "c", quarter="2025-Q3")
    made.judged(made.harbour, "a" * 40 + "cc", quarter=QUARTER, constraint=Constraint.TARGET)
    made.judged(made.station, "a" * 38 + "p" * 4, quarter=QUARTER, constraint=Constraint.STAFF)
    made.judged(made.market, "a" * 4 + "c" * 16, quarter=QUARTER, constraint=Constraint.TARGET)
    made.judged(made.market, "aaac", goal="once", quarter=QUARTER)
    return made


def test_an_empty_view_says_what_to_do_and_what_waits(open_window, desk):
    world = Organisation(desk)
    world.judged(world.harbour, "ccc", quarter=QUARTER, state=AuditState.RESPONDING)
    window = open_window(desk)
    DriftObject(window)
    assert "Nothing to conclude from yet" in window.texts()
    assert "3 verdicts in 1 audit that is not concluded do not count yet." in window.texts()
    assert "Contrary" not in window.texts()
    window.press("drift.empty.audits")
    window.settle()
    assert window.page.code == "audits"


def test_the_latest_quarter_is_shown_and_others_can_be_chosen(open_window, desk, world):
    window = open_window(desk)
    shown = DriftObject(window)
    assert shown.tab.shown.asked.quarter == QUARTER
    (once, told) = shown.table("goals")
    assert once[:2] == ["Goal once", "too few to say (3 of 4)"]
    assert told[1].startswith("78.8")
    assert told[2:7] == ["82", "4", "18", "0", "0"]
    assert told[7].startswith("no change can be told · ")
    shown.choose("quarter", "2025-Q3")
    assert [row[0] for row in shown.table("goals")] == ["Goal told"]
    shown.choose("quarter", "")
    shown.choose("place", world.north)
    assert [row.title for row in shown.tab.shown.heat.rows] == ["All places", "Harbour", "Station"]
    shown.choose("level", "region")
    assert [row.title for row in shown.tab.shown.heat.rows] == ["All places", "North"]


def test_a_cell_tells_itself_and_opens_the_decisions_behind_it(open_window, desk, world):
    window = open_window(desk)
    shown = DriftObject(window)
    words = shown.hover("Market", "told")
    assert words[0] == "Market · Goal told"
    assert words[3] == "below what is usual"
    assert shown.hover("Market", "once")[3] == "too few to say"
    shown.click("Market", "told")
    assert window.page.code == "behind"
    assert "Market · Goal told" in window.texts()
    assert len(window.list.column(0)) == 20
    assert "No refund without the receipt" in window.list.column(0)[0]
    window.window.back()
    window.settle()
    assert window.page.code == "alignment"


def test_the_keyboard_walks_the_cells_and_the_table_says_the_same(open_window, desk, world):
    window = open_window(desk)
    shown = DriftObject(window)
    shown.tab.take_focus()
    heat = shown.heat
    QTest.keyClick(heat, Qt.Key.Key_Right)
    assert heat.at == (0, 0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(heat, key)
    assert heat.at == (1, 1)
    assert heat.accessibleDescription().startswith("Harbour")
    QTest.keyClick(heat, Qt.Key.Key_Return)
    window.settle()
    assert window.page.code == "alignment", "nothing was judged there"
    QTest.keyClick(heat, Qt.Key.Key_Left)
    QTest.keyClick(heat, Qt.Key.Key_Return)
    window.settle()
    assert window.page.code == "behind"
    window.window.back()
    window.settle()
    window.press("drift.heat.twin")
    rows = shown.table("heat.table")
    assert any(row[0] == "Market" and row[4] == "below what is usual" for row in rows)
    assert any(row[0] == "Market" and row[4] == "too few to say" for row in rows)


def test_places_are_compared_only_by_the_same_definition(open_window, desk, world):
    window = open_window(desk)
    shown = DriftObject(window)
    shown.compare(world.harbour, world.market)
    (table,) = shown.tab.compare.tables
    assert [row[1] for row in table.words()] == ["Harbour", "Market"]
    assert [row[5] for row in table.words()] == ["1", "2"]
    assert "nothing was judged against it at Harbour" in window.texts()
    adapted = promise(desk, "told", core=world.goals["told"], place=world.south, reason="The boat comes weekly.")
    world.judged(world.place("Quay", parent=world.south), "a" * 9, goal=adapted, quarter=QUARTER)
    shown.tab._ask()
    window.settle()
    quay = next(uid for uid, words in shown.tab.shown.places if words.startswith("Quay"))
    shown.compare(world.harbour, quay)
    assert "The boat comes weekly." in window.texts()
    shown.compare(world.harbour, world.harbour)
    assert "two to 50 places" in window.texts()


def test_a_checklist_compares_places_only_where_it_was_scored(open_window, desk, world):
    window = open_window(desk)
    shown = DriftObject(window)
    assert shown.tab.shown.checklists
    shown.tab.compare.by.choose(shown.tab.shown.checklists[0][0])
    shown.compare(world.harbour, world.market)
    assert "nothing was scored with it at Harbour, Market" in window.texts()


@pytest.mark.parametrize("ending", ["png", "pdf", "csv"])
def test_the_heat_map_is_saved(open_window, desk, world, tmp_path, ending):
    window = open_window(desk)
    shown = DriftObject(window)
    out = tmp_path / f"drift.{ending}"
    shown.tab.heat.saving.emit(out)
    window.settle()
    assert out.stat().st_size > 100
    assert window.message == f"Wrote drift.{ending}."


def test_reports_are_issued_and_kept(open_window, desk, world, tmp_path):
    window = open_window(desk)
    shown = DriftObject(window)
    shown.write("alignment", tmp_path / "a.pdf", QUARTER)
    assert (tmp_path / "a.pdf").read_bytes()[:4] == b"%PDF"
    shown.write("management-review", tmp_path / "m.pdf", QUARTER)
    with desk.reader() as reader:
        reports = [(one.report, one.subject) for one in reader.find(IssuedReport)]
    assert reports == [("alignment", f"quarter:{QUARTER}"), ("management_review", f"quarter:{QUARTER}")]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_drawn_in_every_look_and_width(open_window, desk, world, qapp, look):
    current.show(qapp, look, "petrol")
    window = open_window(desk)
    shown = DriftObject(window)
    for wide in (520, 900, 1400):
        window.window.resize(wide, 800)
        window.settle()
        assert not shown.heat.grab().isNull()
        assert shown.heat.height() <= shown.tab.heat.area.widget().height()
