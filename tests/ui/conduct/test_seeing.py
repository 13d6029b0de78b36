"""How a sheet is seen: what is missing, what is hidden and why, languages, folds; and all of it the next time."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conduct.conftest import Said, workbook
from tests.ui.pages.conduct import ConductObject, Key

from gemba.ui.conduct.heading import HiddenRow
from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_SURVEY = (
    {"type": "begin_group", "name": "first", "label": "First", "label::Arabic (ar)": "أول"},
    {"type": "text", "name": "a", "label": "A", "label::Arabic (ar)": "ا"},
    {"type": "integer", "name": "b", "label": "B", "required": "yes", "constraint": ". < 10",
     "constraint_message": "Too many.", "label::Arabic (ar)": "ب"},
    {"type": "begin_group", "name": "inner", "label": "Inner", "label::Arabic (ar)": "داخل"},
    {"type": "select_one yn", "name": "c", "label": "C", "required": "yes", "bind::gemba:critical": "yes",
     "label::Arabic (ar)": "ج"},
    {"type": "text", "name": "d", "label": "D", "relevant": "${c} = 'no'", "label::Arabic (ar)": "د"},
    {"type": "end_group"},
    {"type": "end_group"},
    {"type": "begin_group", "name": "last", "label": "Last", "label::Arabic (ar)": "آخر"},
    {"type": "text", "name": "e", "label": "E", "label::Arabic (ar)": "ه"},
    {"type": "text", "name": "f", "label": "F", "required": "yes", "label::Arabic (ar)": "و"},
    {"type": "end_group"},
)  # fmt: skip


@pytest.fixture
def uid(desk: Desk) -> str:
    template = import_template(desk, workbook(_SURVEY, "seeing"), "seeing.xlsx").uid
    return conducting.start(desk, template, add_place(desk, "Hall 7").uid).uid


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, uid: str) -> ConductObject:
    return ConductObject(page, qtbot).open(uid)


def rows(conduct: ConductObject) -> list[str]:
    return [key.rpartition("/")[2] for key in conduct.page._contents.rows]


def test_the_next_missing_answer_is_one_key_away_even_while_one_types(conduct: ConductObject) -> None:
    assert conduct.here == "a"
    assert conduct.type("x").press(Key.Key_F3).here == "b"
    assert conduct.press(Key.Key_F3).here == "c"
    assert conduct.press(Key.Key_1).press(Key.Key_F3).here == "f"
    assert conduct.type("x").press(Key.Key_F3).here == "b", "round to the one before"
    conduct.type("3").press(Key.Key_F3)
    conduct.settle()
    assert conduct.page.side.concluding, "nothing is missing: look back and conclude"


def test_a_wrong_answer_is_missing_too(conduct: ConductObject) -> None:
    conduct.go("b").type("12").enter()
    conduct.go("a")
    assert conduct.press(Key.Key_F3).here == "b"


def test_only_what_is_missing_is_shown_and_stays_until_asked_again(conduct: ConductObject) -> None:
    conduct.page.seeing.turn_only_missing()
    assert rows(conduct) == ["first", "b", "inner", "c", "last", "f"]
    conduct.go("c").press(Key.Key_1)
    assert "c" in rows(conduct), "what was just answered does not jump away"
    conduct.page.seeing.turn_only_missing()
    assert "a" in rows(conduct)
    conduct.page.seeing.turn_only_missing()
    assert rows(conduct) == ["first", "b", "last", "f"]


def test_the_switch_in_the_head_says_so(conduct: ConductObject) -> None:
    conduct.click("only")
    assert conduct.button("only").isChecked()
    assert rows(conduct) == ["first", "b", "inner", "c", "last", "f"]
    conduct.press(Key.Key_F4)
    assert not conduct.button("only").isChecked()


def test_a_link_to_what_is_left_out_shows_it(conduct: ConductObject) -> None:
    conduct.page.seeing.turn_only_missing()
    assert conduct.go("e").here == "e"


def test_what_is_hidden_is_shown_with_the_reason_in_words(conduct: ConductObject) -> None:
    assert "d" not in rows(conduct)
    conduct.page.seeing.turn_hidden()
    key = "?" + conduct.path("d")
    line = conduct.page.ribbon.row(key)
    assert isinstance(line, HiddenRow)
    assert conduct.page._contents.rows.index(key) == conduct.page._contents.rows.index(conduct.path("c")) + 1
    assert "D" in line.accessibleName()
    assert "C" in line.accessibleName().partition(":")[2], line.accessibleName()
    conduct.go("c").press(Key.Key_2)
    assert key not in conduct.page._contents.rows
    assert conduct.path("d") in conduct.page._contents.rows
    assert "d" in conduct.questions()


def test_why_an_answer_is_not_valid_is_told_in_words(conduct: ConductObject, said: Said) -> None:
    conduct.go("b").type("12").press(Key.Key_F2)
    assert "Too many." in conduct.words("b")
    assert "less than 10" in conduct.words("b")
    before = conduct.row("b").height()
    conduct.press(Key.Key_F2)
    assert "less than 10" not in conduct.words("b")
    assert conduct.row("b").height() < before
    conduct.go("a").press(Key.Key_F2)
    assert said.news[-1] == "Nothing is wrong with this answer."


def test_another_language_at_any_moment_keeps_the_place(conduct: ConductObject) -> None:
    conduct.go("e").type("half a wor")
    top = conduct.row("e").geometry().top()
    conduct.press(Key.Key_F8)
    assert conduct.here == "e"
    assert conduct.typed("e") == ["half a wor"]
    assert "ه" in conduct.words("e")
    assert abs(conduct.row("e").geometry().top() - top) < 60
    assert conduct.page.head._language.currentData() == "Arabic (ar)"
    conduct.press(Key.Key_F8)
    assert "E" in conduct.words("e")


def test_the_rail_is_a_tree_where_one_is_and_marks_critical_failures(conduct: ConductObject) -> None:
    conduct.go("c").press(Key.Key_2)
    conduct.settle()
    assert conduct.sections() == [
        "First, 1 of 4 · 2 missing · critical, 0 %",
        "Inner, 1 of 2 · 1 missing · critical, 0 %",
        "Last, 0 of 2 · 1 missing",
    ]
    conduct.go("e")
    assert [line.partition(",")[0] for line in conduct.sections()] == ["First", "Last"]


def test_the_next_time_place_folds_and_language_are_as_they_were(conduct: ConductObject, uid: str, desk: Desk) -> None:
    conduct.go("e")
    conduct.page.repeats.fold("/data/first/inner")
    conduct.page.seeing.speak("Arabic (ar)")
    conduct.go("e")
    conduct.page.leave()
    conduct.settle()
    place = add_place(desk, "Hall 6").uid
    assert conduct.page.sheet is not None
    other = conducting.start(desk, conduct.page.sheet.sheet.template.uid, place).uid
    conduct.open(other)
    assert conduct.page.sheet.fill.language != "Arabic (ar)"
    assert conduct.page._contents.folded == set()
    conduct.open(uid)
    assert conduct.here == "e"
    assert conduct.page.sheet.fill.language == "Arabic (ar)"
    assert conduct.page._contents.folded == {"/data/first/inner"}
    assert "c" not in rows(conduct)
