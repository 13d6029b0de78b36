"""What was found here before: one sentence, and a row for each of the newest that opens it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.seen_before import SeenBefore, done_words, recurrence_words
from gemba.work.told_by_leavers import leavers_words

_ROWS = 3
"""Rows that are shown; the sentence tells how many there are."""


class RecurrenceBox(Card):
    """Nothing at all while it was never found here.

    Args:
        services: of the window.
        name: object name.
        parent: the owner.
    """

    def __init__(self, services: Services, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        self._services = services
        self.setObjectName(name)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)
        self.words = Words(tone="fair", strong=True, wrap=True, parent=self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Picture("repeat", role="fair", parent=self))
        head.addWidget(self.words, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(head)
        self.body.addLayout(self._rows)
        self.hide()

    def show_seen(self, seen: SeenBefore) -> None:
        """Show this answer, or nothing."""
        clear(self._rows)
        words = " ".join(filter(None, (recurrence_words(seen, terms.day), leavers_words(seen.leavers))))
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        for one in seen.earlier[:_ROWS]:
            parts = (terms.day(one.raised_at), one.number, terms.state(one.state), done_words(one, terms.day))
            self._rows.addWidget(
                LinkRow(
                    one.text,
                    " · ".join(parts),
                    name=f"{self.objectName()}.{one.number}",
                    go=self._services.go,
                    to=("findings", one.uid),
                    parent=self,
                )
            )

        for told in seen.leavers[:_ROWS]:
            name = f"{self.objectName()}.{told.number}"
            state = wording.text("answered") if told.is_answered else wording.text("not answered yet")
            said = " · ".join((terms.day(told.held_on), told.number, wording.text("Exit interview"), state))
            way = ("registers", told.uid)
            self._rows.addWidget(LinkRow(told.barrier, said, name=name, go=self._services.go, to=way, parent=self))

    def forget(self) -> None:
        """Nothing is known."""
        self.hide()
