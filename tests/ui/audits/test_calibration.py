"""Calibration sessions as raters and whoever leads them meet them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from tests.ui.pages.lists import ListObject
from tests.work.auditing import another_person, decide, promise
from tests.work.conducting import as_person

from gemba.domain.calibration import CalibrationRating, CalibrationSession, CalibrationState
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.ui.audits.calibration_next import CalibrationNext
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.work.calibration import NewSession, make, rate
from gemba.work.places import add_place

CASES = {str(n): f"The fee of customer {n} was waived late" for n in range(1, 7)}


@pytest.fixture
def session(desk):
    goal = promise(desk, "told", anchors={"part": "Told late"})
    standards = {"1": "part", "2": "contrary"}
    return make(desk, NewSession(title="Waived fees", cases=CASES, goal=goal, standards=standards)).uid


@pytest.fixture
def other(desk):
    return as_person(desk, another_person(desk))


def now(desk, session):
    with desk.reader() as reader:
        return reader.get(CalibrationSession, session)


def shown(window, uid=""):
    page = window.go("audits", "calibration")
    window.settle()
    tab = page.view("calibration")
    if uid:
        tab.show_uid(uid)
        window.settle()
    return tab


def area(window, name, words):
    next(edit for edit in window.page.findChildren(QPlainTextEdit, name) if edit.isVisible()).setPlainText(words)


def test_a_session_is_made_from_words_and_logged_decisions(open_window, desk):
    promise(desk, "told", title="Told in time")
    place = add_place(desk, "Harbour").uid
    decision = decide(desk, place, date(2026, 2, 1))
    with desk.reader() as reader:
        number = next(one.number for one in reader.find(Decision) if one.uid == decision)
    window = open_window(desk)
    shown(window)
    window.press("calibration.empty.add")
    window.type("calibration_form.title", "Waived fees")
    window.press("calibration_form.keep")
    assert "needs from 2 to 200 cases" in window.texts()
    area(window, "calibration_form.cases", f"A fee was waived\n{number}\n\nA call was not returned")
    area(window, "calibration_form.standards", "1=part")
    window.find(Choice, "calibration_form.goal").setCurrentIndex(1)
    window.press("calibration_form.keep")
    with desk.reader() as reader:
        (made,) = reader.find(CalibrationSession)
    assert list(made.cases) == ["1", "2", "3"]
    assert made.cases["2"] == f"decision:{decision}"
    assert (made.standards, made.goal is not None) == ({"1": "part"}, True)
    tab = shown(window)
    assert ListObject(tab.list, window).column(1) == ["First round"]
    assert number in window.texts() or number in str(window.find(FigureTable, "calibration.cases").words())


def test_cases_are_rated_by_keyboard_one_after_the_other(open_window, desk, session):
    window = open_window(desk)
    tab = shown(window, session)
    window.press("calibration.rate")
    room = tab.rating
    assert "6 cases are left to rate." in window.texts()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1):
        room.table.setFocus()
        window.qtbot.keyClick(room.table, key)
        window.settle()
    with desk.reader() as reader:
        given = {one.case: one.level for one in reader.find(CalibrationRating, session=session)}
    assert given == dict(zip(CASES, ("contrary", "part", "aligned", "aligned", "part", "contrary"), strict=True))
    assert "All cases are rated" in window.texts()
    assert "Told late" in window.texts()
    window.press("rating.leave")
    assert "6/6" in window.texts()


def test_from_the_first_round_to_what_was_learned(open_window, desk, session, other, tmp_path):
    for case, mine, theirs in zip(CASES, "ppacca", "acpaap", strict=True):
        rate(desk, session, case, {"p": "part", "a": "aligned", "c": "contrary"}[mine])
        rate(other, session, case, {"p": "part", "a": "aligned", "c": "contrary"}[theirs])
    window = open_window(desk)
    tab = shown(window, session)
    assert "nobody sees what the others gave" in window.texts()
    assert "Auditor two 6/6" in window.texts()
    window.press("calibration.close_round")
    assert "Alpha" in window.texts()
    assert len(window.find(FigureTable, "calibration.raters.1").words()) == 2
    window.press("calibration.anchors")
    window.press("calibration.keep_anchors")
    assert "say what they said before" in window.texts()
    area(window, "calibration.anchor.part", "Put right without being asked")
    tick = next(box for box in window.page.findChildren(QCheckBox, "calibration.to_goal") if box.isVisible())
    tick.setChecked(True)
    window.press("calibration.keep_anchors")
    assert now(desk, session).state is CalibrationState.SECOND
    with desk.reader() as reader:
        newest = max(reader.find(Goal), key=lambda one: one.version)
    assert newest.anchors["part"] == "Put right without being asked"
    for case in CASES:
        for who in (desk, other):
            rate(who, session, case, "part" if case < "4" else "aligned")
    tab.show_uid(session)
    window.settle()
    window.press("calibration.close")
    area(window, "calibration.learned", "Late is in part only when it was put right.")
    window.press("calibration.keep_closed")
    assert now(desk, session).state is CalibrationState.CLOSED
    words = window.texts()
    assert "Alpha rose by" in words
    assert "Late is in part only when it was put right." in words
    step = next(each for each in tab.findChildren(CalibrationNext) if each._session.uid == session)
    step.print_to(tmp_path / "session.pdf")
    window.settle()
    assert (tmp_path / "session.pdf").read_bytes()[:4] == b"%PDF"


def test_who_did_not_make_it_closes_nothing(open_window, desk, session, other):
    with desk.unit() as unit:
        unit.change(CalibrationSession, session, person=other.person.uid)
    window = open_window(desk)
    shown(window, session)
    names = {button.objectName() for button in window.page.findChildren(Button) if button.isVisible()}
    assert "calibration.rate" in names
    assert "calibration.close_round" not in names
