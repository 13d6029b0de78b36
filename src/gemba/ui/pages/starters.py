"""Checklists of the starter library that this store does not have, above the library: one or all are taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.words import Words
from gemba.work import starters
from gemba.work.starters import Offer, Starter

if TYPE_CHECKING:
    from gemba.ui.services import Services


class StartersCard(Card):
    """Hidden while nothing is missing, and once somebody said that nothing is wanted.

    A new store has the whole starter library. An older one, or one of headquarters, is offered what it does not have.
    """

    reviewing = Signal(bool)
    """Whether there is a list to read, which needs the room of the page."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._missing: list[Starter] = []
        self._closed = False
        self.setObjectName("library.starters")
        self.setAccessibleName(wording.text("Starter library"))
        self.body.setContentsMargins(16, 8, 8, 8)
        self.told = Words(wrap=True, parent=self)
        self._show = self._button("show", wording.text("Show them"), self._open)
        self._all = self._button("all", wording.text("Add all"), self._add_all)
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._area = scrolled(self._inner, name="library.starters.area")
        self._lay_out()
        self._area.hide()
        self.hide()

    def _button(self, name: str, words: str, run: Callable[[], object]) -> Button:
        return Button(words, name=f"library.starters.{name}", look="quiet", run=run, parent=self)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(10)
        across.addWidget(Picture("book-open-check", role="accent", size=18, parent=self))
        across.addWidget(self.told, 1)
        across.addWidget(self._show)
        across.addWidget(self._all)
        across.addWidget(
            IconButton("x", wording.text("Not now"), name="library.starters.close", run=self._close, parent=self)
        )
        self.body.addLayout(across)
        self.body.addWidget(self._area)

    @Slot()
    def look(self) -> None:
        """Look beside the window for what is missing."""
        if not self._closed:
            self._services.jobs.ask(starters.offers, self._services.desk, done=self._take_up)

    def _take_up(self, offers: list[Offer]) -> None:
        self._missing = [offer.starter for offer in offers if not offer.here]
        self.told.setText(
            wording.plural(
                "{n} checklist of the starter library is not here.",
                "{n} checklists of the starter library are not here.",
                len(self._missing),
            )
        )
        self._unfold(unfolded=bool(self._missing) and not self._area.isHidden())
        self.setVisible(bool(self._missing) and not self._closed)

    def _open(self) -> None:
        self._unfold(unfolded=self._area.isHidden())

    def _unfold(self, *, unfolded: bool) -> None:
        if unfolded:
            self._draw()
        self._area.setVisible(unfolded)
        self._show.setText(wording.text("Hide them") if unfolded else wording.text("Show them"))
        self.reviewing.emit(unfolded)

    def _draw(self) -> None:
        clear(self._lines)
        for starter in self._missing:
            self._lines.addWidget(self._line(starter))
        self._lines.addStretch(1)

    def _line(self, starter: Starter) -> QWidget:
        made = QWidget(self._inner)
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(10)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(Words(starter.titled, strong=True, wrap=True, parent=made))
        size = wording.text(
            "{items:question|questions}, {minutes:minute|minutes}", items=starter.items, minutes=starter.minutes
        )
        said.addWidget(Words(f"{size} · {starter.told}", scale="small", tone="muted", wrap=True, parent=made))
        across.addLayout(said, 1)
        add = self._button(f"add.{starter.form_id}", wording.text("Add"), partial(self._add, starter))
        add.setAccessibleName(wording.text("Add {title}", title=starter.titled))
        across.addWidget(add)
        return made

    def _add(self, starter: Starter) -> None:
        self._services.jobs.write(starters.take, starter.form_id, done=self._added)

    def _add_all(self) -> None:
        for starter in self._missing:
            self._add(starter)

    def _added(self, _change: object) -> None:
        self._services.messages.info(wording.text("The checklist is in the library."))
        self.look()

    def _close(self) -> None:
        self._closed = True
        self._unfold(unfolded=False)
        self.hide()
