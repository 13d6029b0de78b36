"""Every control of the views of decisions has a name of its own, and the keyboard reaches it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from tests.ui.test_accessibility import operated

SIGHTS = (
    *("decisions", "decisions.new", "decisions.import", "decisions.one"),
    *("boundaries", "boundaries.new", "discretion", "discretion.note"),
)


@pytest.mark.parametrize("sight", SIGHTS)
def test_controls_are_named_once_and_reached(demo, sight):
    code = sight.partition(".")[0]
    page = demo.go("alignment", code)
    page.sights()[sight]()
    demo.settle()
    if sight == "decisions.one":
        demo.qtbot.waitUntil(lambda: page.view(code).detail.currentIndex() == 1)
    controls = operated(demo)
    assert len(controls) > 8
    names = [widget.objectName() for widget in controls]
    assert all(names)
    assert sorted(names) == sorted(set(names))
    for widget in controls:
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen is not None, widget.objectName()
        assert seen.text(QAccessible.Text.Name), f"{widget.objectName()} has no accessible name"
    start = demo.window.focusWidget() or demo.window
    reached, widget = {start}, start
    for _ in range(4_000):
        widget = widget.nextInFocusChain()
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        if widget is start:
            break
    wanted = {one for one in controls if one.isEnabled()}
    missed = {one.objectName() for one in wanted if one not in reached and (one.focusProxy() or one) not in reached}
    assert not missed
