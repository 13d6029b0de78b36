"""Today's card of promises whose day has passed, and of those that may be kept already."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.rotations import Commitment
from gemba.store.commitment_lists import how_many_overdue, kept_already, overdue
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services

_SHOWN = 4


class PromisesDue(msgspec.Struct, frozen=True):
    """What waits."""

    late: tuple[Commitment, ...]
    count: int
    to_look_at: tuple[Commitment, ...]


class PromisesDueCard(Card):
    """The overdue promises, each leading to the ledger; hidden while there are none.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Promises that wait"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what is overdue."""
        self._services.jobs.errand(read_promises_due, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: PromisesDue) -> None:
        """Show them."""
        clear(self._rows)
        self.setVisible(bool(facts.late or facts.to_look_at))
        late = {one.uid for one in facts.late}
        for one in facts.late:
            self._rows.addWidget(self._row(one, (wording.text("Overdue"), "poor")))
        for one in facts.to_look_at:
            if one.uid not in late:
                self._rows.addWidget(self._row(one, (wording.text("Kept already?"), "note")))
        rest = facts.count - len(facts.late)
        if rest > 0:
            words = wording.plural("Show {n} more", "Show {n} more", rest)
            more = Button(words, name="today.more.promises", look="quiet", run=self.to_promises)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_promises(self) -> None:
        """The whole ledger."""
        self._services.go("rotations", "promises")

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

    @Slot(object)
    def _hear(self, change: Change) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible() and change.topics & {"commitment", "action"}:
            self.read()


def read_promises_due(desk: Any) -> PromisesDue:
    """What is overdue, and what may be kept already; on a job's thread."""
    with desk.reader() as reader:
        today = reader.clock().date()
        late = tuple(overdue(reader, today, _SHOWN))
        return PromisesDue(late, how_many_overdue(reader, today), tuple(kept_already(reader, _SHOWN)))
