"""The tab of bodies: each as a row with what is to be mended, one beside it, and the entry of a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.audits.people import read_people
from gemba.ui.calendar.body_detail import BodyShown, NowCard, draw_body, read_body
from gemba.ui.calendar.body_form import BodyForm
from gemba.ui.calendar.body_list import BODY_TOPICS, body_shape, body_source
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services

_WIDEST = 860


class BodiesTab(ListTab):
    """List and detail, or the entry of a new body.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.now: NowCard | None = None
        self.form: BodyForm | None = None
        self.list = ListPanel(body_shape(), body_source(services.desk), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_body,
            draw=self._draw,
            name="bodies.detail",
            nothing=EmptyState(
                "users",
                wording.text("No body chosen"),
                wording.text("Choose one to see its seats, its terms and its next dates."),
            ),
            topics=BODY_TOPICS,
        )
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        room = QWidget(self)
        room.setLayout(self._form_rows)
        self.addWidget(Split(self.list, self.detail, name="bodies.split"))
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="bodies.form.area"))
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the list, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
            seen["seat"] = partial(self.begin_deed, "seat")
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new body."""
        clear(self._form_rows)
        self.names.read()
        self.form = BodyForm(self.services, tuple(self.names.choices()))
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self._form_rows.addWidget(self.form)
        self.setCurrentIndex(1)
        self.form.begin()

    def begin_deed(self, deed: str) -> None:
        """Open a form of the body that is shown."""
        if self.now is not None:
            self.now.begin(deed)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.now = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: BodyShown) -> None:
        self.now = draw_body(self.services, self.detail, shown, tuple(read_people(self.services.desk)))

    def _empty(self) -> EmptyState:
        return EmptyState(
            "users",
            wording.text("No body decides yet"),
            wording.text(
                "A council, a board, a daily huddle: with seats and terms, a cadence, and an agenda that is built from "
                "what waits."
            ),
            Button(wording.text("Add a body"), name="bodies.empty.add", icon="plus", run=self.begin_adding),
        )
