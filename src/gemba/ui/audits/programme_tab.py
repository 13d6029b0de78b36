"""The quarter's programme: how it stands, its sites by risk, the next dates, and what is covered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.audits.coverage_card import CoverageCard
from gemba.ui.audits.dates_card import DatesCard
from gemba.ui.audits.programme_card import ProgrammeCard
from gemba.ui.audits.programme_facts import TOPICS, Asked, ProgrammeShown, read_programme
from gemba.ui.audits.programme_form import ProgrammeForm
from gemba.ui.audits.risk_panel import RiskPanel
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.services import Services

_WIDEST = 1180


class ProgrammeTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audits.programme")
        self.services = services
        self.asked = Asked()
        self.shown: ProgrammeShown | None = None
        self._stale = True
        self.choice = Choice(name="programme.choice", parent=self)
        self.choice.setAccessibleName(wording.text("Programme"))
        self.choice.activated.connect(self._choose)
        self.form = ProgrammeForm(services, self)
        self.card = ProgrammeCard(services, self)
        self.risks = RiskPanel(services, self)
        self.dates = DatesCard(services, self)
        self.coverage = CoverageCard(services, self)
        empty = EmptyState(
            "clipboard-check",
            wording.text("No programme yet"),
            wording.text("Make this quarter's: sites are proposed by risk, with the reason; you pick."),
        )
        self._empty = empty
        cards = (self.form, empty, self.card, self.risks, self.dates, self.coverage)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(scrolled(column(*cards, widest=_WIDEST), name="programme.area"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._stack, 1)
        self.form.kept.connect(self._kept)
        self.card.changing.connect(self.begin_changing)
        self.risks.weighed.connect(self._weigh)
        self.coverage.counted.connect(self._count)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins at the choice of programmes."""
        (self.choice if self.choice.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show a programme."""
        self._kept(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides: the form of a new programme."""
        return {"new": self.begin_adding}

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new programme."""
        self.form.begin(None)

    @Slot()
    def begin_changing(self) -> None:
        """Open the form of the programme that is shown."""
        if self.shown is not None:
            self.form.begin(self.shown.programme)

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        self.services.jobs.ask(read_programme, self.services.desk, self.asked, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if not isinstance(change, Change) or not change.topics & TOPICS:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, shown: ProgrammeShown) -> None:
        self.shown = shown
        one = shown.programme
        self.choice.offer([(each.uid, f"{each.quarter} · {each.title}") for each in shown.programmes])
        self.choice.choose(one.uid if one is not None else "")
        self.choice.setVisible(len(shown.programmes) > 1)
        self._empty.setVisible(one is None)
        for card in (self.card, self.risks):
            card.setVisible(one is not None)
            card.show_programme(shown)
        self.dates.show_dates(shown.dates)
        if shown.covered is not None:
            self.coverage.show_coverage(shown.covered, shown.programme)

    @Slot()
    def _choose(self) -> None:
        self._kept(self.choice.value)

    @Slot(str)
    def _kept(self, uid: str) -> None:
        self.asked = msgspec.structs.replace(self.asked, uid=uid)
        self._ask()

    @Slot(object)
    def _weigh(self, weights: dict[str, float]) -> None:
        self.asked = msgspec.structs.replace(self.asked, weights=weights)
        self._ask()

    @Slot(int)
    def _count(self, quarters: int) -> None:
        self.asked = msgspec.structs.replace(self.asked, quarters=quarters)
        self._ask()
