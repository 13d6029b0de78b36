"""Rated matrices as grids: heads that stay in sight, cells by digit and arrow, rows where it is narrow."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conduct.conftest import workbook
from tests.ui.pages.conduct import ConductObject, Key

from gemba.domain.assessments import Answer
from gemba.ui.conduct.editors.cells import OneCell
from gemba.ui.conduct.grid_rows import GridHeadRow, GridRow
from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

ITEMS = tuple(f"item{number}" for number in range(30))
_SURVEY = (
    {"type": "begin_group", "name": "matrix", "label": "How it is done", "appearance": "field-list"},
    {"type": "select_one yn", "name": "heads", "label": "Is it so?", "appearance": "label"},
    *(
        {"type": "select_one yn", "name": name, "label": f"Thing {name}", "appearance": "list-nolabel",
         "required": "yes" if name == "item3" else "", "bind::gemba:critical": "yes" if name == "item1" else ""}
        for name in ITEMS
    ),
    {"type": "end_group"},
    {"type": "select_one level", "name": "one", "label": "First rating", "appearance": "likert"},
    {"type": "select_one level", "name": "two", "label": "Second rating", "appearance": "likert"},
    {"type": "text", "name": "between", "label": "Why?"},
    {"type": "select_one level", "name": "alone", "label": "A rating alone", "appearance": "likert"},
)  # fmt: skip


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, desk: Desk) -> ConductObject:
    template = import_template(desk, workbook(_SURVEY, "matrix"), "matrix.xlsx").uid
    uid = conducting.start(desk, template, add_place(desk, "Hall 8").uid).uid
    return ConductObject(page, qtbot).open(uid)


def kept(conduct: ConductObject, desk: Desk) -> dict[str, str]:
    conduct.settle()
    assert conduct.page.sheet is not None
    with desk.reader() as reader:
        found = reader.find(Answer, assessment=conduct.page.sheet.uid)
    return {answer.path.rpartition("/")[2]: answer.value for answer in found if answer.value}


def head(conduct: ConductObject, first: str = "item0") -> GridHeadRow:
    row = conduct.page.ribbon.row("#" + conduct.path(first))
    assert isinstance(row, GridHeadRow)
    return row


def test_questions_with_the_same_choices_are_one_grid_with_heads(conduct: ConductObject) -> None:
    assert isinstance(conduct.row("item0"), GridRow)
    assert head(conduct).accessibleName() == "Is it so?: Yes, No, Does not apply"
    assert "heads" not in conduct.questions(), "the question that shows the heads is not asked"
    conduct.go("two")
    assert isinstance(conduct.row("two"), GridRow)
    conduct.go("alone")
    assert not isinstance(conduct.row("alone"), GridRow)


def test_digits_choose_and_enter_goes_on(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("item0").press(Key.Key_1).enter()
    assert conduct.here == "item1"
    conduct.press(Key.Key_2).enter().press(Key.Key_3)
    assert kept(conduct, desk) == {"item0": "yes", "item1": "no", "item2": "na"}
    assert conduct.chosen("item1") == ["No"]


def test_arrows_move_over_cells_and_keep_the_column(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("item0").press(Key.Key_Right).press(Key.Key_Down)
    assert conduct.here == "item1"
    focus = QApplication.focusWidget()
    assert isinstance(focus, OneCell)
    assert focus.accessibleName() == "No"
    conduct.press(Key.Key_Space).press(Key.Key_Up)
    assert conduct.here == "item0"
    assert kept(conduct, desk) == {"item1": "no"}


def test_the_whole_cell_is_the_target(conduct: ConductObject, desk: Desk, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, Qt

    cell = conduct.row("item4").findChildren(OneCell)[1]
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert kept(conduct, desk) == {"item4": "no"}


def test_heads_stay_in_sight_and_above_their_cells(conduct: ConductObject) -> None:
    conduct.go("item20")
    ribbon = conduct.page.ribbon
    pinned = head(conduct)
    assert pinned.isVisible()
    assert pinned.geometry().top() == 0
    assert ribbon.viewport().childAt(pinned.geometry().center()) in {pinned, *pinned.findChildren(object)}
    row = conduct.row("item20")
    assert row.geometry().top() >= pinned.geometry().bottom(), "where one is, is not below the heads"
    for cell, title in zip(row.findChildren(OneCell), _heads(pinned), strict=True):
        assert abs(_middle(cell) - _middle(title)) <= 2


def test_heads_leave_with_the_last_line(conduct: ConductObject) -> None:
    conduct.go("alone")
    bar = conduct.page.ribbon.verticalScrollBar()
    bar.setValue(bar.maximum())
    row = conduct.page.ribbon.row("#" + conduct.path("item0"))
    assert row is None or not row.isVisible() or row.geometry().bottom() <= conduct.row("item29").geometry().bottom()


def test_critical_and_missing_are_marked_in_the_line(conduct: ConductObject) -> None:
    assert "Critical" in conduct.words("item1")
    conduct.go("item3").enter()
    assert "An answer is required here." in conduct.words("item3")
    assert conduct.row("item3").wrong


def test_where_it_is_narrow_each_item_is_a_row(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.resize(420, 700)
    conduct.settle()
    conduct.go("item2")
    assert not isinstance(conduct.row("item2"), GridRow)
    conduct.press(Key.Key_2)
    assert kept(conduct, desk) == {"item2": "no"}
    conduct.page.resize(1440, 900)
    conduct.settle()
    assert isinstance(conduct.go("item2").row("item2"), GridRow)
    assert conduct.chosen("item2") == ["No"]


def _heads(row: GridHeadRow) -> list[object]:
    box = row._heads
    return [box.itemAt(place).widget() for place in range(box.count())]  # type: ignore[union-attr]


def _middle(widget: object) -> int:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    assert isinstance(widget, QWidget)
    return widget.mapToGlobal(QPoint(widget.width() // 2, 0)).x()
