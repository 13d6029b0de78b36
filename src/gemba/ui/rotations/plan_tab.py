"""The quarter's plan: the list with one rotation beside it, the form of a new one, and a fair plan that is proposed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.store.rotation_lists import ROTATIONS
from gemba.ui.audits.people import read_people
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.flow import Flow
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.rotations.proposal_card import ProposalCard
from gemba.ui.rotations.rotation_detail import NowCard, Shown, draw_rotation, read_rotation
from gemba.ui.rotations.rotation_forms import plan_form
from gemba.ui.rotations.shapes import PROMISE_TOPICS, ROTATION_TOPICS, rotations
from gemba.ui.services import Services

_WIDEST = 900


class PlanTab(ListTab):
    """List and detail, the entry of a rotation, or a fair plan.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.people: dict[str, str] = {}
        self.now: NowCard | None = None
        self.form: AskForm | None = None
        self.list = ListPanel(
            rotations(self.names, self.people), StoreSource(services.desk, ROTATIONS), services, empty=self._empty()
        )
        self.detail = Detail(
            services,
            read=read_rotation,
            draw=self._draw,
            name="rotations.detail",
            nothing=EmptyState(
                "repeat",
                wording.text("No rotation chosen"),
                wording.text("Choose one to see what the last leaders saw, said and promised there."),
            ),
            topics=ROTATION_TOPICS | PROMISE_TOPICS | {"assessment"},
        )
        self.proposal = ProposalCard(services, self)
        self.proposal.left.connect(self.to_list)
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        room = QWidget(self)
        room.setLayout(self._form_rows)
        listed = QWidget(self)
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        flow = Flow()
        title = wording.text("Propose a fair plan")
        flow.addWidget(Button(title, name="rotations.propose", icon="sparkles", look="quiet", run=self.begin_proposing))
        rows.addLayout(flow)
        rows.addWidget(Split(self.list, self.detail, name="rotations.split"), 1)
        self.addWidget(listed)
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="rotations.form.area"))
        self.addWidget(scrolled(column(self.proposal, widest=_WIDEST), name="rotations.proposal.area"))
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the plan, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.services.jobs.ask(read_people, self.services.desk, done=self.people.update)
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show one rotation, or those that filters leave."""
        self.setCurrentIndex(0)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding, "propose": self.begin_proposing}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new rotation."""
        clear(self._form_rows)
        self.names.read()
        people, today = tuple(read_people(self.services.desk)), self.services.desk.clock().date()
        self.form = plan_form(self.services, people, tuple(self.names.choices()), today)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self._form_rows.addWidget(self.form)
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot()
    def begin_proposing(self) -> None:
        """Open the card of a fair plan."""
        self.setCurrentIndex(2)
        self.proposal.begin()

    @Slot()
    def to_list(self) -> None:
        """Back to list and detail."""
        self.setCurrentIndex(0)
        self.list.start()
        self.take_focus()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.now = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: Shown) -> None:
        self.now = draw_rotation(self.services, self.detail, shown)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "repeat",
            wording.text("No rotation is planned"),
            wording.text(
                "Leaders take a frontline role for a day or more. Who has waited longest goes where nobody has been "
                "longest."
            ),
            Button(wording.text("Plan a rotation"), name="rotations.empty.add", icon="plus", run=self.begin_adding),
        )
