"""The tab of calibration sessions: the list with one beside it, the form of a new one, and the rating of cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.calibration import CalibrationState
from gemba.store.calibration_lists import SESSIONS
from gemba.ui import terms
from gemba.ui.audits.calibration_detail import draw_session, read_session
from gemba.ui.audits.calibration_form import CalibrationForm
from gemba.ui.audits.rating_room import RatingRoom
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services
from gemba.work.calibration_facts import SessionFacts
from gemba.work.calibration_words import state_title

_WIDEST = 760
_TONES = {"first_round": "note", "anchors": "fair", "second_round": "note", "closed": "good"}


class CalibrationTab(ListTab):
    """List and detail, the entry of a new session, or rating; one at a time.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.list = ListPanel(sessions(), StoreSource(services.desk, SESSIONS), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_session,
            draw=self._draw,
            name="calibration.detail",
            nothing=EmptyState(
                "scale",
                wording.text("No session chosen"),
                wording.text("Choose one to rate its cases, or to see how far its raters agree."),
            ),
            topics=frozenset({"calibration_session", "calibration_rating", "person"}),
        )
        self.form = CalibrationForm(services, self)
        self.rating = RatingRoom(services, self)
        self.addWidget(Split(self.list, self.detail, name="calibration.split"))
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="calibration.form.area"))
        self.addWidget(self.rating)
        self.list.chosen.connect(self._chose)
        self.form.made.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self.rating.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the list when it is first shown."""
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: a session, the form of a new one, the rating of cases."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            uid = self.list.model.line(0).uid
            seen |= {"one": partial(self.show_uid, uid), "rating": partial(self.rate, uid)}
        return seen

    def rate(self, uid: str) -> None:
        """Rate the cases of a session."""
        self.setCurrentWidget(self.rating)
        self.rating.open(uid)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new session."""
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, facts: SessionFacts) -> None:
        draw_session(self, self.detail.body, facts)

    def _empty(self) -> EmptyState:
        words = wording.text(
            "Several auditors judge the same cases apart, see where they differ, and write what each verdict means."
        )
        make = wording.text("Make a session")
        button = Button(make, name="calibration.empty.add", icon="plus", run=self.begin_adding)
        return EmptyState("scale", wording.text("No calibration session yet"), words, button)


def sessions() -> Shape:
    """The list of sessions."""
    return Shape(
        name="calibration",
        title=wording.text("Calibration sessions"),
        counted=lambda n: wording.plural("{count} session", "{count} sessions", n, count=terms.number(n)),
        topics=frozenset({"calibration_session", "calibration_rating", "person"}),
        sort="begun_at",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Session"),
                words=lambda line: line.title,
                under=lambda line: line.number,
                width=260,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: state_title(line.state),
                tone=lambda line: _TONES[line.state],
                width=160,
            ),
            Column(
                name="begun_at",
                title=lambda: wording.text("Begun"),
                words=lambda line: terms.day(line.begun_at),
                sort="begun_at",
                width=124,
            ),
            Column(
                name="raters",
                title=lambda: wording.text("Raters"),
                words=lambda line: str(line.raters),
                width=80,
                number=True,
            ),
        ),
        filters=(Filter(name="state", title=lambda: wording.text("State"), words=_state_words),),
    )


def _state_words(code: str) -> str:
    return state_title(CalibrationState(code))
