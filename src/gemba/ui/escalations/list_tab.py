"""The tab of escalations: the list with one beside it, and the form of a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.escalation_moves import Move
from gemba.store.escalation_lists import ESCALATIONS
from gemba.ui.escalations.detail import NowCard, draw_escalation, read_escalation
from gemba.ui.escalations.divergences import DivergencesCard
from gemba.ui.escalations.raise_form import RaiseForm
from gemba.ui.escalations.shapes import TOPICS, escalations
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services
from gemba.work.escalation_facts import EscalationFacts

_WIDEST = 760


class EscalationsTab(ListTab):
    """List and detail, or the entry of a new escalation.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.now: NowCard | None = None
        source = StoreSource(services.desk, ESCALATIONS)
        self.list = ListPanel(escalations(self.names), source, services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_escalation,
            draw=self._draw,
            name="escalations.detail",
            nothing=EmptyState(
                "arrow-up-right",
                wording.text("No escalation chosen"),
                wording.text("Choose one to see its clock, its next step and its history."),
            ),
            topics=TOPICS,
        )
        self.divergences = DivergencesCard(services, self)
        self.form = RaiseForm(services, self.names, self)
        listed = QWidget(self)
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        rows.addWidget(self.divergences)
        rows.addWidget(Split(self.list, self.detail, name="escalations.split"), 1)
        self.addWidget(listed)
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="escalations.form.area"))
        self.list.chosen.connect(self._chose)
        self.form.raised.connect(self._raised)
        self.form.left.connect(self.to_list)
        self.divergences.raised.connect(self._raised)

    def arrive(self) -> None:
        """Read the list when it is first shown, what places are called, and what is offered."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.divergences.read()
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show one escalation; `new:noun:uid` begins one of that record."""
        if uid.startswith("new:"):
            _, noun, about = uid.split(":", 2)
            self.setCurrentIndex(1)
            self.form.begin(noun, about)
            return
        self.setCurrentIndex(0)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: the form of a new one, one escalation, and its move."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
            seen["decide"] = partial(self.begin_move, Move.DECIDE)
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new escalation."""
        self.setCurrentIndex(1)
        self.form.begin()

    def begin_move(self, move: Move) -> None:
        """Open the form of a move of the escalation that is shown."""
        if self.now is not None:
            self.now.begin(move)

    @Slot(str)
    def _raised(self, uid: str) -> None:
        self.show_uid(uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.now = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, facts: EscalationFacts) -> None:
        before, self.now = self.now, draw_escalation(self.services, self.detail.body, facts)
        if before is not None:
            self.now.go_on_from(before)
        self.now.opened.connect(self._opened)

    @Slot(object)
    def _opened(self, form: QWidget) -> None:
        """See the whole form, once it is laid out."""
        QTimer.singleShot(0, form, partial(self.detail.bring_into_view, form))

    def _empty(self) -> EmptyState:
        return EmptyState(
            "arrow-up-right",
            wording.text("Nothing is escalated"),
            wording.text(
                "What a place cannot settle by itself goes up: with what was tried, the decision that is asked for, "
                "and a clock for whoever has to answer."
            ),
            Button(wording.text("Escalate"), name="escalations.empty.add", icon="plus", run=self.begin_adding),
        )
