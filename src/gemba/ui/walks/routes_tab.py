"""Routes: the list with one of them beside it, walked from there; and the forms of a route and its schedule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.store.walk_lists import ROUTES
from gemba.ui import terms
from gemba.ui.alignment.form import Form
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.walks.facts import RouteShown, read_offers, read_route
from gemba.ui.walks.planned_row import planned_row
from gemba.ui.walks.route_form import Offers, RouteForm
from gemba.ui.walks.schedule_form import RouteScheduleForm
from gemba.ui.walks.shapes import WALK_TOPICS, routes
from gemba.ui.walks.start_card import StartCard
from gemba.ui.walks.stops_card import StopsCard
from gemba.work.route_sheet import route_pdf
from gemba.work.routes import retire_route

_WIDEST = 760


class RoutesTab(ListTab):
    """List and detail, or a form.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.shown: RouteShown | None = None
        self.form: Form | None = None
        self.stops: StopsCard | None = None
        self.list = ListPanel(routes(self.names), StoreSource(services.desk, ROUTES), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_route,
            draw=self._draw,
            name="routes.detail",
            nothing=EmptyState(
                "route", wording.text("No route chosen"), wording.text("Choose one to see its stops, and to walk it.")
            ),
            topics=WALK_TOPICS | {"go_and_see", "commitment", "action", "person"},
        )
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        room = QWidget(self)
        room.setLayout(self._form_rows)
        listed = QWidget(self)
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        flow = Flow()
        add = wording.text("Make a route")
        flow.addWidget(Button(add, name="routes.add", icon="plus", run=self.begin_adding))
        rows.addLayout(flow)
        rows.addWidget(Split(self.list, self.detail, name="routes.split"), 1)
        self.addWidget(listed)
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="routes.form.area"))
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the routes, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new route."""
        self.services.jobs.ask(read_offers, self.services.desk, done=self._open_new)

    @Slot()
    def begin_changing(self) -> None:
        """Open the form of the route that is shown."""
        if self.shown is not None:
            self._open(RouteForm(self.services, self.shown.facts.route, self.shown.offers))

    @Slot()
    def begin_scheduling(self) -> None:
        """Open the form that says when the route is walked."""
        if self.shown is not None:
            facts = self.shown.facts
            self._open(RouteScheduleForm(self.services, facts.route, facts.schedule))

    @Slot()
    def retire(self) -> None:
        """Take the route out of use; what was walked stays."""
        if self.shown is not None:
            self.services.jobs.write(retire_route, self.shown.facts.route.uid)

    @Slot()
    def save_sheet(self) -> None:
        """Write the blank sheet of the route that is shown."""
        if self.shown is None:
            return
        title, kind = wording.text("Save the sheet"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "walk.pdf"), kind)
        if name:
            uid = self.shown.facts.route.uid
            self.services.jobs.errand(_save, self.services.desk, uid, Path(name), done=self._saved)

    @Slot(object)
    def _saved(self, file: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=file.name))

    @Slot()
    def to_list(self) -> None:
        """Back to list and detail."""
        self.setCurrentIndex(0)
        self.list.start()
        self.take_focus()

    def _open_new(self, offers: Offers) -> None:
        self._open(RouteForm(self.services, None, offers))

    def _open(self, form: RouteForm | RouteScheduleForm) -> None:
        clear(self._form_rows)
        self.form = form
        form.kept.connect(self._kept)
        form.left.connect(self.to_list)
        self._form_rows.addWidget(form)
        self.setCurrentIndex(1)
        form.begin()

    @Slot(str)
    def _kept(self, uid: str) -> None:
        shown = self.shown.facts.route.uid if self.shown is not None and self.detail.uid else ""
        self.show_uid(shown if isinstance(self.form, RouteScheduleForm) else uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.shown = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: RouteShown) -> None:
        self.shown = shown
        facts, body = shown.facts, self.detail.body
        one = facts.route
        body.addWidget(Words(facts.place, tone="muted", scale="small"))
        body.addWidget(Words(one.title, scale="heading", wrap=True))
        badges = Badges()
        badges.say(*((words, tone) for words, tone in ((one.layer, "accent"), (_state(shown), "plain")) if words))
        body.addWidget(badges)
        if one.purpose:
            body.addWidget(Words(one.purpose, wrap=True))
        if not one.retired:
            body.addLayout(self._deeds())
            body.addWidget(StartCard(self.services, one.uid, shown.waiting))
        self.stops = StopsCard(self.services, shown)
        self.stops.opened.connect(self.detail.bring_into_view)
        body.addWidget(self.stops)
        if shown.planned:
            card = Card(wording.text("Expected walks"), look="inset")
            for planned in shown.planned:
                card.body.addWidget(planned_row(planned, card))
            body.addWidget(card)
        body.addWidget(_facts(shown))

    def _deeds(self) -> Flow:
        flow = Flow()
        for name, words, icon, run in (
            ("change", wording.text("Change"), "pencil", self.begin_changing),
            ("schedule", wording.text("When it is walked"), "calendar-clock", self.begin_scheduling),
            ("print", wording.text("Sheet to walk with …"), "printer", self.save_sheet),
            ("retire", wording.text("Take out of use"), "archive", self.retire),
        ):
            flow.addWidget(Button(words, name=f"routes.{name}", icon=icon, look="quiet", run=run))
        return flow

    def _empty(self) -> EmptyState:
        return EmptyState(
            "route",
            wording.text("No route yet"),
            wording.text("A route is walked again and again: its stops, who walks it, and when."),
            Button(wording.text("Make a route"), name="routes.empty.add", icon="plus", run=self.begin_adding),
        )


def _save(desk: Any, uid: str, out: Path) -> Path:
    route_pdf(desk, uid, out)
    return out


def _state(shown: RouteShown) -> str:
    return wording.text("Out of use") if shown.facts.route.retired else ""


def _facts(shown: RouteShown) -> Facts:
    facts = shown.facts
    turns = wording.text("in turns") if facts.route.in_turns else wording.text("each of them")
    walkers = wording.text("{names} ({turns})", names=", ".join(facts.walkers), turns=turns) if facts.walkers else ""
    days = ", ".join(terms.day(one.on) for one in facts.dates if one.on is not None)
    return Facts(
        (wording.text("Checklist"), facts.template or wording.text("said with each walk")),
        (wording.text("Walkers"), walkers or wording.text("whoever is there")),
        (wording.text("Planned"), wording.plural("{n} minute", "{n} minutes", facts.minutes) if facts.minutes else ""),
        (wording.text("Next dates"), days or wording.text("no schedule")),
        (wording.text("Rule"), facts.rule),
    )
