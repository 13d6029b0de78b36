"""Packs in quarantine: kept, not believed yet, each until a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.hq import quarantine
from gemba.hq.intake import SignedFor
from gemba.hq.quarantine import Decided
from gemba.store.quarantined import Quarantined
from gemba.ui import terms
from gemba.ui.pages.headquarters_behind import why_words
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words, own_direction
from gemba.ui.services import Services

_TOUCHED = Change(topics=frozenset({"pack", "assessment", "finding", "action"}))
_SHOWN = 5


class QuarantineCard(Card):
    """Hidden while nothing waits.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("In quarantine"), parent=parent)
        self._services = services
        self.body.addWidget(
            Words(
                wording.text(
                    "These packs are whole, but their senders are not believed. Ask who sent them and compare the "
                    "words; then enrol the laptop, or let the pack in. Nothing is thrown away."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self.hide()

    def read(self) -> None:
        """Read what waits."""
        self._services.jobs.ask(quarantine.waiting, self._services.desk, done=self.show_waiting)

    def show_waiting(self, waiting: list[Quarantined]) -> None:
        """Show it."""
        clear(self._rows)
        for one in waiting[:_SHOWN]:
            self._rows.addWidget(_Row(one, self))
        if len(waiting) > _SHOWN:
            rest = len(waiting) - _SHOWN
            self._rows.addWidget(Words(wording.plural("and {n} more", "and {n} more", rest), tone="muted"))
        self.setVisible(bool(waiting))

    def let_in(self, sha256: str) -> None:
        """Take a pack in that a person believes."""
        folder = self._services.desk.store.folder / "receipts"
        self._services.jobs.errand(_let_in, self._services.desk, sha256, folder, done=self._was_let_in)

    def set_aside(self, sha256: str) -> None:
        """Leave a pack out; its file stays."""
        self._services.jobs.write(quarantine.set_aside, sha256, done=self._was_set_aside)

    def _was_let_in(self, signed: SignedFor) -> None:
        self._services.changed.tell(_TOUCHED)
        self._services.messages.info(signed.words)

    def _was_set_aside(self, _decided: Decided) -> None:
        self._services.changed.tell(_TOUCHED)
        self._services.messages.info(wording.text("Set aside. The file stays in quarantine and can be let in later."))


class _Row(QWidget):
    """One pack, and the two decisions."""

    def __init__(self, one: Quarantined, card: QuarantineCard) -> None:
        super().__init__()
        self._one, self._card = one, card
        why = why_words(one.why)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(one.words, strong=True, wrap=True))
        told = " ".join(own_direction(part) for part in (why, terms.moment(one.arrived_at)))
        words.addWidget(Words(told, tone="muted", scale="small", wrap=True))
        buttons = Flow()
        for title, name, run in (
            (wording.text("Let it in"), "let_in", self._let_in),
            (wording.text("Set aside"), "set_aside", self._set_aside),
        ):
            button = Button(title, name=f"quarantine.{one.sha256[:12]}.{name}", look="quiet", run=run)
            button.setAccessibleName(f"{title}: {one.words}")
            buttons.addWidget(button)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(words, 1)
        across.addLayout(buttons)

    @Slot()
    def _let_in(self) -> None:
        self._card.let_in(self._one.sha256)

    @Slot()
    def _set_aside(self) -> None:
        self._card.set_aside(self._one.sha256)


def _let_in(desk: Any, sha256: str, folder: Path) -> SignedFor:
    folder.mkdir(exist_ok=True)
    return quarantine.let_in(desk, sha256, folder)
