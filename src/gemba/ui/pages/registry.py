"""Which pages there are, and how each is made: only when it is first gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from gemba import wording
from gemba.ui.navigation import Stop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.ui.services import Services


class _Made(NamedTuple):
    """Where the class of a page is. Pages stand on the store, which is imported after the first paint."""

    module: str
    name: str


_PAGES = {
    "today": _Made("gemba.ui.pages.today", "TodayPage"),
    "calendar": _Made("gemba.ui.calendar.page", "CalendarPage"),
    "walks": _Made("gemba.ui.pages.walks", "WalksPage"),
    "findings": _Made("gemba.ui.pages.findings", "FindingsPage"),
    "actions": _Made("gemba.ui.pages.follow", "ActionsPage"),
    "escalations": _Made("gemba.ui.escalations.page", "EscalationsPage"),
    "rotations": _Made("gemba.ui.rotations.page", "RotationsPage"),
    "complaints": _Made("gemba.ui.complaints.page", "ComplaintsPage"),
    "reviews": _Made("gemba.ui.reviews.page", "ReviewsPage"),
    "alignment": _Made("gemba.ui.alignment.page", "AlignmentPage"),
    "audits": _Made("gemba.ui.audits.page", "AuditsPage"),
    "insights": _Made("gemba.ui.insights.page", "InsightsPage"),
    "playbook": _Made("gemba.ui.playbook.page", "PlaybookPage"),
    "registers": _Made("gemba.ui.registers.page", "RegistersPage"),
    "maps": _Made("gemba.ui.maps.page", "MapsPage"),
    "library": _Made("gemba.ui.pages.library", "LibraryPage"),
    "packs": _Made("gemba.ui.pages.packs", "PacksPage"),
    "conflicts": _Made("gemba.ui.pages.conflicts", "ConflictsPage"),
    "headquarters": _Made("gemba.ui.pages.headquarters", "HeadquartersPage"),
    "settings": _Made("gemba.ui.pages.settings", "SettingsPage"),
    "conduct": _Made("gemba.ui.conduct.page", "ConductPage"),
    "editor": _Made("gemba.ui.editor.page", "EditorPage"),
    "behind": _Made("gemba.ui.lineage.page", "BehindPage"),
}

CODES = tuple(_PAGES)

NOT_ON = {"laptop": frozenset({"headquarters"}), "headquarters": frozenset({"packs"})}
"""By role of a store: stops that lead nowhere there. A laptop takes no packs in, headquarters sends none."""


def make(code: str, services: Services, parent: QWidget) -> QWidget:
    """Make a page."""
    made = _PAGES[code]
    page: QWidget = getattr(import_module(made.module), made.name)(services, parent)
    return page


def stops() -> tuple[Stop, ...]:
    """The pages of the navigation, in order; conduct is reached from a walk, the editor from the library."""
    return (
        Stop("today", lambda: wording.text("Today"), "calendar-check"),
        Stop("calendar", lambda: wording.text("Calendar"), "calendar"),
        Stop("walks", lambda: wording.text("Walks"), "footprints"),
        Stop("findings", lambda: wording.text("Findings"), "flag"),
        Stop("actions", lambda: wording.text("Actions"), "list-checks"),
        Stop("escalations", lambda: wording.text("Escalations"), "arrow-up-right"),
        Stop("rotations", lambda: wording.text("Rotations"), "repeat"),
        Stop("complaints", lambda: wording.text("Complaints"), "message-square-warning"),
        Stop("reviews", lambda: wording.text("Reviews"), "microscope"),
        Stop("alignment", lambda: wording.text("Alignment"), "scale"),
        Stop("audits", lambda: wording.text("Audits"), "clipboard-check"),
        Stop("insights", lambda: wording.text("Insights"), "chart-line"),
        Stop("playbook", lambda: wording.text("Playbook"), "lightbulb"),
        Stop("registers", lambda: wording.text("Registers"), "book-marked"),
        Stop("maps", lambda: wording.text("Maps"), "route"),
        Stop("library", lambda: wording.text("Library"), "book-open-check"),
        Stop("packs", lambda: wording.text("Packs"), "package"),
        Stop("conflicts", lambda: wording.text("Conflicts"), "git-compare-arrows"),
        Stop("headquarters", lambda: wording.text("Headquarters"), "building-2"),
        Stop("settings", lambda: wording.text("Settings"), "settings"),
    )
