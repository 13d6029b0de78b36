"""The tabs of goals and service levels as a person meets them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from tests.ui.pages.lists import ListObject
from tests.ui.pages.window import WindowObject

from gemba.ui.parts.fields import Choice, DayField


class AlignmentObject:
    """Goes to a tab, fills forms by the names of their fields, and reads what is shown.

    Args:
        window: that is open.
        tab: `goals` or `levels`.
    """

    def __init__(self, window: WindowObject, tab: str = "goals") -> None:
        self.window, self.code = window, tab
        self.page: Any = window.go("alignment", tab)
        window.settle()

    @property
    def tab(self) -> Any:
        return self.page.view(self.code)

    @property
    def list(self) -> ListObject:
        return ListObject(self.tab.list, self.window)

    def show(self, row: int) -> str:
        """Choose a row; gives all words that are shown then."""
        self.list.choose(row)
        self.window.qtbot.waitUntil(lambda: self.tab.detail.currentIndex() == 1)
        self.window.settle()
        return self.window.texts()

    def open(self, uid: str) -> str:
        """Show a record; gives all words that are shown then."""
        self.tab.show_uid(uid)
        self.window.qtbot.waitUntil(lambda: self.tab.detail.uid == uid and self.tab.detail.currentIndex() == 1)
        self.window.settle()
        return self.window.texts()

    def fill(self, form: str, **said: Any) -> None:
        """Fill fields: words are typed, choices chosen by code, days put."""
        for code, value in said.items():
            field = self.window.find(QWidget, f"{form}.{code}")
            if isinstance(field, Choice):
                field.choose(value)
            elif isinstance(field, DayField):
                field.put(value)
            else:
                self.window.type(f"{form}.{code}", value)

    def press(self, name: str) -> None:
        self.window.press(name)
