"""The keys of the stopwatch, each with its button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button

Runs = dict[str, Callable[[], object]]
CHOSEN = 9
"""Elements that have a figure key."""


def put_keys(watch: QWidget, runs: Runs, choose: Callable[[int], object]) -> list[QShortcut]:
    """Give a watch its keys; a key that is held down counts once.

    Args:
        watch: within which they hold; not while words are typed.
        runs: by code of a key, what it does.
        choose: chooses an element, from 0.
    """
    made = [_key(watch, sequence, runs[code]) for code, sequence, _, _ in table() if code in runs]
    made += [_key(watch, str(at + 1), partial(choose, at)) for at in range(CHOSEN)]
    return made


def buttons_of(runs: Runs, parent: QWidget) -> dict[str, Button]:
    """A button for each key; its words name the key."""
    found = {}
    for code, sequence, title, icon in table():
        look = "primary" if code == "lap" else "quiet"
        shown = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
        words = wording.text("{title} ({key})", title=title, key=shown)
        found[code] = Button(words, name=f"times.watch.{code}", icon=icon, look=look, run=runs[code], parent=parent)
    return found


def table() -> list[tuple[str, str, str, str]]:
    """Code, key, words and icon."""
    return [
        ("lap", "Space", wording.text("Lap"), "timer"),
        ("back", "Backspace", wording.text("Take back"), "undo-2"),
        ("out", "L", wording.text("Leave out"), "circle-slash"),
        ("foreign", "F", wording.text("Foreign"), "circle-help"),
        ("pause", "Esc", wording.text("Pause"), "pause"),
        ("cycle", "N", wording.text("Next cycle"), "repeat"),
    ]


def _key(watch: QWidget, sequence: str, run: Callable[[], object]) -> QShortcut:
    made = QShortcut(QKeySequence(sequence), watch)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.setAutoRepeat(False)
    made.activated.connect(run)
    return made
