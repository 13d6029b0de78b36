"""Drift: how far decisions keep what was promised, where practice drifts, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.alignment.drift_cards import FunnelCard, GoalsCard, TrendCard
from gemba.ui.alignment.drift_compare import CompareCard
from gemba.ui.alignment.drift_heat import HeatCard
from gemba.ui.alignment.drift_reports import ReportButtons
from gemba.ui.alignment.drift_shown import LATEST, Asked, DriftShown, read_drift, save_heat
from gemba.ui.alignment.drift_why import AuditorsCard, CausesCard
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.alignment_words import under_way_words

_TOPICS = frozenset({"judgement", "agreed_verdict", "audit", "goal", "place", "decision"})
_WIDEST = 1280


class DriftTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alignment.drift")
        self.services = services
        self.shown: DriftShown | None = None
        self._stale = True
        self.quarter = Choice([(LATEST, wording.text("Latest quarter"))], name="drift.quarter", parent=self)
        self.place = Choice([("", wording.text("All places"))], name="drift.place", search=True, parent=self)
        self.level = Choice(_levels(), name="drift.level", parent=self)
        self.quarter.setAccessibleName(wording.text("Quarter"))
        self.place.setAccessibleName(wording.text("Region or site"))
        self.level.setAccessibleName(wording.text("What a row is"))
        self.reports = ReportButtons(services, self)
        self.goals, self.heat, self.trend = GoalsCard(self), HeatCard(self), TrendCard(self)
        self.funnel, self.auditors, self.causes = FunnelCard(self), AuditorsCard(self), CausesCard(self)
        self.compare = CompareCard(services, self)
        self.empty = EmptyState(
            "scale",
            wording.text("Nothing to conclude from yet"),
            _next(),
            Button(wording.text("Go to the audits"), name="drift.empty.audits", icon="clipboard-check", run=self.go),
        )
        self._stack = QStackedWidget(self)
        self._area = self._cards()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._bar())
        rows.addWidget(self._stack, 1)
        for choice in (self.quarter, self.place, self.level):
            choice.currentIndexChanged.connect(self._ask)
        self.heat.saving.connect(self.save_heat)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins in the heat map."""
        target = self.heat.view if self._stack.currentIndex() == 0 else self.quarter
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show a place."""
        self.place.choose(uid)
        self.arrive()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see: further down, and the table."""
        return {"table": self.heat.twin.click, "behind": partial(self.heat.view.open_cell, 0, 0)}

    @Slot(object)
    def save_heat(self, out: Path) -> None:
        """Write the heat map that is shown to a file."""
        if self.shown is not None:
            self.services.jobs.errand(
                save_heat, self.services.desk, self.shown.heat, self.shown.asked, out, done=self._saved
            )

    def _saved(self, out: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=out.name))

    @Slot()
    def go(self) -> None:
        """To the audits."""
        self.services.go("audits")

    def _bar(self) -> QWidget:
        bar = QFrame(self)
        flow = Flow(bar)
        for widget in (self.quarter, self.place, self.level, self.reports):
            flow.addWidget(widget)
        return bar

    def _cards(self) -> QScrollArea:
        cards = (
            *(self.goals, self.heat, self.trend),
            *(self.funnel, self.auditors, self.causes, self.compare),
        )
        return scrolled(column(*cards, widest=_WIDEST), name="drift.area")

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        asked = Asked(self.quarter.value, self.place.value, self.level.value)
        self.services.jobs.ask(read_drift, self.services.desk, asked, done=self._came, label="drift")

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if not change.topics & _TOPICS:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, shown: DriftShown) -> None:
        self.shown = shown
        self._offer(shown)
        self.reports.asked = shown.asked
        nothing = not shown.quarters
        self._stack.setCurrentIndex(1 if nothing else 0)
        if nothing:
            waiting = under_way_words(shown.goals.under_way)
            self.empty.say(
                wording.text("Nothing to conclude from yet"), " ".join((*([waiting] if waiting else []), _next()))
            )
            return
        self.heat.show_heat(shown.heat, shown.asked)
        for card in (self.goals, self.trend, self.funnel, self.auditors, self.causes, self.compare):
            card.show_drift(shown)

    def _offer(self, shown: DriftShown) -> None:
        """What can be chosen; what was chosen stays, and asks for nothing."""
        quarters = [(one, one) for one in reversed(shown.quarters)]
        offers = (
            (self.quarter, [(LATEST, wording.text("Latest quarter")), *quarters, ("", wording.text("All quarters"))]),
            (self.place, [("", wording.text("All places")), *shown.places]),
        )
        for choice, wanted in offers:
            if choice.count() != len(wanted):
                choice.currentIndexChanged.disconnect(self._ask)
                choice.offer(wanted)
                choice.currentIndexChanged.connect(self._ask)


def _levels() -> list[tuple[str, str]]:
    return [
        ("", wording.text("Rows as they fit")),
        ("site", wording.text("Rows are sites")),
        ("region", wording.text("Rows are regions")),
    ]


def _next() -> str:
    return wording.text(
        "Plan an alignment audit, draw its sample, judge the decisions and conclude it; then it is told here how far "
        "decisions keep what was promised."
    )
