"""Library: a checklist is taken in, and a walk begun with it."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gemba.domain.assessments import Assessment
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.shipped import resource


@pytest.fixture
def workbook(tmp_path):
    """A checklist that is not in the library."""
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (["type", "name", "label"], ["text", "seen", "What did you see?"], ["integer", "many", "How many?"]):
        survey.append(row)
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version"])
    settings.append(["Night round", "night_round", "7"])
    file = tmp_path / "night.xlsx"
    book.save(file)
    return file


def test_a_workbook_is_checked_before_it_is_kept(empty, desk, workbook):
    page = empty.go("library")
    page.check_file(workbook)
    empty.settle()
    assert page.check_card.heading.text() == "Night round"
    assert "2 questions" in page.check_card.said.text()
    with desk.reader() as reader:
        assert not reader.find(Template, form_id="night_round")
    empty.press("library.check.import")
    with desk.reader() as reader:
        assert len(reader.find(Template, form_id="night_round")) == 1
    assert page.list.current.title == "Night round"
    assert page.check_card.isHidden()


def test_a_file_that_is_no_checklist_is_refused_in_words(empty, desk, tmp_path):
    page = empty.go("library")
    file = tmp_path / "letter.xlsx"
    file.write_bytes(b"Dear Sir or Madam")
    page.check_file(file)
    empty.settle()
    assert "letter.xlsx" in page.check_card.heading.text()
    assert page.check_card.said.text()
    assert page.check_card._import.isHidden()
    with desk.reader() as reader:
        assert not reader.find(Template, source_name="letter.xlsx")


def test_a_file_that_is_gone_is_trouble(empty, tmp_path):
    page = empty.go("library")
    page.check_file(tmp_path / "none.xlsx")
    empty.settle()
    assert "none.xlsx" in page.check_card.said.text()


def test_the_same_workbook_twice_says_so(empty):
    page = empty.go("library")
    before = page.list.model.rowCount()
    page.check_file(resource("templates", "5s-area-audit.xlsx"))
    empty.settle()
    empty.press("library.check.import")
    assert "already" in empty.message
    assert page.list.model.rowCount() == before


def test_the_first_walk_begins_at_a_place_that_is_named_on_the_spot(empty, desk):
    empty.go("library")
    empty.list.choose(0)
    empty.press("begin.start")
    assert "Say where you are" in empty.texts()
    empty.type("begin.new_place", "Harbour branch")
    empty.press("begin.start")
    assert empty.window.page == "conduct"
    with desk.reader() as reader:
        assert [place.name for place in reader.find(Place)] == ["Harbour branch"]
        assert len(reader.find(Assessment)) == 1


def test_starting_a_walk_by_the_keyboard_goes_on_at_the_place(empty):
    page = empty.go("library")
    empty.window.activateWindow()
    empty.press("button.library.begin")
    empty.settle()
    empty.qtbot.waitUntil(lambda: page.form is not None)
    assert page.form.new_place.hasFocus()


def test_a_walk_begins_with_place_due_day_and_title(demo, demo_desk):
    demo.go("library")
    demo.list.choose(0)
    form = demo.page.form
    form.place.setCurrentIndex(1)
    form.due.put(date(2026, 5, 4))
    demo.type("begin.title", "Night round in May")
    demo.keys(Qt.Key.Key_Tab)
    demo.press("button.library.begin")
    with demo_desk.reader() as reader:
        made = next(one for one in reader.find(Assessment) if one.title == "Night round in May")
    assert made.due == date(2026, 5, 4)
    assert demo.window.page == "conduct"


def test_search_narrows_the_library(demo):
    demo.go("library")
    demo.list.search("gemba")
    assert demo.list.column() == ["Leader gemba walk"]
    assert demo.find(QLineEdit, "library.search").text() == "gemba"
