"""A card of what waits for somebody: the first few, each a way to its record, and how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.services import Services


class WaitingCard(Card):
    """Hidden while nothing waits; its facts are read on a job's thread.

    Args:
        services: of the window.
        title: of the card.
        name: end of the object name of the button that shows more.
        to: where all of them are: a page, and a view of it.
        topics: nouns whose change lets it read again while its page is seen.
        read: reads the facts from a desk.
        parent: the page.
    """

    def __init__(
        self,
        services: Services,
        title: str,
        *,
        name: str,
        to: tuple[str, ...],
        topics: Collection[str],
        read: Callable[[Any], Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._services, self._name, self._to = services, name, to
        self._topics, self._read = frozenset(topics), read
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what waits."""
        self._services.jobs.ask(self._read, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: Any) -> None:
        """Show what was read; cards override it and call `put`."""
        raise NotImplementedError

    def put(self, rows: Sequence[QWidget], rest: int) -> None:
        """Show these rows, and a button for so many more."""
        clear(self._rows)
        self.setVisible(bool(rows))
        for row in rows:
            self._rows.addWidget(row)
        if rest > 0:
            words = wording.plural("Show {n} more", "Show {n} more", rest)
            more = Button(words, name=f"today.more.{self._name}", look="quiet", run=self.to_all)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_all(self) -> None:
        """All of them."""
        self._services.go(*self._to)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible() and change.topics & self._topics:
            self.read()
