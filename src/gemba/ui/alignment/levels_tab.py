"""The tab of service levels: promised, expected, achieved; the worst gap first, and one beside the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.alignment.goal_cards import GapsCard
from gemba.ui.alignment.goal_shapes import TOPICS
from gemba.ui.alignment.level_form import LevelForm
from gemba.ui.alignment.level_shapes import level_source, levels, sides
from gemba.ui.alignment.level_view import LevelView, gap_facts
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.goal_words import state_title, state_tone, target_words
from gemba.work.level_facts import LevelLine, level_line

_WIDEST = 760
_SIZES = [700, 360]
"""Of list and detail: the list has its three columns of figures."""


class LevelsTab(ListTab):
    """List and detail, or the form.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.list = ListPanel(levels(self.names), level_source(services.desk), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_level,
            draw=self._draw,
            name="levels.detail",
            nothing=EmptyState(
                "handshake",
                wording.text("No service level chosen"),
                wording.text("Choose one to see how promise, expectation and delivery are apart."),
            ),
            topics=TOPICS,
        )
        self.form = LevelForm(services, self)
        self._line: LevelLine | None = None
        split = Split(self.list, self.detail, name="levels.split")
        split.setSizes(_SIZES)
        self.addWidget(split)
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="levels.form.area"))
        self.list.chosen.connect(self._chose)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the register when it is first shown, and what the places are called now."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: the form of a new one, and one."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = self._show_first
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new service level."""
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot()
    def change(self) -> None:
        """Open the form of the one that is shown."""
        if self._line is not None:
            self.setCurrentIndex(1)
            self.form.begin(self._line.level)

    def _show_first(self) -> None:
        self.show_uid(self.list.model.line(0).uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, line: LevelLine) -> None:
        self._line, body, level = line, self.detail.body, line.level
        body.addWidget(Words(sides(line), tone="muted", scale="small", wrap=True))
        body.addWidget(Words(level.title, scale="heading", wrap=True))
        badges = Badges()
        overdue = ((wording.text("Review overdue"), "fair"),) if line.is_overdue else ()
        no_owner = ((wording.text("No owner"), "poor"),) if not level.owner else ()
        badges.say((line.remaining or state_title(line.state), state_tone(line.state)), *overdue, *no_owner)
        body.addWidget(badges)
        body.addWidget(LevelView(line))
        body.addWidget(gap_facts(line))
        if line.gaps:
            body.addWidget(GapsCard(self.services, line.gaps, level.owner))
        body.addWidget(_facts(line))
        buttons = QWidget()
        flow = Flow(buttons)
        flow.addWidget(Button(wording.text("Change"), name="levels.change", icon="pencil", run=self.change))
        body.addWidget(buttons)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "handshake",
            wording.text("No service level yet"),
            wording.text("Write down what one side promises another, and ask those who are served what they expect."),
            Button(wording.text("Add a service level"), name="levels.empty.add", icon="plus", run=self.begin_adding),
        )


def read_level(desk: Desk, uid: str) -> LevelLine | None:
    """One service level; on a job's thread."""
    with desk.reader() as reader:
        return level_line(reader, uid)


def _facts(line: LevelLine) -> Facts:
    level, told = line.level, line.standing
    source = told.measure.title if told.measure is not None else wording.text("entered by hand")
    return Facts(
        (wording.text("Promise"), target_words(level.bound, level.promised, level.unit)),
        (wording.text("Expectation known from"), level.expected_from),
        (wording.text("Achieved told by"), source if told.achieved is not None else ""),
        (wording.text("Achieved on"), terms.day(told.on)),
        (wording.text("Goal"), line.goal),
        (wording.text("Place"), line.place or wording.text("The whole enterprise")),
        (wording.text("Owner"), level.owner or wording.text("nobody")),
        (wording.text("Review by"), terms.day(level.review_by)),
        (wording.text("Valid from"), terms.day(level.valid_from)),
        (wording.text("Last day"), terms.day(level.valid_to)),
    )
