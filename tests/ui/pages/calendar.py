"""The page of the calendar as a person meets it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSpinBox, QWidget
from tests.ui.pages.lists import ListObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.fields import Choice, DayField, Field


class CalendarObject:
    """Goes through days, adds bodies, plans meetings, writes minutes."""

    def __init__(self, window: WindowObject, view: str = "calendar") -> None:
        self.window = window
        self.page: Any = window.go("calendar", view)

    def view(self, code: str) -> Any:
        """Show a view."""
        self.page.show_uid(code)
        self.window.settle()
        return self.page.view(code.partition(":")[0])

    def list(self, code: str) -> ListObject:
        """The list of a view."""
        return ListObject(self.page.view(code).list, self.window)

    @property
    def day(self) -> date:
        """The day that is chosen in the grid."""
        day: date = self.page.view("calendar").grid.day
        return day

    def key(self, key: Qt.Key) -> None:
        """Press a key in the grid."""
        self.window.qtbot.keyClick(self.page.view("calendar").grid, key)
        self.window.settle()

    def spoken(self, day: date) -> str:
        """What is said of a day in the grid."""
        return str(self.page.view("calendar").days.spoken(day))

    def fill(self, name: str, value: str | date | bool | int) -> None:
        """Fill in one field."""
        widget = self.window.find(QWidget, name)
        if isinstance(widget, DayField):
            assert isinstance(value, date)
            widget.put(value)
        elif isinstance(widget, Choice):
            widget.choose(str(value))
        elif isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))
        elif isinstance(widget, QSpinBox):
            assert isinstance(value, int)
            widget.setValue(value)
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(str(value))
        else:
            self.window.type(name, str(value))

    def keep(self, name: str, **said: str | date | bool | int) -> None:
        """Fill in a form and keep it."""
        for code, value in said.items():
            self.fill(f"{name}.{code}", value)
        self.window.press(f"{name}.keep")

    def problem(self, name: str) -> str:
        """What is said below a field."""
        field = self.window.find(QWidget, name).parentWidget()
        assert isinstance(field, Field)
        return field.note.text()

    def wait_for(self, words: str) -> None:
        """Wait until something is said."""
        self.window.qtbot.waitUntil(lambda: words in self.window.texts())
