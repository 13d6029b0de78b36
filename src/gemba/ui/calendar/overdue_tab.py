"""The tab of what is overdue: the longest first, with its age and whoever answers for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.calendar.due_source import DueSource
from gemba.ui.calendar.shapes import dues
from gemba.ui.calendar.ways import way_to_due
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.calendar import Wanted


class OverdueTab(QWidget):
    """The list of what is overdue; Enter or a double click opens a record.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        source = DueSource(services.desk, Wanted(overdue=True))
        self.list = ListPanel(dues(self.names, overdue=True), source, services, empty=self._empty())
        card = QFrame(self)
        card.setProperty("look", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        told = wording.text("What is late for longest comes first. Enter or a double click opens it.")
        rows.addWidget(Words(told, tone="muted", wrap=True, parent=self))
        rows.addWidget(card, 1)
        self.list.opened.connect(self._open)

    def arrive(self) -> None:
        """Read the list when it is first shown, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def take_focus(self) -> None:
        """The keyboard begins in the list; while that is empty, at the view."""
        table = self.list.table
        (table if table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """Everything is shown."""

    @Slot(object)
    def _open(self, line: Any) -> None:
        way = way_to_due(line.due) if line is not None else ()
        if way:
            self.services.go(*way)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "circle-check",
            wording.text("Nothing is overdue"),
            wording.text("What passes its day without being done stands here, with its age and who answers for it."),
        )
