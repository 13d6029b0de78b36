"""The page of walks, and the stops beside a checklist, as a person meets them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from tests.ui.pages.window import WindowObject

from gemba.ui.conduct.walk.entry import NoteEntry
from gemba.ui.conduct.walk.note_card import NoteCard
from gemba.ui.walks.plan_tab import PlanTab
from gemba.ui.walks.routes_tab import RoutesTab
from gemba.ui.walks.weeks_tab import WeeksTab


class WalksObject:
    """Makes routes, walks them, and looks at the weeks."""

    def __init__(self, window: WindowObject) -> None:
        self.window = window

    def view(self, code: str, uid: str = "") -> Any:
        """Show a view of the page, and a record in it."""
        page = self.window.go("walks", f"{code}:{uid}" if uid else code)
        self.window.settle()
        return page.views.view(code)

    @property
    def routes(self) -> RoutesTab:
        """The view of routes."""
        found: RoutesTab = self.view("routes")
        return found

    @property
    def plan(self) -> PlanTab:
        """The plan."""
        found: PlanTab = self.view("plan")
        return found

    @property
    def weeks(self) -> WeeksTab:
        """Standard work by week."""
        found: WeeksTab = self.view("weeks")
        return found

    def put(self, form: QWidget, **words: str) -> None:
        """Write into fields by the ends of their names."""
        for name, value in words.items():
            field = form.findChild(QWidget, f"{form.objectName()}.{name}")
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(value)
            else:
                assert isinstance(field, QLineEdit), name
                field.setText(value)

    @property
    def entry(self) -> NoteEntry:
        """The entry of notes in the open walk."""
        return self.window.page.side.walk.entry

    def notes(self) -> list[NoteCard]:
        """The cards of what was noted, as they stand."""
        panel = self.window.page.side.walk
        return [card for card in panel.findChildren(NoteCard) if card.isVisibleTo(panel)]
