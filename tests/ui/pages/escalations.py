"""The page of escalations as a person meets it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from tests.ui.pages.lists import ListObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.fields import Choice, DayField, Field


class EscalationsObject:
    """Raises, moves on, reads what stands at the top."""

    def __init__(self, window: WindowObject, uid: str = "") -> None:
        self.window = window
        self.page: Any = window.go("escalations", f"escalations:{uid}" if uid else "")
        if uid:
            self.wait_for("How it stands")

    @property
    def list(self) -> ListObject:
        return ListObject(self.page.view("escalations").list, self.window)

    def open(self, uid: str) -> None:
        """Show one."""
        self.page.show_uid(f"escalations:{uid}")
        self.window.settle()

    def log(self) -> Any:
        """Show the leaders' log."""
        self.page.show_uid("log")
        self.window.settle()
        return self.page.view("log")

    def tiers(self) -> Any:
        """Show the tiers."""
        self.page.show_uid("tiers")
        self.window.settle()
        return self.page.view("tiers")

    def do(self, move: str, **said: str | date) -> None:
        """Press the button of a move, fill in its form, and keep it."""
        self.window.press(f"escalation.do.{move}")
        for name, value in said.items():
            self.fill(f"escalation.move.{name}", value)
        self.window.press("escalation.move.keep")

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
        assert isinstance(field, Field)
        return field.note.text()

    def wait_for(self, words: str) -> None:
        """Wait until something is said."""
        self.window.qtbot.waitUntil(lambda: words in self.window.texts())
