"""The page's actions in a window: shortcuts, and the keys that stay with what one types in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.ui.actions import ActionTable
from gemba.ui.conduct.legend import keys
from gemba.ui.conduct.page import ConductPage


@pytest.fixture
def in_window(conduct: ConductObject, page: ConductPage) -> ConductObject:
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    table = ActionTable(window)
    table.add(page.actions_offered())
    table.show_page("conduct")
    page._window = window  # type: ignore[attr-defined] - lives as long as the page
    conduct.go("day")
    return conduct


def test_shortcuts_work_in_the_window(in_window: ConductObject) -> None:
    in_window.go("exits").press(Key.Key_N)
    assert in_window.page.side.note.paper.hasFocus()
    in_window.page.walking.question()
    in_window.press(Key.Key_Return, Modifier.ControlModifier)
    assert in_window.here == "gear"


def test_letters_are_typed_in_fields_in_the_window(in_window: ConductObject) -> None:
    in_window.go("who").type("npf")
    assert in_window.typed() == ["npf"]


def test_enter_belongs_to_a_form_that_asks(in_window: ConductObject) -> None:
    in_window.go("exits").press(Key.Key_F).press(Key.Key_4).enter()
    in_window.type("All clear").press(Key.Key_Return, Modifier.ControlModifier)
    in_window.settle()
    assert in_window.page.sheet is not None
    assert [finding.text for finding in in_window.page.sheet.records.findings] == ["All clear"]


def test_every_key_has_one_meaning_and_the_legend_knows_it(page: ConductPage) -> None:
    shortcuts = [spec.shortcut for spec in page.actions_offered() if spec.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    shown = {key for key, _ in keys()}
    assert {"N", "P", "F", "Enter", "Shift+Enter"} <= shown
