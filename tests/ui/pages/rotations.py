"""The page of rotations as a person meets it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from tests.ui.pages.lists import ListObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.fields import Choice, DayField, Field


class RotationsObject:
    """Plans, begins, finishes, promises."""

    def __init__(self, window: WindowObject, uid: str = "") -> None:
        self.window = window
        self.page: Any = window.go("rotations", uid)

    @property
    def plan(self) -> ListObject:
        return ListObject(self.page.view("plan").list, self.window)

    @property
    def promises(self) -> ListObject:
        return ListObject(self.page.view("promises").list, self.window)

    def show(self, uid: str) -> Any:
        """Show a tab, or a record in it."""
        self.page.show_uid(uid)
        self.window.settle()
        return self.page.view(uid.partition(":")[0])

    def fill(self, name: str, value: str | date) -> None:
        """Fill in one field."""
        if isinstance(value, date):
            self.window.find(DayField, name).put(value)
        elif self.window.window.findChildren(Choice, name):
            self.window.find(Choice, name).choose(value)
        else:
            self.window.type(name, value)

    def problem(self, name: str) -> str:
        """What is said below a field."""
        field = self.window.find(QWidget, name).parentWidget()
        while not isinstance(field, Field):
            field = field.parentWidget()
        return field.note.text()

    def wait_for(self, words: str) -> None:
        """Wait until something is said."""
        self.window.qtbot.waitUntil(lambda: words in self.window.texts())
