"""The page of alignment audits: the quarter's audits, their programme, calibration."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab(
        "audits",
        lambda: wording.text("Audits"),
        "gemba.ui.audits.audits_tab",
        "AuditsTab",
        lambda: wording.text("Plan an audit"),
    ),
    Tab(
        "programme",
        lambda: wording.text("Programme"),
        "gemba.ui.audits.programme_tab",
        "ProgrammeTab",
        lambda: wording.text("Make a programme"),
    ),
    Tab(
        "schedules",
        lambda: wording.text("Schedules"),
        "gemba.ui.audits.schedules_tab",
        "SchedulesTab",
        lambda: wording.text("Add a schedule"),
    ),
    Tab(
        "calibration",
        lambda: wording.text("Calibration"),
        "gemba.ui.audits.calibration_tab",
        "CalibrationTab",
        lambda: wording.text("Make a session"),
    ),
]
"""In order; a further view is one line."""


class AuditsPage(TabbedPage):
    """Audits from their programme to their conclusion."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "audits", wording.text("Audits"), TABS, parent)
