"""The next dates of schedules: when, and why not on the day that the rule names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.audits.programme_facts import DatedWords
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.schedule_words import time_words, why_words


class DatesTable(FigureTable):
    """Dates with their schedule or, of one schedule alone, with the day that its rule names.

    Args:
        name: object name.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        names = ("What", "Date", "Time", "By the rule", "Due", "Moved or left out because")
        heads = [wording.text(each) for each in names]
        super().__init__(name, wording.text("The next dates"), heads, most=12, parent=parent)

    def show_dates(self, dates: Sequence[DatedWords]) -> None:
        """Show these."""
        self.put([_row(each) for each in dates], [{1: "fair"} if each.date.on is None else {} for each in dates])


class DatesCard(Card):
    """The next twelve dates of all schedules.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("The next dates"), parent=parent)
        self._services = services
        self.none = Words(
            wording.text("Nothing comes again by itself yet; a schedule makes audits, walks and reviews."),
            tone="muted",
            wrap=True,
            parent=self,
        )
        self.table = DatesTable("programme.dates", self)
        flow = Flow()
        to = wording.text("Schedules")
        flow.addWidget(Button(to, name="programme.schedules", icon="repeat", look="quiet", run=self.to_schedules))
        for widget in (self.none, self.table):
            self.body.addWidget(widget)
        self.body.addLayout(flow)

    def show_dates(self, dates: Sequence[DatedWords]) -> None:
        """Show these."""
        self.none.setVisible(not dates)
        self.table.setVisible(bool(dates))
        self.table.show_dates(dates)

    @Slot()
    def to_schedules(self) -> None:
        """All schedules."""
        self._services.go("audits", "schedules")


def _row(each: DatedWords) -> list[str]:
    on = each.date.on
    return [
        each.schedule.title,
        terms.day(on) if on is not None else wording.text("left out"),
        time_words(each.schedule, each.date, each.zone),
        terms.day(each.date.ruled),
        terms.day(each.date.due),
        why_words(each.date),
    ]
