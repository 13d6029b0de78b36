"""The plan: what is late and what comes next, by layer, each with its window and whose turn it is."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.leader_walks import WalkState, monday_of
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.walks.planned_row import planned_link
from gemba.ui.walks.shapes import WALK_TOPICS
from gemba.work.walk_plan import DAYS, LONGEST, PlannedWalk, walk_plan

_WIDEST = 860


class PlanTab(QWidget):
    """Expected walks by week.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("walks.plan")
        self.services = services
        self.planned: tuple[PlannedWalk, ...] = ()
        self.layer = Choice([("", wording.text("All layers"))], name="walks.plan.layer", parent=self)
        self.layer.setAccessibleName(wording.text("Layer"))
        self.whose = Choice(name="walks.plan.whose", parent=self)
        self.whose.offer([("", wording.text("Everybody's")), (services.desk.person.uid, wording.text("Mine"))])
        self.whose.setAccessibleName(wording.text("Whose walks"))
        self.days = QSpinBox(self)
        self.days.setObjectName("walks.plan.days")
        self.days.setAccessibleName(wording.text("Days ahead"))
        self.days.setRange(7, LONGEST)
        self.days.setValue(DAYS)
        self.days.setSuffix(" " + wording.text("days"))
        self.days.lineEdit().setTextMargins(12, 0, 0, 0)
        self._filters = QWidget(self)
        flow = Flow(self._filters)
        for field in (self.layer, self.whose, self.days):
            flow.addWidget(field)
        self.layer.currentIndexChanged.connect(self._show)
        self.whose.currentIndexChanged.connect(self._show)
        self.days.valueChanged.connect(self.arrive)
        self.none = EmptyState(
            "calendar-check",
            wording.text("No walk is expected"),
            wording.text("Give a route walkers and a schedule: the plan shows who walks when, and what is late."),
            Button(wording.text("To the routes"), name="walks.plan.routes", icon="route", run=self.to_routes),
        )
        self._weeks = QVBoxLayout()
        self._weeks.setContentsMargins(0, 0, 0, 0)
        self._weeks.setSpacing(16)
        room = QWidget(self)
        room.setLayout(self._weeks)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column(self._filters, self.none, room, widest=_WIDEST), name="walks.plan.area"))
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read what is expected."""
        read = partial(_read, days=self.days.value())
        self.services.jobs.ask(read, self.services.desk, done=self._came)

    def take_focus(self) -> None:
        """The keyboard begins at the filters."""
        (self.layer if self._filters.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """All of it is shown."""

    @Slot()
    def to_routes(self) -> None:
        """Where routes are made."""
        self.services.go("walks", "routes")

    def _came(self, planned: tuple[PlannedWalk, ...]) -> None:
        self.planned = planned
        layers = sorted({one.layer for one in planned if one.layer}, key=str.casefold)
        self.layer.offer([("", wording.text("All layers")), *((each, each) for each in layers)])
        self._show()

    @Slot()
    def _show(self) -> None:
        clear(self._weeks)
        layer, whose = self.layer.value, self.whose.value
        shown = [one for one in self.planned if layer in ("", one.layer) and whose in ("", one.leader)]
        self.none.setVisible(not self.planned)
        self._filters.setVisible(bool(self.planned))
        today = self.services.desk.clock().date()
        late = [one for one in shown if one.state is WalkState.MISSED]
        if late:
            self._weeks.addWidget(self._card(wording.text("Late, and can still be walked"), late))
        rest = [one for one in shown if one.state is not WalkState.MISSED]
        for monday, mine in groupby(rest, key=lambda one: monday_of(max(one.expected.on, monday_of(today)))):
            self._weeks.addWidget(self._card(_week(monday, today), list(mine)))
        if self.planned and not shown:
            nothing = wording.text("Nothing of this is expected in these days.")
            self._weeks.addWidget(Words(nothing, tone="muted", wrap=True, parent=self))

    def _card(self, title: str, found: list[PlannedWalk]) -> Card:
        card = Card(title, parent=self)
        for layer, mine in groupby(sorted(found, key=lambda one: one.layer.casefold()), key=lambda one: one.layer):
            if layer:
                card.body.addWidget(Words(layer, tone="muted", scale="small", strong=True, parent=card))
            for one in mine:
                name = f"walks.planned.{one.route}.{one.expected.ruled}.{one.leader}"
                card.body.addWidget(planned_link(one, self.services.go, name=name, parent=card))
        return card

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & WALK_TOPICS:
            self.arrive()


def _read(desk: Any, *, days: int) -> tuple[PlannedWalk, ...]:
    return tuple(walk_plan(desk, days=days))


def _week(monday: date, today: date) -> str:
    away = (monday - monday_of(today)).days // 7
    if away <= 1:
        return wording.text("Next week") if away else wording.text("This week")
    return wording.text("Week of {day}", day=terms.day(monday))
