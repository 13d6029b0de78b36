"""Today's card of the walks that are expected of whoever sits here this week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.leader_walks import monday_of
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services
from gemba.ui.walks.planned_row import planned_link
from gemba.ui.walks.shapes import WALK_TOPICS
from gemba.work.walk_plan import PlannedWalk, walk_plan

_SHOWN = 4


class WalksOfWeek(msgspec.Struct, frozen=True):
    """What is late, due, or to come this week."""

    walks: tuple[PlannedWalk, ...]


class WeekWalksCard(WaitingCard):
    """The walks, each leading to its route; hidden while there are none.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Your walks this week"),
            name="walks_of_week",
            to=("walks", "plan"),
            topics=WALK_TOPICS,
            read=read_walks_of_week,
            parent=parent,
        )

    def show_facts(self, facts: WalksOfWeek) -> None:
        """Show what is late first."""
        rows = [
            planned_link(one, self._services.go, name=f"today.walk.{one.route}.{one.expected.ruled}")
            for one in facts.walks[:_SHOWN]
        ]
        self.put(rows, len(facts.walks) - len(rows))


def read_walks_of_week(desk: Any) -> WalksOfWeek:
    """What is expected of the person at the desk until Sunday; on a job's thread."""
    today = desk.clock().date()
    sunday = monday_of(today) + timedelta(days=6)
    return WalksOfWeek(tuple(walk_plan(desk, days=(sunday - today).days, leader=desk.person.uid)))
