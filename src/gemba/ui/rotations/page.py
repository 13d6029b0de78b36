"""The page of rotations: the quarter's plan, where leaders have been, and what they promised."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab(
        "plan",
        lambda: wording.text("Plan"),
        "gemba.ui.rotations.plan_tab",
        "PlanTab",
        lambda: wording.text("Plan a rotation"),
    ),
    Tab("coverage", lambda: wording.text("Coverage"), "gemba.ui.rotations.coverage_tab", "CoverageTab"),
    Tab(
        "promises",
        lambda: wording.text("Promises"),
        "gemba.ui.rotations.promises_tab",
        "PromisesTab",
        lambda: wording.text("Write down a promise"),
    ),
]
"""In order; a further view is one line."""


class RotationsPage(TabbedPage):
    """Leaders at the front line."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "rotations", wording.text("Rotations"), TABS, parent)
