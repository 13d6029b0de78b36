"""What can be done on the conduct page, with its keys: one table for shortcuts, menus, palette and the page itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gemba import wording
from gemba.ui.actions import ActionSpec

if TYPE_CHECKING:
    from gemba.ui.conduct.page import ConductPage
    from gemba.ui.conduct.walking import Walking

_PAGE = "conduct"


def doings(page: ConductPage) -> list[ActionSpec]:
    """The actions of the page. Enter alone is the page's own key, so that it still presses buttons elsewhere."""
    return [*_ways(page.walking), *_deeds(page)]


def _ways(walking: Walking) -> list[ActionSpec]:
    return [
        _spec("next", wording.text("Next question"), "Ctrl+Down", "arrow-down", walking.next),
        _spec("back", wording.text("Question before"), "Ctrl+Up", "arrow-up", walking.back),
        _spec("next_open", wording.text("Next open question"), "Ctrl+Return", "arrow-right", walking.next_open),
        _spec("next_section", wording.text("Next section"), "Ctrl+PgDown", "chevron-down", walking.next_section),
        _spec(
            "previous_section", wording.text("Previous section"), "Ctrl+PgUp", "chevron-up", walking.previous_section
        ),
        _spec("around", wording.text("Questions, side panel, sections"), "F6", "panel-left-open", walking.around),
    ]


def _deeds(page: ConductPage) -> list[ActionSpec]:
    draft, failed = page.may_change, page.has_failures
    return [
        _spec("note", wording.text("Write a note"), "N", "sticky-note", page.write_note, draft),
        _spec("photo", wording.text("Add a photo"), "P", "camera", page.add_photo, draft),
        _spec("finding", wording.text("Raise a finding"), "F", "flag", page.raise_finding, draft),
        _spec("conclude", wording.text("Look back and conclude"), "Ctrl+Shift+Return", "lock", page.conclude),
        _spec("retry", wording.text("Try to save again"), "", "rotate-ccw", page.retry, failed),
        _spec("report", wording.text("Make the report (PDF)"), "", "file-text", page.make_report, page.has_sheet),
        _spec("leave", wording.text("Leave the checklist"), "", "arrow-left", page.leave),
    ]


def _spec(
    verb: str, title: str, key: str, icon: str, run: Callable[[], object], ready: Callable[[], bool] | None = None
) -> ActionSpec:
    return ActionSpec(f"{_PAGE}.{verb}", title, key, _PAGE, icon, run, ready=ready)


def take_key(page: ConductPage, event: QKeyEvent) -> bool:
    """Do what a key stands for, when nothing within the page took it; True when it stood for something."""
    for keys, does in (
        (("Return", "Enter"), page.walking.next),
        (("Shift+Return", "Shift+Enter"), page.walking.back),
        (("Ctrl+Enter",), page.walking.next_open),
        (("Ctrl+Shift+Enter",), page.conclude),
        (("Esc",), page.escape),
    ):
        if any(_is(event, key) for key in keys):
            does()
            return True
    for spec in doings(page):
        if spec.shortcut and _is(event, spec.shortcut):
            spec.run()
            return True
    return event.matches(QKeySequence.StandardKey.Paste) and page.paste_photo()


def _is(event: QKeyEvent, key: str) -> bool:
    pressed = event.keyCombination()
    kept = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(key) == QKeySequence(QKeyCombination(kept, pressed.key()))
