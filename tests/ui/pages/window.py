"""The window as a person meets it."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.lists import ListObject

from gemba.ui.window import Window

W = TypeVar("W", bound=QWidget)


class WindowObject:
    """Goes to pages, presses buttons by name, and reads what is shown."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def settle(self) -> None:
        """Wait until nothing is under way, and what was drawn last has come to be shown."""
        self.qtbot.waitUntil(lambda: self.window.still)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.window.still)

    def go(self, code: str, uid: str = "") -> Any:
        """Go to a page; gives it once it stands still."""
        self.window.go(code, uid)
        self.settle()
        return self.page

    @property
    def page(self) -> Any:
        return self.window.stack.currentWidget()

    @property
    def list(self) -> ListObject:
        """The list of the page that is shown."""
        return ListObject(self.page.list, self)

    @property
    def message(self) -> str:
        return self.window.messages.said

    def find(self, kind: type[W], name: str) -> W:
        """A visible widget by object name."""
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} visible {kind.__name__} named {name}"
        return found[0]

    def press(self, name: str) -> None:
        """Press a button and wait."""
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} is switched off"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, and wait."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Type into a field, in place of what stands there."""
        field = self.find(QWidget, name)
        field.setFocus()
        field.clear()  # type: ignore[attr-defined]
        self.qtbot.keyClicks(field, text)

    def texts(self) -> str:
        """All words that are visible."""
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


def squeezed(inside: QWidget) -> list[str]:
    """Words in a widget that have less height than they need where they stand."""
    shown = [label for label in inside.findChildren(QLabel) if label.isVisible() and label.text()]
    return [label.text() for label in shown if label.height() < _needed(label) - 1]


def _needed(label: QLabel) -> int:
    wraps = label.wordWrap()
    return label.heightForWidth(label.width()) if wraps else label.fontMetrics().height()
