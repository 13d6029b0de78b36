"""On arrival: what the last three leaders saw, said and promised here, and what was kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.lineage.behind import these
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.shapes import promise_state, promise_tone
from gemba.ui.services import Services
from gemba.work.arrival import ArrivalFacts, Look, PromiseLine
from gemba.work.arrival_sheet import arrival_pdf, summary

_LINES = 5


class ArrivalCard(Card):
    """What an arriving leader has to know.

    Args:
        services: of the window.
        facts: of the place.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: ArrivalFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("On arrival"), look="inset", parent=parent)
        self._services, self._place = services, facts.place_uid
        save = wording.text("As a sheet …")
        self.head.addWidget(Button(save, name="arrival.save", icon="download", look="quiet", run=self.ask, parent=self))
        self.body.addWidget(Words(summary(facts), wrap=True, strong=True, parent=self))
        every = [*(one for look in facts.looks for one in look.promised), *facts.besides]
        counts = NumberLinks("arrival.counts", self)
        title = wording.plural("promise", "promises", len(every))
        counts.put(these(str(len(every)), title, "commitment", (one.uid for one in every)))
        self.body.addWidget(counts)
        if not facts.looks:
            none = wording.text("No leader has recorded a rotation or a walk here yet.")
            self.body.addWidget(Words(none, tone="muted", wrap=True, parent=self))
        for look in facts.looks:
            self._put_look(look)
        if facts.besides:
            title = wording.text("Promised here besides, and not settled")
            self.body.addWidget(Words(title, strong=True, wrap=True, parent=self))
            self._put_promises(facts.besides)

    @Slot()
    def ask(self) -> None:
        """Ask where the sheet goes."""
        title, kind = wording.text("On arrival"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "on-arrival.pdf"), kind)
        if name:
            self.write(Path(name))

    def write(self, out: Path) -> None:
        """Write the sheet."""
        self._services.jobs.errand(arrival_pdf, self._services.desk, self._place, out, done=self._written)

    def _put_look(self, look: Look) -> None:
        kind = wording.text("Rotation") if look.kind == "rotation" else wording.text("Walk")
        head = " · ".join(part for part in (look.who, kind, look.role, terms.day(look.day)) if part)
        self.body.addWidget(Words(head, strong=True, wrap=True, parent=self))
        lines = (*look.seen, *look.said)
        for line in lines[:_LINES]:
            self.body.addWidget(Words(line, wrap=True, parent=self))
        if len(lines) > _LINES:
            more = wording.text("and {n} more", n=len(lines) - _LINES)
            self.body.addWidget(Words(more, tone="muted", scale="small", parent=self))
        if not look.promised:
            none = wording.text("Nothing was promised on this visit.")
            self.body.addWidget(Words(none, tone="muted", wrap=True, parent=self))
        self._put_promises(look.promised)

    def _put_promises(self, ones: Iterable[PromiseLine]) -> None:
        for one in ones:
            self.body.addWidget(promise_row(self._services, one, self))

    def _written(self, _made: object) -> None:
        self._services.messages.info(wording.text("The sheet is written."))


def promise_row(services: Services, one: PromiseLine, parent: QWidget) -> LinkRow:
    """A promise that leads to the ledger."""
    under = one.outcome or wording.text("{role} · until {day}", role=one.role, day=terms.day(one.due))
    return LinkRow(
        one.promised,
        under,
        name=f"arrival.promise.{one.uid}",
        icon="handshake",
        badge=(promise_state(one.state), promise_tone(one.state)),
        go=services.go,
        to=("rotations", f"promises:{one.uid}"),
        parent=parent,
    )
