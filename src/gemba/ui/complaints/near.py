"""Complaints of a set that say nearly the same: found by the program, linked by a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.reports.chart_numbers import percent
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.ui.theme.tokens import TARGET
from gemba.work import duplicates, read_words
from gemba.work.desk import Desk
from gemba.work.read_words import Alike
from gemba.work.which_complaints import ALL, Which

MOST = 20
"""Pairs that are shown; the command line lists more."""


class NearCard(Card):
    """Pairs that say nearly the same, each with the way to link it.

    Args:
        services: of the window.
        which: says which complaints are meant when it is asked.
        parent: the owner.
    """

    def __init__(
        self, services: Services, which: Callable[[], Which] = lambda: ALL, parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Nearly the same"), parent=parent)
        self.setObjectName("near")
        self._services, self._which = services, which
        self.pairs: list[Alike] = []
        said = wording.text("Complaints that say nearly the same in the same words and are not linked yet.")
        self._said = Words(said, tone="muted", wrap=True)
        self.body.addWidget(self._said)
        self.begin = Button(wording.text("Compare words"), name="near.find", icon="copy", run=self.look_for)
        across = QHBoxLayout()
        across.addWidget(self.begin)
        across.addStretch(1)
        self.body.addLayout(across)
        self.progress = ProgressRow(wording.text("Comparing words …"), name="near.progress")
        self.body.addWidget(self.progress)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    @Slot()
    def look_for(self) -> None:
        """Compare what is meant now, beside the window."""
        ticket = self._services.jobs.ask(
            _alike,
            self._services.desk,
            self._which(),
            progress=self.progress.told,
            done=self.show_pairs,
            failed=self._failed,
        )
        self.progress.follow(ticket)

    def show_pairs(self, pairs: list[Alike]) -> None:
        """Show them, the likest first."""
        self.progress.hide()
        self.pairs = pairs
        clear(self._rows)
        if not pairs:
            self._said.setText(wording.text("No two of them say nearly the same."))
            return
        told = wording.plural("{n} pair says nearly the same.", "{n} pairs say nearly the same.", len(pairs))
        more = wording.text("The {n} likest are shown.", n=MOST) if len(pairs) > MOST else ""
        self._said.setText(f"{told} {more}".strip())
        for at, pair in enumerate(pairs[:MOST], 1):
            self._rows.addWidget(_PairRow(at, pair, self))

    def link(self, pair: Alike) -> None:
        """Link the newer to the older."""
        self._services.jobs.write(
            duplicates.link,
            pair.second,
            pair.first,
            done=partial(self._linked, pair),
            label=wording.text("linking complaints"),
        )

    def open(self, uid: str) -> None:
        """Show one of them."""
        self._services.go("complaints", uid)

    def _linked(self, pair: Alike, _change: Any) -> None:
        linked = wording.text("{number} is linked to {other}.", number=pair.second_number, other=pair.first_number)
        self._services.messages.info(linked)
        self.show_pairs([other for other in self.pairs if other != pair])

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)


class _PairRow(QWidget):
    """One pair."""

    def __init__(self, at: int, pair: Alike, card: NearCard) -> None:
        super().__init__(card)
        flow = Flow(self)
        alike = Words(wording.text("{share} alike", share=percent(pair.likeness)), tone="muted")
        alike.setMinimumHeight(TARGET)
        flow.addWidget(alike)
        for which, uid, number in (
            ("first", pair.first, pair.first_number),
            ("second", pair.second, pair.second_number),
        ):
            show = partial(card.open, uid)
            flow.addWidget(Button(number, name=f"near.{which}.{at}", look="quiet", run=show))
        link = Button(wording.text("Link them"), name=f"near.link.{at}", icon="link", run=partial(card.link, pair))
        said = wording.text("Link {number} to {other}", number=pair.second_number, other=pair.first_number)
        link.setAccessibleName(said)
        flow.addWidget(link)


def _alike(desk: Desk, which: Which, progress: Progress) -> list[Alike]:
    return read_words.alike(desk, which, step=progress.step)
