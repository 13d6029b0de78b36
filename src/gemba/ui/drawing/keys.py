"""The keys of the canvas: everything the mouse does, the keyboard does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gemba.store.mark_shapes import COLOURS
from gemba.ui.drawing import taking_hold
from gemba.ui.drawing.instruments import LOOKS, WIDTHS, Tool

if TYPE_CHECKING:
    from gemba.ui.drawing.canvas import Canvas

_WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_STEP, _FINE_STEP = 0.01, 0.002
_PULL = 60
"""Pixels that an arrow key moves a zoomed picture."""


def take_key(canvas: Canvas, event: QKeyEvent) -> bool:
    """Do what a key means on the canvas; False when it means nothing there."""
    if _take_sequence(canvas, event):
        return True
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if key in _WAYS:
        return _go(canvas, _WAYS[key], modifiers)
    if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    return _take_plain(canvas, key) or _take_letter(canvas, event.text())


def _take_sequence(canvas: Canvas, event: QKeyEvent) -> bool:
    known: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
        (QKeySequence.StandardKey.Undo, canvas.drawing.undo),
        (QKeySequence.StandardKey.Redo, canvas.drawing.redo),
    )
    for sequence, do in known:
        if event.matches(sequence):
            do()
            return True
    if event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
        canvas.drawing.redo()
        return True
    return False


def _take_plain(canvas: Canvas, key: Qt.Key) -> bool:
    drawing = canvas.drawing
    if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
        drawing.remove()
        return True
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        if not canvas.edit_words() and canvas.tool is not Tool.CHOOSE:
            canvas.place()
        return True
    if key == Qt.Key.Key_Escape and (drawing.chosen is not None or canvas.tool is not Tool.CHOOSE):
        drawing.choose(None)
        canvas.take(Tool.CHOOSE)
        return True
    return False


def _take_letter(canvas: Canvas, letter: str) -> bool:
    letter = letter.upper()
    tool = next((each for each, look in LOOKS.items() if look.key == letter), None)
    if tool is not None:
        canvas.take(tool)
    elif letter in {"+", "=", "-", "0"}:
        canvas.zoom({"+": 1.25, "=": 1.25, "-": 0.8, "0": 0}[letter])
    elif letter and letter in "1234":
        canvas.take_colour(list(COLOURS)[int(letter) - 1])
    elif letter in {"[", "]"}:
        _change_width(canvas, 1 if letter == "]" else -1)
    else:
        return False
    return True


def _change_width(canvas: Canvas, by: int) -> None:
    mark = canvas.drawing.mark
    now = mark.width if mark is not None else canvas.width_of_lines
    nearest = min(range(len(WIDTHS)), key=lambda at: abs(WIDTHS[at] - now))
    canvas.take_width(WIDTHS[min(max(nearest + by, 0), len(WIDTHS) - 1)])


def _go(canvas: Canvas, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
    """Arrows move the chosen mark (with Ctrl finely), with Shift they size it; without one they move the picture."""
    mark = canvas.drawing.mark
    if mark is None:
        canvas.eye.shift(QPointF(-way[0], -way[1]) * _PULL)
        canvas.update()
        return True
    step = _FINE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
    by = (way[0] * step, way[1] * step)
    sized = modifiers & Qt.KeyboardModifier.ShiftModifier
    canvas.drawing.put(taking_hold.grown(mark, by) if sized else taking_hold.moved(mark, by))
    return True
