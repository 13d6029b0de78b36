"""Every control of the programme and of schedules has a name, says what it is, and is reached by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from tests.ui.test_accessibility import operated


def programme(window):
    window.go("audits", "programme")
    window.settle()
    window.page.view("programme").begin_changing()
    window.page.view("programme").risks.propose()
    window.page.view("programme").risks.plan()
    window.settle()


def schedules(window):
    window.go("audits", "schedules")
    window.settle()


def new_schedule(window):
    schedules(window)
    window.page.view("schedules").begin_changing()
    window.settle()


SHOWN = pytest.mark.parametrize("show", [programme, schedules, new_schedule], ids=lambda one: one.__name__)


@SHOWN
def test_every_control_has_a_name_of_its_own_and_says_what_it_is(demo, show):
    show(demo)
    found = operated(demo)
    names = [widget.objectName() for widget in found if not widget.objectName().startswith("qt_")]
    assert all(names)
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    mute = [widget.objectName() for widget in found if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert not mute


@SHOWN
def test_tab_reaches_every_control(demo, show):
    show(demo)
    wanted = {widget for widget in operated(demo) if widget.isEnabled()}
    start = demo.window.focusWidget() or demo.window
    reached, widget = {start}, start
    for _ in range(4_000):
        widget = widget.nextInFocusChain()
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        if widget is start:
            break
    missed = {
        each.objectName() for each in wanted if each not in reached and (each.focusProxy() or each) not in reached
    }
    assert not missed
