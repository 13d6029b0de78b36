"""On the detail of a record: the way to escalate it, and the escalations that it has."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.escalations import Escalation, EscalationState
from gemba.ui.escalations.shapes import state, state_tone
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_facts import about
from gemba.work.escalation_subjects import open_divergence


class EscalateRow(QWidget):
    """A small button, and below it what was escalated of this record.

    Args:
        services: of the window.
        noun: of the record (`gemba.work.escalation_subjects.NOUNS`).
        uid: of the record.
        name: beginning of object names, for example `findings.detail`.
        diverges: customers and figures diverge there; one click escalates it, for all is written already.
        shown: uid of one that stands beside it already; it is counted, and not shown again.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        noun: str,
        uid: str,
        *,
        name: str,
        diverges: bool = False,
        shown: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._noun, self._uid, self._name = services, noun, uid, name
        self._diverges, self._shown = diverges, shown
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        rows.addLayout(self._found)
        button = Button(
            wording.text("Escalate"),
            name=f"{name}.escalate",
            icon="arrow-up-right",
            look="quiet",
            run=self.escalate,
            parent=self,
        )
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        services.changed.made.connect(self._hear)
        self.read()

    def read(self) -> None:
        """Read what was escalated of the record."""
        self._services.jobs.ask(read_about, self._services.desk, self._noun, self._uid, done=self.show_facts)

    @Slot()
    def escalate(self) -> None:
        """Open the form of a new escalation of this record, or escalate what diverges at once."""
        if self._diverges:
            self._services.jobs.write(open_divergence, self._uid, self._noun, done=self._escalated)
            return
        self._services.go("escalations", f"escalations:new:{self._noun}:{self._uid}")

    def show_facts(self, found: list[Escalation]) -> None:
        """Show what was escalated of it."""
        clear(self._found)
        waiting = sum(one.state is EscalationState.OPEN for one in found)
        if waiting:
            said = wording.plural("{n} open escalation", "{n} open escalations", waiting)
            self._found.addWidget(Words(said, tone="fair", strong=True, parent=self))
        for one in (each for each in found if each.uid != self._shown):
            row = LinkRow(
                one.title,
                f"{one.number} · {one.owner}",
                name=f"{self._name}.escalation.{one.uid}",
                icon="arrow-up-right",
                badge=(state(one.state), state_tone(one.state)),
                go=self._services.go,
                to=("escalations", f"escalations:{one.uid}"),
            )
            self._found.addWidget(row)

    def _escalated(self, change: Change) -> None:
        self._services.go("escalations", f"escalations:{change.uid}")

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "escalation" in change.topics:
            self.read()


def read_about(desk: Any, noun: str, uid: str) -> list[Escalation]:
    """The escalations of a record; on a job's thread."""
    with desk.reader() as reader:
        return about(reader, noun, uid)
