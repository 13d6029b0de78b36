"""Follow-through, surveys and risks as a person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QSpinBox
from tests.reports.report_reading import whole
from tests.work.deep_diving import fill

from gemba.domain.follow_through import Discrepancy, Risk, Survey
from gemba.ui.insights.curve_view import CurveView
from gemba.ui.insights.follow_pack import reviewed_quarter
from gemba.ui.parts.figure_table import FigureTable


@pytest.fixture
def filled(open_window, desk):
    fill(desk, n=120)
    return open_window(desk)


def view(shown, code):
    page = shown.go("insights", code)
    shown.settle()
    return page.view(code)


def test_the_stages_are_told_and_the_curve_follows_the_chosen_one(filled, qtbot):
    tab = view(filled, "follow")
    rows = filled.find(FigureTable, "follow.stages").words()
    assert [row[0] for row in rows][:2] == ["Received to assessed", "Assessed to cause found"]
    assert rows[0][1] == "120"
    assert tab.curve.curve.title == "Received to change done"
    tab.stages.setCurrentCell(0, 0)
    assert tab.curve.curve.title == "Received to assessed"
    assert "median would be told" in tab.told.text()


def test_hover_and_keys_tell_a_day(filled, qtbot):
    view(filled, "follow").stages.setCurrentCell(0, 0)
    curve = filled.find(CurveView, "follow.curve")
    at, none = QPointF(curve.width() / 2, 60), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, curve.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(curve, moved)
    assert "are still open" in curve.toolTip()
    curve.setFocus()
    qtbot.keyClick(curve, Qt.Key.Key_Home)
    assert curve.accessibleDescription().startswith("After 0 days 97.5")
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    assert curve.day > 0
    qtbot.keyClick(curve, Qt.Key.Key_End)
    assert curve.day == curve._plot_now().days


def test_complaints_are_told_apart_and_narrowed_to_a_place(filled):
    tab = view(filled, "follow")
    tab.by.choose("place")
    filled.settle()
    rows = tab.stages.words()
    assert "Received to assessed · Harbour branch" in [row[0] for row in rows]
    tab.by.choose("")
    tab.place.choose(next(uid for uid, name in tab.shown.places if name == "Harbour branch"))
    filled.settle()
    assert int(tab.stages.words()[0][1]) < 120


def test_returns_and_the_same_elsewhere_are_told(filled):
    tab = view(filled, "follow")
    assert "done actions came back within 90 days" in tab.back.text()
    assert tab.returns.rowCount()
    assert any("branch" in row[2] for row in tab.issues.words())


def test_a_difference_is_settled_with_a_reason(filled, desk):
    tab = view(filled, "follow")
    filled.press("follow.told.settle")
    assert tab.logged.why_field.note.text()
    row = next(at for at, cells in enumerate(tab.logged.table.words()) if cells[5] == "open")
    tab.logged.table.setCurrentCell(row, 0)
    filled.press("follow.told.settle")
    assert "Say what explains" in tab.logged.why_field.note.text()
    filled.type("follow.told.why", "The clock starts when the ticket is drawn.")
    filled.press("follow.told.settle")
    with desk.reader() as reader:
        assert sum(one.settled_at is not None for one in reader.find(Discrepancy)) == 2


def test_a_difference_is_noted(filled, desk):
    tab = view(filled, "follow")
    filled.press("follow.note.keep")
    assert tab.logged.note.fields["told"].note.text() == "Write a number."
    filled.type("follow.note.told", "40,5")
    filled.type("follow.note.logged", "12")
    filled.press("follow.note.keep")
    assert "Say what is compared" in tab.logged.note.fields["what"].note.text()
    filled.type("follow.note.what", "queue")
    filled.type("follow.note.unit", "min")
    filled.press("follow.note.keep")
    with desk.reader() as reader:
        (made,) = reader.find(Discrepancy, what="queue")
    assert (made.told, made.logged, made.unit) == (40.5, 12, "min")
    assert tab.logged.table.words()[0][0] == "queue"


def test_the_pack_is_written(filled, desk, tmp_path):
    tab = view(filled, "follow")
    tab.pack.write(tmp_path / "pack.pdf", date(2025, 12, 1), date(2026, 2, 28))
    filled.settle()
    assert "pack.pdf" in filled.message
    assert "Recurring failure modes" in whole(tmp_path / "pack.pdf")


def test_in_its_first_month_the_quarter_before_is_reviewed():
    assert reviewed_quarter(date(2026, 4, 10)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert reviewed_quarter(date(2026, 5, 10)) == (date(2026, 4, 1), date(2026, 6, 30))


def test_nothing_yet_says_what_comes_here(empty):
    view(empty, "follow")
    assert "No complaints of this time" in empty.texts()
    view(empty, "surveys")
    assert "No answers yet" in empty.texts()
    view(empty, "risks")
    assert "No risks written down yet" in empty.texts()


def test_surveys_are_ranked_only_as_far_as_intervals_allow(filled):
    tab = view(filled, "surveys")
    assert "NPS" in filled.texts()
    tab.by.choose("place")
    filled.settle()
    rows = filled.find(FigureTable, "surveys.nps").words()
    assert {row[0] for row in rows} == {"Harbour branch", "Station branch", "Old town branch"}
    assert all(row[4] for row in rows)


def test_answers_are_looked_through_and_taken_in(empty, desk, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("\n".join(["date,score,customer", *(f"2026-01-{at:02},{at % 6},c" for at in range(1, 20))]))
    tab = view(empty, "surveys")
    tab.import_file(file)
    empty.settle()
    tab.form.instrument.choose("csat")
    empty.press("surveys.import.look")
    assert "16 answers: 1 group new" in tab.form.found.text()
    assert "is left out" in tab.form.found.text()
    assert "asked too often" in tab.form.found.text()
    empty.type("surveys.import.source", "  ")
    empty.press("surveys.import.look")
    assert tab.form.source_field.note.text().startswith("Name the survey")
    empty.type("surveys.import.source", "Kiosk")
    empty.press("surveys.import.look")
    empty.press("surveys.import.take")
    assert empty.message == "The answers of Kiosk were taken in."
    with desk.reader() as reader:
        assert [one.source for one in reader.find(Survey)] == ["Kiosk"]
    assert "Satisfaction (CSAT)" in empty.texts()


def test_a_file_that_is_none_is_told(empty, tmp_path):
    tab = view(empty, "surveys")
    tab.import_file(tmp_path / "gone.csv")
    empty.settle()
    assert "gone.csv" in tab.form.found.text()
    assert not tab.form.take_button.isEnabled()


def test_a_risk_is_added_changed_and_retired(empty, desk):
    tab = view(empty, "risks")
    empty.press("risks.empty.add")
    empty.press("risk.keep")
    assert tab.form._fields["mode"].note.text()
    empty.type("risk.mode", "Parcel is not found")
    empty.type("risk.effect", "Customer comes twice")
    for name, value in (("technical", 3), ("customer", 8), ("occurrence", 6), ("detection", 2)):
        empty.find(QSpinBox, f"risk.{name}").setValue(value)
    empty.press("risk.keep")
    (row,) = tab.table.words()
    assert row[:4] == ["Parcel is not found · Customer comes twice", "High", "3", "8 (+5)"]
    assert "felt 3 or more worse" in tab.gaps.text()
    tab.table.setCurrentCell(0, 0)
    empty.settle()
    empty.find(QSpinBox, "risk.occurrence").setValue(1)
    empty.press("risk.keep")
    assert tab.table.words()[0][1] == "Low"
    tab.table.setCurrentCell(-1, -1)
    tab.table.setCurrentCell(0, 0)
    empty.press("risk.retire")
    assert tab.lines == ()
    with desk.reader() as reader:
        assert [one.retired for one in reader.find(Risk)] == [True]
