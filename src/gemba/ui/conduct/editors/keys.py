"""Which keys are the page's even while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_for_the_page(event: QKeyEvent) -> bool:
    """Enter in any combination and Ctrl with up or down (on to another question); pasting a picture or files."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
        return True
    if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return True  # a field would swallow them without doing anything
    return event.matches(QKeySequence.StandardKey.Paste) and picture_waits()


def picture_waits() -> bool:
    """True when the clipboard holds a picture or files and no words."""
    held = QGuiApplication.clipboard().mimeData()
    return held is not None and (held.hasImage() or held.hasUrls()) and (held.hasUrls() or not held.hasText())


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of a key pressed without a modifier, of the main keys or the number pad."""
    if event.modifiers() not in _PLAIN:
        return None
    text = event.text()
    return int(text) if len(text) == 1 and text.isdecimal() else None
