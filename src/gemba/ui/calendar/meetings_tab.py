"""The tab of meetings: the list with one beside it, and the entry of a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.governance import GovernanceBody
from gemba.store.meeting_lists import MEETINGS
from gemba.ui.calendar.body_forms import plan_form
from gemba.ui.calendar.meeting_detail import NowCard, draw_meeting, read_meeting
from gemba.ui.calendar.shapes import MEETING_TOPICS, meetings
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.services import Services
from gemba.work.bodies import bodies
from gemba.work.meeting_facts import MeetingFacts

_WIDEST = 760


class MeetingsTab(ListTab):
    """List and detail, or the entry of a new meeting.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.now: NowCard | None = None
        self.form: AskForm | None = None
        self.list = ListPanel(meetings(), StoreSource(services.desk, MEETINGS), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_meeting,
            draw=self._draw,
            name="meetings.detail",
            nothing=EmptyState(
                "users",
                wording.text("No meeting chosen"),
                wording.text("Choose one to see its agenda, or its minutes once it was held."),
            ),
            topics=MEETING_TOPICS,
        )
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        self._form_rows.setSpacing(8)
        room = QWidget(self)
        room.setLayout(self._form_rows)
        self.addWidget(Split(self.list, self.detail, name="meetings.split"))
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="meetings.form.area"))
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the list."""
        self.list.start()

    def may_leave(self) -> bool:
        """Minutes that are being written are kept first, or left."""
        return True

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        for at in range(min(2, self.list.model.rowCount())):
            seen[f"one{at}"] = partial(self.show_uid, self.list.model.line(at).uid)
        if self.list.model.rowCount():
            seen["again"] = partial(self.show_uid, self.list.model.line(0).uid)
            seen["hold"] = partial(self.begin_deed, "hold")
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Choose whose meeting it is; its form follows."""
        clear(self._form_rows)
        with self.services.desk.reader() as reader:
            there = bodies(reader)
        self._form_rows.addWidget(self._choice(there))
        self.setCurrentIndex(1)

    def begin_deed(self, deed: str) -> None:
        """Open a form of the meeting that is shown."""
        if self.now is not None:
            self.now.begin(deed)

    def _choice(self, there: list[GovernanceBody]) -> Card:
        card = Card(wording.text("Plan a meeting"))
        if not there:
            card.body.addWidget(Words(wording.text("Add a body first: who meets, and what for."), wrap=True))
        for body in there:
            row = LinkRow(body.title, body.purpose, name=f"meetings.of.{body.uid}", icon="users", parent=card)
            row.pressed.connect(partial(self._plan, body))
            card.body.addWidget(row)
        leave = wording.text("Cancel")
        card.body.addWidget(
            Button(leave, name="meetings.leave", look="quiet", run=self.to_list, parent=card),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        return card

    def _plan(self, body: GovernanceBody) -> None:
        clear(self._form_rows)
        self.form = plan_form(self.services, body)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self._form_rows.addWidget(self.form)
        self.form.begin()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.now = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, facts: MeetingFacts) -> None:
        before, self.now = self.now, draw_meeting(self.services, self.detail, facts)
        if before is not None:
            self.now.go_on_from(before)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "users",
            wording.text("Nobody meets yet"),
            wording.text("A meeting gets its agenda from what waits; what it leaves undecided rolls over to the next."),
            Button(wording.text("Plan a meeting"), name="meetings.empty.add", icon="plus", run=self.begin_adding),
        )
