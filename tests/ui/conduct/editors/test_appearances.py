"""Appearances of questions as a person meets them, each by its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conduct.conftest import workbook
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.domain.assessments import Answer, AnswerOrigin
from gemba.ui.conduct.editors.choice_button import AnyChoice, OneChoice
from gemba.ui.conduct.editors.rank import RankLine
from gemba.ui.conduct.editors.slider import Slide
from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_COLUMNS = ("type", "name", "label", "hint", "guidance_hint", "appearance", "parameters", "media::image")
_SURVEY = (
    {"type": "range", "name": "noise", "label": "Noise", "parameters": "start=0 end=10 step=2"},
    {"type": "range", "name": "tank", "label": "Tank", "appearance": "vertical",
     "parameters": "start=0 end=1 step=0.25"},
    {"type": "range", "name": "crates", "label": "Crates", "appearance": "picker",
     "parameters": "start=0 end=6 step=1"},
    {"type": "range", "name": "clean", "label": "Clean", "appearance": "rating", "parameters": "start=1 end=5 step=1"},
    {"type": "rank gear", "name": "order", "label": "Order"},
    {"type": "select_one yn", "name": "quick", "label": "Quick", "appearance": "quick"},
    {"type": "select_one yn", "name": "two", "label": "In two columns", "appearance": "columns-2"},
    {"type": "select_one gear", "name": "packed", "label": "Packed", "appearance": "columns-pack"},
    {"type": "select_multiple town", "name": "towns", "label": "Towns"},
    {"type": "integer", "name": "pieces", "label": "Pieces", "appearance": "thousands-sep"},
    {"type": "date", "name": "month", "label": "Month", "appearance": "month-year"},
    {"type": "date", "name": "year", "label": "Year", "appearance": "year"},
    {"type": "date", "name": "day", "label": "Day", "appearance": "no-calendar"},
    {"type": "text", "name": "guided", "label": "Guided", "guidance_hint": "Stand by the press.",
     "media::image": "a.png"},
)  # fmt: skip
_TOWNS = tuple(("town", f"t{number}", f"Town {number:02}", None) for number in range(40))


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> ConductObject:
    from tests.ui.conduct import conftest

    monkeypatch.setattr(conftest, "_COLUMNS", _COLUMNS)
    monkeypatch.setattr(conftest, "_CHOICES", (*conftest._CHOICES, *_TOWNS))
    template = import_template(desk, workbook(_SURVEY, "appearances"), "looks.xlsx").uid
    uid = conducting.start(desk, template, add_place(desk, "Hall 5").uid).uid
    return ConductObject(page, qtbot).open(uid)


def kept(conduct: ConductObject, desk: Desk, name: str) -> str:
    conduct.settle()
    assert conduct.page.sheet is not None
    with desk.reader() as reader:
        found = reader.find(Answer, assessment=conduct.page.sheet.uid, path=conduct.path(name))
    return next((answer.value for answer in found if answer.origin is AnswerOrigin.GIVEN), "")


def test_a_slider_has_no_answer_until_it_is_touched(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("noise").enter()
    assert kept(conduct, desk, "noise") == ""
    assert "–" in conduct.words("noise")
    conduct.go("noise").press(Key.Key_Right)
    assert kept(conduct, desk, "noise") == "0", "the first press takes the first step"
    conduct.press(Key.Key_Right).press(Key.Key_Right)
    assert kept(conduct, desk, "noise") == "4"
    conduct.press(Key.Key_End)
    assert kept(conduct, desk, "noise") == "10"
    conduct.press(Key.Key_3)
    assert kept(conduct, desk, "noise") == "6"
    assert "6" in conduct.words("noise")
    conduct.press(Key.Key_Delete)
    assert kept(conduct, desk, "noise") == ""


def test_a_slider_is_set_where_one_presses(conduct: ConductObject, desk: Desk, qtbot: QtBot) -> None:
    [slide] = conduct.row("noise").findChildren(Slide)
    qtbot.mouseClick(slide, Qt.MouseButton.LeftButton, pos=QPoint(slide.width() - 4, slide.height() // 2))
    assert kept(conduct, desk, "noise") == "10"
    assert "10" in slide.accessibleDescription()


def test_an_upright_slider_keeps_fractions(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("tank").press(Key.Key_End).press(Key.Key_Down)
    assert kept(conduct, desk, "tank") == "0.75"


def test_a_range_is_picked_from_a_list(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("crates").type("4").enter()
    assert kept(conduct, desk, "crates") == "4"


def test_stars_are_given_by_their_number(conduct: ConductObject, desk: Desk, qtbot: QtBot) -> None:
    conduct.go("clean").press(Key.Key_4)
    assert kept(conduct, desk, "clean") == "4"
    assert "4 of 5" in conduct.words("clean")
    [stars] = conduct.row("clean").findChildren(Slide)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(60, stars.height() // 2))
    assert kept(conduct, desk, "clean") == "2"


def test_things_are_put_in_order_by_keyboard(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("order")
    assert kept(conduct, desk, "order") == "", "it is no answer until somebody ordered"
    focus = QApplication.focusWidget()
    assert isinstance(focus, RankLine)
    assert focus.name == "helmet"
    conduct.press(Key.Key_Down, Modifier.ShiftModifier)
    assert kept(conduct, desk, "order") == "gloves helmet boots"
    conduct.press(Key.Key_3)
    assert kept(conduct, desk, "order") == "gloves boots helmet"
    conduct.press(Key.Key_Up).press(Key.Key_1)
    assert kept(conduct, desk, "order") == "boots gloves helmet"
    assert QApplication.focusWidget().accessibleName() == "Boots, place 1"  # type: ignore[union-attr]


def test_an_order_that_is_right_already_is_taken(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("order").click("rank.take", conduct.row("order"))
    assert kept(conduct, desk, "order") == "helmet gloves boots"


def test_a_quick_choice_goes_on_by_itself(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("quick").press(Key.Key_2)
    assert conduct.here == "two"
    assert kept(conduct, desk, "quick") == "no"


def test_columns_stand_as_the_form_wishes(conduct: ConductObject) -> None:
    lefts = [button.x() for button in conduct.go("two").row("two").findChildren(OneChoice)]
    assert lefts[0] == lefts[2] < lefts[1]
    packed = conduct.go("packed").row("packed").findChildren(OneChoice)
    assert len({button.width() for button in packed}) > 1


def test_many_choices_of_which_several_count_are_narrowed_by_typing(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("towns").type("39 town")
    shown = [each.accessibleName() for each in conduct.row("towns").findChildren(AnyChoice) if each.isVisible()]
    assert shown == ["Town 39"]
    conduct.press(Key.Key_Down).press(Key.Key_Space)
    assert kept(conduct, desk, "towns") == "t39"
    conduct.row("towns").editor.field.clear()  # type: ignore[attr-defined]
    conduct.row("towns").editor.field.setFocus()  # type: ignore[attr-defined]
    conduct.type("05").press(Key.Key_Down).press(Key.Key_Space)
    assert kept(conduct, desk, "towns") == "t5 t39", "what was chosen before stays"


def test_thousands_are_set_apart(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("pieces").type("1250000").enter()
    assert kept(conduct, desk, "pieces") == "1250000"
    assert conduct.typed("pieces") == ["1\u202f250\u202f000"]
    conduct.go("pieces").press(Key.Key_End).type("0").enter()
    assert kept(conduct, desk, "pieces") == "12500000"


def test_months_and_years_are_kept_as_their_first_day(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("month").type("3/2026").enter()
    assert kept(conduct, desk, "month") == "2026-03-01"
    assert conduct.typed("month") == ["Mar 2026"]
    conduct.go("year").type("1998").enter()
    assert kept(conduct, desk, "year") == "1998-01-01"
    assert conduct.typed("year") == ["1998"]
    conduct.go("month").press(Key.Key_A, Modifier.ControlModifier).type("sometime").enter()
    assert kept(conduct, desk, "month") == "sometime", "nothing typed is thrown away"


def test_a_date_without_a_calendar_has_none(conduct: ConductObject) -> None:
    row = conduct.go("day").row("day")
    assert not [each for each in row.findChildren(object, "calendar") if each.isVisible()]  # type: ignore[attr-defined]


def test_guidance_unfolds_and_a_file_that_is_not_there_is_named(conduct: ConductObject) -> None:
    conduct.go("guided")
    assert "a.png (not at hand)" in conduct.words("guided")
    assert "Stand by the press." not in conduct.words("guided")
    before = conduct.row("guided").height()
    conduct.click("guidance", conduct.row("guided"))
    assert "Stand by the press." in conduct.words("guided")
    assert conduct.row("guided").height() > before
