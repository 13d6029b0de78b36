"""The page of alignment: goals, decisions, boundaries, and how practice drifts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.pages.tabbed import Tab, TabbedPage
from gemba.ui.services import Services

TABS: list[Tab] = [
    Tab("drift", lambda: wording.text("Drift"), "gemba.ui.alignment.drift_tab", "DriftTab"),
    Tab(
        "goals",
        lambda: wording.text("Goals"),
        "gemba.ui.alignment.goals_tab",
        "GoalsTab",
        lambda: wording.text("Add a goal"),
    ),
    Tab(
        "levels",
        lambda: wording.text("Service levels"),
        "gemba.ui.alignment.levels_tab",
        "LevelsTab",
        lambda: wording.text("Add a service level"),
    ),
    Tab(
        "decisions",
        lambda: wording.text("Decisions"),
        "gemba.ui.alignment.decisions_tab",
        "DecisionsTab",
        lambda: wording.text("Record a decision"),
    ),
    Tab(
        "boundaries",
        lambda: wording.text("Boundaries"),
        "gemba.ui.alignment.boundaries_tab",
        "BoundariesTab",
        lambda: wording.text("Set a boundary"),
    ),
    Tab(
        "discretion",
        lambda: wording.text("Discretion"),
        "gemba.ui.alignment.discretion_tab",
        "DiscretionTab",
    ),
]
"""In order; a further view is one line."""


class AlignmentPage(TabbedPage):
    """Whether local decisions keep what was promised."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "alignment", wording.text("Alignment"), TABS, parent)
