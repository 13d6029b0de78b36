"""Today's card of audits that are due soon, or were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.store.audit_lists import AUDITS, OVERDUE, AuditLine
from gemba.store.list_of import Query
from gemba.ui import terms
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services

_SHOWN = 4
_MOST = 60
SOON = timedelta(14)
"""So far ahead an audit is shown."""


class AuditsDue(msgspec.Struct, frozen=True):
    """The audits that come first."""

    first: tuple[AuditLine, ...]
    count: int


class AuditsDueCard(WaitingCard):
    """The next ones, each leading to its audit; hidden while none is near.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Audits soon"),
            name="audits",
            to=("audits",),
            topics=("audit",),
            read=read_audits_due,
            parent=parent,
        )

    def show_facts(self, facts: AuditsDue) -> None:
        """Show what is planned for the next fortnight, and what is overdue."""
        self.put([self._row(line) for line in facts.first], facts.count - len(facts.first))

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


def read_audits_due(desk: Any) -> AuditsDue:
    """What is planned for the next fortnight, and what is overdue; on a job's thread."""
    with desk.reader() as reader:
        last: date = reader.clock().date() + SOON
        query = Query(where={"state": (OVERDUE, "planned")}, sort="planned_on")
        near = [line for line in AUDITS.first(reader, query, _MOST) if line.planned_on <= last]
    return AuditsDue(tuple(near[:_SHOWN]), len(near))
