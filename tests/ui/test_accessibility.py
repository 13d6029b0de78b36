"""Every control has a name, and the keyboard reaches it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from tests.ui.pages.window import WindowObject

from gemba.ui.pages import registry
from gemba.ui.parts.links import LinkRow

OPERATED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, LinkRow)
PAGES = tuple(stop.code for stop in registry.stops())


def operated(window: WindowObject) -> list[QWidget]:
    """What can be operated on the page that is shown; the insides of Qt's own compound fields are one with them."""
    found = []
    for widget in window.window.findChildren(QWidget):
        inside = isinstance(widget.parent(), OPERATED) or widget.objectName().startswith("qt_")
        if isinstance(widget, OPERATED) and widget.isVisible() and not inside:
            found.append(widget)
    return found


def open_with_detail(window: WindowObject, code: str) -> None:
    page = window.go(code)
    if hasattr(page, "list") and page.list.model.rowCount():
        window.list.choose(0)


@pytest.mark.parametrize("code", PAGES)
def test_every_control_has_an_object_name_and_says_what_it_is(demo, code):
    open_with_detail(demo, code)
    controls = operated(demo)
    assert len(controls) > 8
    nameless = [f"{type(w).__name__} {w.objectName()!r}" for w in controls if not w.objectName()]
    assert not nameless
    for widget in controls:
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen is not None, widget.objectName()
        assert seen.text(QAccessible.Text.Name), f"{widget.objectName()} has no accessible name"


@pytest.mark.parametrize("code", PAGES)
def test_tab_reaches_every_control_that_is_switched_on(demo, code):
    open_with_detail(demo, code)
    wanted = {widget for widget in operated(demo) if widget.isEnabled()}
    start = demo.window.focusWidget() or demo.window
    reached, widget = {start}, start
    for _ in range(4_000):
        widget = widget.nextInFocusChain()
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        if widget is start:
            break
    missed = {w.objectName() for w in wanted if w not in reached and (w.focusProxy() or w) not in reached}
    assert not missed


@pytest.mark.parametrize("code", PAGES)
def test_no_two_controls_of_a_page_share_a_name(demo, code):
    open_with_detail(demo, code)
    names = [widget.objectName() for widget in operated(demo)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_at_most_one_primary_button(demo, empty, code):
    for window in (demo, empty):
        open_with_detail(window, code)
        primary = [w for w in operated(window) if w.property("look") == "primary"]
        assert len(primary) <= 1, [w.objectName() for w in primary]
