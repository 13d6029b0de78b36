"""Today's card of audits that are due soon, or were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.store.audit_lists import AUDITS, OVERDUE, AuditLine
from gemba.store.list_of import Query
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services

_SHOWN = 4
_MOST = 60
SOON = timedelta(14)
"""So far ahead an audit is shown."""


class AuditsDue(msgspec.Struct, frozen=True):
    """The audits that come first."""

    first: tuple[AuditLine, ...]
    count: int


class AuditsDueCard(Card):
    """The next ones, each leading to its audit; hidden while none is near.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Audits soon"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what is planned for the next fortnight, and what is overdue."""
        self._services.jobs.errand(read_audits_due, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: AuditsDue) -> None:
        """Show them."""
        clear(self._rows)
        self.setVisible(bool(facts.first))
        for line in facts.first:
            self._rows.addWidget(self._row(line))
        rest = facts.count - len(facts.first)
        if rest > 0:
            words = wording.plural("Show {n} more", "Show {n} more", rest)
            more = Button(words, name="today.more.audits", look="quiet", run=self.to_audits)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_audits(self) -> None:
        """All audits."""
        self._services.go("audits")

    def _row(self, line: AuditLine) -> LinkRow:
        late = (wording.text("Overdue"), "poor")
        return LinkRow(
            line.title,
            " · ".join(filter(None, (line.number, line.place, line.auditor, line.second))),
            name=f"today.audit.{line.uid}",
            icon="clipboard-check",
            badge=late if line.state == OVERDUE else (terms.day(line.planned_on), "fair"),
            go=self._services.go,
            to=("audits", line.uid),
        )

    @Slot(object)
    def _hear(self, change: Change) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible() and "audit" in change.topics:
            self.read()


def read_audits_due(desk: Any) -> AuditsDue:
    """What is planned for the next fortnight, and what is overdue; on a job's thread."""
    with desk.reader() as reader:
        last: date = reader.clock().date() + SOON
        query = Query(where={"state": (OVERDUE, "planned")}, sort="planned_on")
        near = [line for line in AUDITS.first(reader, query, _MOST) if line.planned_on <= last]
    return AuditsDue(tuple(near[:_SHOWN]), len(near))
