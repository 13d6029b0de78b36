"""Today's card of complaints whose clocks run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaint_clock import SOON
from gemba.domain.complaints import Complaint
from gemba.store.complaint_clocks import how_many_run_out, running_out
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services

_SHOWN = 4
_WORDS = 120


class RunningOut(msgspec.Struct, frozen=True):
    """The complaints that run out first."""

    now: datetime
    first: tuple[Complaint, ...]
    count: int


class RunningOutCard(Card):
    """The next ones, each leading to its complaint; hidden while none runs out.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Complaints that run out"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what runs out within a day, and what has run out."""
        self._services.jobs.errand(read_running_out, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: RunningOut) -> None:
        """Show them."""
        clear(self._rows)
        self.setVisible(bool(facts.first))
        for one in facts.first:
            self._rows.addWidget(self._row(one, facts.now))
        rest = facts.count - len(facts.first)
        if rest > 0:
            more = Button(
                wording.plural("Show {n} more", "Show {n} more", rest),
                name="today.more.complaints",
                look="quiet",
                run=self.to_complaints,
            )
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_complaints(self) -> None:
        """All complaints."""
        self._services.go("complaints")

    def _row(self, one: Complaint, now: datetime) -> LinkRow:
        due = one.due_at or now
        badge = (wording.text("Overdue"), "poor") if due <= now else (terms.moment(due), "fair")
        return LinkRow(
            one.summary or one.words[:_WORDS] or one.number,
            " · ".join(filter(None, (one.number, said.severity(one.severity), said.state(one.state), one.owner))),
            name=f"today.complaint.{one.uid}",
            icon="timer",
            badge=badge,
            go=self._services.go,
            to=("complaints", one.uid),
        )

    @Slot(object)
    def _hear(self, change: Change) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible() and change.topics & {"complaint", "clock_pause", "complaint_lot"}:
            self.read()


def read_running_out(desk: Any) -> RunningOut:
    """What runs out within a day, and what has run out; on a job's thread."""
    with desk.reader() as reader:
        now = reader.clock()
        before = now + SOON
        return RunningOut(now, tuple(running_out(reader, before, _SHOWN)), how_many_run_out(reader, before))
