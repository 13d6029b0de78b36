"""Today's card of escalations: tiers whose time runs out, and decisions that have run out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.complaint_clock import SOON
from gemba.domain.escalations import Escalation
from gemba.store.escalation_lists import decisions_run_out, how_many_run_out, passed_over, running_out
from gemba.ui import terms
from gemba.ui.escalations.shapes import TOPICS, severity
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services

_SHOWN = 4
_LATELY = timedelta(days=7)


class RunningOut(msgspec.Struct, frozen=True):
    """What runs out first."""

    now: datetime
    first: tuple[Escalation, ...]
    count: int
    decisions: tuple[Escalation, ...]
    """Whose last day has passed."""
    passed_over: tuple[tuple[Escalation, str], ...] = ()
    """What went past a tier within a week, and the role that is to be told."""


class EscalationsDueCard(WaitingCard):
    """The next ones, each leading to its escalation; hidden while nothing runs out.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Escalations that run out"),
            name="escalations",
            to=("escalations",),
            topics=TOPICS,
            read=read_running_out,
            parent=parent,
        )

    def show_facts(self, facts: RunningOut) -> None:
        """Show what runs out within a day, what has run out, and what went past a tier."""
        rows = [self._row(one, facts.now) for one in facts.first]
        for one in facts.decisions:
            badge = (wording.text("Decision has run out"), "poor")
            rows.append(self._link(one, f"{one.number} · {one.outcome}", badge))
        for one, role in facts.passed_over:
            badge = (wording.text("Tell {role}", role=role), "note")
            under = wording.text("{number} · {role} was passed over", number=one.number, role=role)
            rows.append(self._link(one, under, badge, "passed_over"))
        self.put(rows, facts.count - len(facts.first))

    def _row(self, one: Escalation, now: datetime) -> LinkRow:
        due = one.due_at or now
        badge = (wording.text("Overdue"), "poor") if due <= now else (terms.moment(due), "fair")
        tier = wording.text("tier {tier}: {owner}", tier=one.tier, owner=one.owner)
        return self._link(one, " · ".join((one.number, severity(one.severity), tier)), badge)

    def _link(self, one: Escalation, under: str, badge: tuple[str, str], what: str = "escalation") -> LinkRow:
        return LinkRow(
            one.title,
            under,
            name=f"today.{what}.{one.uid}",
            icon="arrow-up-right",
            badge=badge,
            go=self._services.go,
            to=("escalations", f"escalations:{one.uid}"),
        )


def read_running_out(desk: Any) -> RunningOut:
    """What runs out within a day, and what has run out; on a job's thread."""
    with desk.reader() as reader:
        now = reader.clock()
        before = now + SOON
        first = tuple(running_out(reader, before, _SHOWN))
        gone = tuple(decisions_run_out(reader, now.date(), _SHOWN))
        told = tuple(passed_over(reader, now - _LATELY, _SHOWN))
        return RunningOut(now, first, how_many_run_out(reader, before), gone, told)
