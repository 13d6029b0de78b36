"""The page of escalations: what higher tiers have to decide, the leaders' log, and who answers on which tier."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab(
        "escalations",
        lambda: wording.text("Escalations"),
        "gemba.ui.escalations.list_tab",
        "EscalationsTab",
        lambda: wording.text("Escalate"),
    ),
    Tab("log", lambda: wording.text("Leaders' log"), "gemba.ui.escalations.log_tab", "LogTab"),
    Tab("tiers", lambda: wording.text("Tiers"), "gemba.ui.escalations.tiers_tab", "TiersTab"),
]
"""In order; a further view is one line."""


class EscalationsPage(TabbedPage):
    """What a place cannot settle by itself."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "escalations", wording.text("Escalations"), TABS, parent)
