"""Conflicts: what two laptops recorded differently, for a person to decide; no clock ever does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.pages.conflict_card import ConflictCard
from gemba.ui.pages.page import Page
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services
from gemba.work.conflict_facts import ConflictFacts, ConflictsFacts, read_conflicts
from gemba.work.settle_conflict import Choice, settle

_AT_ONCE = 20
_WIDEST = 820


class ConflictsPage(Page):
    """Every record in conflict, one card each."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "conflicts", wording.text("Conflicts"), parent)
        self._limit = _AT_ONCE
        self.cards: dict[str, ConflictCard] = {}
        self._empty = EmptyState(
            "circle-check",
            wording.text("Nothing is in conflict"),
            wording.text(
                "When two laptops record different things without knowing of each other, both stand here until "
                "somebody decides. Nothing is thrown away, and no clock decides."
            ),
            parent=self,
        )
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._more = Button(wording.text("Show more"), name="conflicts.more", look="quiet", run=self.show_more)
        self._area = scrolled(column(inner, self._more, widest=_WIDEST), name="conflicts.area")
        self.put_buttons()
        self.rows.addWidget(self._area, 1)
        self.rows.addWidget(self._empty, 1)
        self._area.hide()
        self._more.hide()
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is in conflict."""
        self.services.jobs.ask(read_conflicts, self.services.desk, self._limit, done=self.show_facts)

    def show_facts(self, facts: ConflictsFacts) -> None:
        """Show the cards; one on which something was chosen or written stays as it is."""
        found = {one.conflict.entity: one for one in facts.shown}
        for uid in [uid for uid, card in self.cards.items() if found.get(uid) != card.facts]:
            card = self.cards.pop(uid)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, (uid, one) in enumerate(found.items()):
            if uid not in self.cards:
                self.cards[uid] = ConflictCard(one, self._settle)
                self._column.insertWidget(place, self.cards[uid])
        self._area.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._more.setVisible(facts.count > len(found))
        said = wording.plural("{n} record is in conflict.", "{n} records are in conflict.", facts.count)
        self.say_under_title(said if facts.count else "")

    @Slot()
    def show_more(self) -> None:
        """Show the next ones, too."""
        self._limit += _AT_ONCE
        self.arrive()

    def _settle(self, facts: ConflictFacts, choices: dict[str, Choice], reason: str) -> None:
        one = facts.conflict
        self.services.jobs.write(
            settle,
            one.noun,
            one.entity,
            choices,
            reason,
            done=self._settled,
            failed=partial(self._failed, one.entity),
        )

    def _settled(self, _change: Change) -> None:
        self.services.messages.info(wording.text("Settled. It goes to headquarters with the next pack."))
        self.arrive()

    def _failed(self, uid: str, error: object) -> None:
        if uid in self.cards:
            self.cards[uid].let_try_again()
        self.services.messages.trouble(error)  # type: ignore[arg-type]  # jobs hand over what they caught
        self.arrive()

    @Slot(object)
    def _hear(self, _change: Change) -> None:
        if self.isVisible():
            self.arrive()
