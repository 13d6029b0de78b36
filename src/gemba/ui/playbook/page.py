"""The page of the playbook: patterns, where they were carried to, and the archive of closed work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab(
        "patterns",
        lambda: wording.text("Patterns"),
        "gemba.ui.playbook.patterns_tab",
        "PatternsTab",
        lambda: wording.text("Write a pattern"),
    ),
    Tab("transfers", lambda: wording.text("Transfers"), "gemba.ui.playbook.transfers_tab", "TransfersTab"),
    Tab("archive", lambda: wording.text("Archive"), "gemba.ui.playbook.archive_tab", "ArchiveTab"),
]
"""In order; a further view is one line."""


class PlaybookPage(TabbedPage):
    """What worked, for others."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "playbook", wording.text("Playbook"), TABS, parent)
