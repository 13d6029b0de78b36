"""A double click, or a second one while a deed is under way, does not start it twice."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

import gemba.ui
from gemba.errors import Refusal
from gemba.ui.actions import ActionSpec, ActionTable
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.entering import on_enter

LEFT = Qt.MouseButton.LeftButton


class Page(QWidget):
    """Does deeds that end when they may."""

    def __init__(self, jobs) -> None:
        super().__init__()
        self.jobs, self.may_end = jobs, threading.Event()
        self.started, self.ended = [], []
        rows = QVBoxLayout(self)
        self.report = Button("Report", name="report", run=self.write_report, parent=self)
        self.keep = Button("Keep", name="keep", run=self.keep_form, once=True, parent=self)
        self.count = Button("Count", name="count", run=self.count_one, parent=self)
        self.both = Button("Both", name="both", run=self.do_both, parent=self)
        self.pieces = Button("Pieces", name="pieces", run=self.read_pieces, parent=self)
        self.name, self.why = QLineEdit(self), QLineEdit(self)
        on_enter(self.keep, self.name)
        on_enter(self.count_one, self.why)
        for part in (self.report, self.keep, self.count, self.both, self.pieces, self.name, self.why):
            rows.addWidget(part)

    def _deed(self, what, _desk=None):
        self.started.append(what)
        assert self.may_end.wait(60)
        if what == "refused":
            raise Refusal("ui.no")
        return what

    def write_report(self):
        self.ticket = self.jobs.errand(partial(self._deed, "report"), done=self.ended.append)

    def keep_form(self):
        self.jobs.write(partial(self._deed, "kept"), done=self.ended.append)

    def count_one(self):
        self.jobs.write(partial(self._deed, "one"), done=self.ended.append)

    def do_both(self):
        self.jobs.errand(partial(self._deed, "first"), done=self._then)

    def _then(self, _first):
        self.may_end.clear()
        self.jobs.errand(partial(self._deed, "second"), done=self.ended.append)

    def read_pieces(self):
        self.jobs.errand(partial(self._deed, "piece"), done=self.ended.append, holds=False)


@pytest.fixture
def page(jobs, qtbot):
    made = Page(jobs)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)


def end(page, qtbot):
    page.may_end.set()
    qtbot.waitUntil(lambda: page.jobs.idle)
    page.may_end.clear()


@pytest.mark.parametrize(("name", "deed"), [("report", "report"), ("keep", "kept")])
def test_a_second_click_is_not_heard_until_the_deed_has_ended(page, qtbot, name, deed):
    button = getattr(page, name)
    button.setFocus()
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(button, LEFT)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.click()
    assert button.isEnabled()
    end(page, qtbot)
    assert page.started == page.ended == [deed]
    qtbot.mouseClick(button, LEFT)
    end(page, qtbot)
    assert page.ended == [deed, deed]


def test_a_double_click_keeps_once_even_when_the_first_has_ended_before_the_second_comes(page, qtbot):
    page.may_end.set()
    qtbot.mousePress(page.keep, LEFT)
    qtbot.mouseRelease(page.keep, LEFT)
    qtbot.waitUntil(lambda: page.jobs.idle)
    qtbot.mouseDClick(page.keep, LEFT)
    qtbot.mouseRelease(page.keep, LEFT)
    qtbot.waitUntil(lambda: page.jobs.idle)
    assert page.started == ["kept"]


def test_what_is_counted_may_be_pressed_as_often_as_one_likes(page, qtbot):
    for _ in range(3):
        qtbot.mouseClick(page.count, LEFT)
        qtbot.mouseClick(page.pieces, LEFT)
    page.may_end.set()
    qtbot.waitUntil(lambda: page.jobs.idle)
    assert sorted(page.ended) == ["one"] * 3 + ["piece"] * 3


def test_a_deed_that_is_gone_on_with_holds_its_button_on(page, qtbot):
    qtbot.mouseClick(page.both, LEFT)
    page.may_end.set()
    qtbot.waitUntil(lambda: "second" in page.started)
    qtbot.mouseClick(page.both, LEFT)
    end(page, qtbot)
    assert page.started == ["first", "second"]
    assert page.ended == ["second"]


def test_a_deed_that_is_called_off_or_refused_lets_its_button_go(page, heard, qtbot):
    qtbot.mouseClick(page.report, LEFT)
    page.ticket.cancel()
    qtbot.mouseClick(page.report, LEFT)
    end(page, qtbot)
    assert page.ended == ["report"]
    page.jobs.write(partial(page._deed, "refused"))
    page.may_end.set()
    qtbot.waitUntil(lambda: page.jobs.idle)
    assert [error.code for error in heard.troubles] == ["ui.no"]
    qtbot.mouseClick(page.report, LEFT)
    qtbot.waitUntil(lambda: page.jobs.idle)
    assert page.ended == ["report", "report"]


def test_a_button_that_is_gone_when_its_deed_ends_is_no_trouble(page, heard, qtbot):
    qtbot.mouseClick(page.report, LEFT)
    page.report.deleteLater()
    qtbot.waitUntil(lambda: len(page.findChildren(Button, "report")) == 0)
    end(page, qtbot)
    assert (page.ended, heard.bugs) == (["report"], [])


def test_a_shortcut_does_not_start_it_twice_either(page, qtbot):
    table = ActionTable(page)
    table.add([ActionSpec("page.keep", "Keep", "Ctrl+K", "", "save", page.keep_form, "primary")])
    for _ in range(2):
        table.action("page.keep").trigger()
    end(page, qtbot)
    assert page.started == ["kept"]


def test_enter_in_a_field_and_the_button_beside_it_start_a_deed_once_between_them(page, qtbot):
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.keyClick(page.name, Qt.Key.Key_Enter)
    qtbot.mouseClick(page.keep, LEFT)
    assert page.name.isEnabled()
    end(page, qtbot)
    assert page.started == page.ended == ["kept"]
    qtbot.mouseClick(page.keep, LEFT)
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    end(page, qtbot)
    assert page.ended == ["kept", "kept"]


def test_enter_in_a_field_without_a_button_starts_its_deed_once(page, qtbot):
    for _ in range(2):
        qtbot.keyClick(page.why, Qt.Key.Key_Return)
    end(page, qtbot)
    assert page.started == page.ended == ["one"]


def test_enter_is_heard_in_one_way_everywhere():
    sources = Path(gemba.ui.__file__).parent.rglob("*.py")
    assert [source.name for source in sources if "returnPressed" in source.read_text("utf-8")] == ["entering.py"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_whoever_has_no_mouse_presses_a_button_by_enter_as_by_the_space_bar(page, qtbot, key):
    page.report.setFocus()
    qtbot.keyClick(page.report, key)
    qtbot.keyClick(page.report, key)
    end(page, qtbot)
    assert page.started == ["report"]


def test_enter_presses_a_button_with_a_picture_only_too(qtbot):
    pressed = []
    button = IconButton("x", "Close", name="close", run=lambda: pressed.append("close"))
    qtbot.addWidget(button)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["close"]


def test_a_button_that_was_switched_off_for_a_while_has_the_keyboard_back(page, qtbot):
    page.report.setFocus()
    qtbot.waitUntil(page.report.hasFocus)
    page.report.setEnabled(False)
    assert not page.report.hasFocus()
    page.report.setEnabled(True)
    assert page.report.hasFocus()
    page.report.setEnabled(False)
    page.why.setFocus()
    page.report.setEnabled(True)
    assert page.why.hasFocus()
