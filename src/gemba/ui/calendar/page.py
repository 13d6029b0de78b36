"""The page of the calendar: all that comes or is due, what is overdue, bodies that decide, and their meetings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab("calendar", lambda: wording.text("Calendar"), "gemba.ui.calendar.calendar_tab", "CalendarTab"),
    Tab("overdue", lambda: wording.text("Overdue"), "gemba.ui.calendar.overdue_tab", "OverdueTab"),
    Tab(
        "bodies",
        lambda: wording.text("Bodies"),
        "gemba.ui.calendar.bodies_tab",
        "BodiesTab",
        lambda: wording.text("Add a body"),
    ),
    Tab(
        "meetings",
        lambda: wording.text("Meetings"),
        "gemba.ui.calendar.meetings_tab",
        "MeetingsTab",
        lambda: wording.text("Plan a meeting"),
    ),
]
"""In order; a further view is one line."""


class CalendarPage(TabbedPage):
    """What comes, what is late, and who meets about it."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "calendar", wording.text("Calendar"), TABS, parent)
