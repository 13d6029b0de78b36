"""Today's card of promises whose day has passed, and of those that may be kept already."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.rotations import Commitment
from gemba.store.commitment_lists import how_many_overdue, kept_already, overdue
from gemba.ui import terms
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services

_SHOWN = 4


class PromisesDue(msgspec.Struct, frozen=True):
    """What waits."""

    late: tuple[Commitment, ...]
    count: int
    to_look_at: tuple[Commitment, ...]


class PromisesDueCard(WaitingCard):
    """The overdue promises, each leading to the ledger; hidden while there are none.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Promises that wait"),
            name="promises",
            to=("rotations", "promises"),
            topics=("commitment", "action"),
            read=read_promises_due,
            parent=parent,
        )

    def show_facts(self, facts: PromisesDue) -> None:
        """Show what is overdue, and what may be kept already."""
        late = {one.uid for one in facts.late}
        rows = [self._row(one, (wording.text("Overdue"), "poor")) for one in facts.late]
        asked = [one for one in facts.to_look_at if one.uid not in late]
        rows += [self._row(one, (wording.text("Kept already?"), "note")) for one in asked]
        self.put(rows, facts.count - len(facts.late))

    def _row(self, one: Commitment, badge: tuple[str, str]) -> LinkRow:
        under = wording.text("{role} · until {day}", role=one.role, day=terms.day(one.due))
        return LinkRow(
            one.text,
            under,
            name=f"today.promise.{one.uid}",
            icon="handshake",
            badge=badge,
            go=self._services.go,
            to=("rotations", f"promises:{one.uid}"),
        )


def read_promises_due(desk: Any) -> PromisesDue:
    """What is overdue, and what may be kept already; on a job's thread."""
    with desk.reader() as reader:
        today = reader.clock().date()
        late = tuple(overdue(reader, today, _SHOWN))
        return PromisesDue(late, how_many_overdue(reader, today), tuple(kept_already(reader, _SHOWN)))
