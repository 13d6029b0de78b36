"""Today's card of complaints whose clocks run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.complaint_clock import SOON
from gemba.domain.complaints import Complaint
from gemba.store.complaint_clocks import how_many_run_out, running_out
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services

_SHOWN = 4
_WORDS = 120


class RunningOut(msgspec.Struct, frozen=True):
    """The complaints that run out first."""

    now: datetime
    first: tuple[Complaint, ...]
    count: int


class RunningOutCard(WaitingCard):
    """The next ones, each leading to its complaint; hidden while none runs out.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Complaints that run out"),
            name="complaints",
            to=("complaints",),
            topics=("complaint", "clock_pause", "complaint_lot"),
            read=read_running_out,
            parent=parent,
        )

    def show_facts(self, facts: RunningOut) -> None:
        """Show what runs out within a day, and what has run out."""
        self.put([self._row(one, facts.now) for one in facts.first], facts.count - len(facts.first))

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


def read_running_out(desk: Any) -> RunningOut:
    """What runs out within a day, and what has run out; on a job's thread."""
    with desk.reader() as reader:
        now = reader.clock()
        before = now + SOON
        return RunningOut(now, tuple(running_out(reader, before, _SHOWN)), how_many_run_out(reader, before))
