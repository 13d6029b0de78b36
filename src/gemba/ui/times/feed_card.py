"""What the map gets of a study: shown first, then taken over."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.times.facts import StudyShown
from gemba.work.time_feeding import change_rows, feed


class FeedCard(Card):
    """The steps of the map, as it tells them and as the study does.

    Args:
        services: of the window.
        shown: the study.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, shown: StudyShown, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Take over into the map “{title}”", title=shown.map_title), parent=parent)
        self._services, self._study = services, shown.facts.study.uid
        self.table = FigureTable(
            "times.feed.table",
            wording.text("What the map would say"),
            [wording.text(word) for word in ("Step", "Time", "On the map", "From the study")],
            numbers=(2, 3),
            parent=self,
        )
        self.table.put(change_rows(list(shown.changes)), [{3: "accent"}] * 99)
        words = wording.text("The medians of the elements on the path, added up by step. Nothing else is changed.")
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Take over"), name="times.feed.keep", icon="check", run=self.take_over, parent=self)
        )
        flow.addWidget(
            Button(wording.text("Cancel"), name="times.feed.cancel", look="quiet", run=self.left.emit, parent=self)
        )
        self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        self.body.addWidget(self.table)
        self.body.addLayout(flow)

    @Slot()
    def take_over(self) -> None:
        """Give the map its times."""
        self._services.jobs.write(feed, self._study, done=self._done)

    def _done(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The map has the times of the study."))
        self.left.emit()
