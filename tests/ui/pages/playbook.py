"""The playbook as a person meets it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from tests.ui.pages.lists import ListObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.links import LinkRow


class PlaybookObject:
    """Writes patterns, looks for them, carries them, and opens what is closed."""

    def __init__(self, window: WindowObject, uid: str = "") -> None:
        self.window = window
        self.page: Any = window.go("playbook", uid)

    @property
    def patterns(self) -> ListObject:
        return ListObject(self.page.view("patterns").list, self.window)

    @property
    def transfers(self) -> ListObject:
        return ListObject(self.page.view("transfers").list, self.window)

    @property
    def archive(self) -> ListObject:
        return ListObject(self.page.view("archive").list, self.window)

    def show(self, uid: str) -> Any:
        """Show a tab, or a record in it."""
        self.page.show_uid(uid)
        self.window.settle()
        return self.page.view(uid.partition(":")[0])

    def write(self, action: str = "") -> None:
        """Open the form of a pattern, begun from an action or new."""
        view = self.show("patterns")
        view.open_form(action=action)
        self.window.settle()

    def fill(self, name: str, value: str | date) -> None:
        """Fill in one field."""
        if isinstance(value, date):
            self.window.find(DayField, name).put(value)
        elif self.window.window.findChildren(Choice, name):
            self.window.find(Choice, name).choose(value)
        else:
            self.window.type(name, value)

    def follow(self, name: str) -> None:
        """Go where a row leads."""
        self.window.find(LinkRow, name).follow()
        self.window.settle()

    def row(self, name: str) -> str:
        """What a row says."""
        return self.window.find(LinkRow, name).accessibleName()

    def rows(self, beginning: str) -> list[str]:
        """What all rows say whose names begin so."""
        found = self.window.window.findChildren(LinkRow)
        return [one.accessibleName() for one in found if one.objectName().startswith(beginning) and one.isVisible()]

    def problem(self, name: str) -> str:
        """What is said below a field."""
        field = self.window.find(QWidget, name).parentWidget()
        while not isinstance(field, Field):
            field = field.parentWidget()
        return field.note.text()

    def wait_for(self, words: str) -> None:
        """Wait until something is said."""
        self.window.qtbot.waitUntil(lambda: words in self.window.texts())
