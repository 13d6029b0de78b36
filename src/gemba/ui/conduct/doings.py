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
    from gemba.ui.conduct.repeats import Repeats
    from gemba.ui.conduct.walking import Walking

_PAGE = "conduct"


def doings(page: ConductPage) -> list[ActionSpec]:
    """The actions of the page. Enter alone is the page's own key, so that it still presses buttons elsewhere."""
    return [*_ways(page.walking), *_deeds(page), *_repeats(page.repeats), *_sights(page)]


def _ways(walking: Walking) -> list[ActionSpec]:
    return [
        _spec("next", wording.text("Next question"), "Ctrl+Down", "arrow-down", walking.next),
        _spec("back", wording.text("Question before"), "Ctrl+Up", "arrow-up", walking.back),
        _spec("next_open", wording.text("Next open question"), "Ctrl+Return", "arrow-right", walking.next_open),
        _spec("next_required", wording.text("Next missing answer"), "F3", "circle-alert", walking.next_required),
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
        _spec(
            "versions", wording.text("Versions and parked answers"), "", "refresh-cw", page.see_versions, page.has_sheet
        ),
        _spec("walk", wording.text("Stops and observations"), "O", "route", page.see_walk, page.has_sheet),
        _spec("see", wording.text("Go and see"), "", "footprints", page.go_and_see, page.has_sheet),
        _spec("retry", wording.text("Try to save again"), "", "rotate-ccw", page.retry, failed),
        _spec("report", wording.text("Make the report (PDF)"), "", "file-text", page.make_report, page.has_sheet),
        _spec("leave", wording.text("Leave the checklist"), "", "arrow-left", page.leave),
    ]


def _repeats(repeats: Repeats) -> list[ActionSpec]:
    here = repeats.is_here
    return [
        _spec("add", wording.text("Add another one"), "A", "plus", repeats.add_here, here),
        _spec("copy", wording.text("Copy this one"), "D", "copy", repeats.copy_here, here),
        _spec("up", wording.text("Move this one up"), "Alt+Up", "arrow-up", repeats.up, here),
        _spec("down", wording.text("Move this one down"), "Alt+Down", "arrow-down", repeats.down, here),
        _spec("remove", wording.text("Remove this one"), "Ctrl+Del", "trash-2", repeats.drop_here, here),
        _spec("undo", wording.text("Undo"), "Ctrl+Z", "undo-2", repeats.undo, repeats.may_undo),
        _spec("fold", wording.text("Fold or unfold"), "-", "chevron-down", repeats.fold_here),
        _spec("fold_all", wording.text("Fold or unfold all"), "Shift+-", "chevron-up", repeats.fold_all),
    ]


def _sights(page: ConductPage) -> list[ActionSpec]:
    seeing = page.seeing
    return [
        _spec("why", wording.text("Why is this not valid?"), "F2", "circle-question-mark", page.explain),
        _spec("only", wording.text("Only what is missing"), "F4", "funnel", seeing.turn_only_missing),
        _spec("hidden", wording.text("Show what is hidden"), "F7", "eye", seeing.turn_hidden),
        _spec("language", wording.text("Next language"), "F8", "languages", seeing.next_language, seeing.has_languages),
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
