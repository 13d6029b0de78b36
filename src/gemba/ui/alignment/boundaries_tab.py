"""The tab of boundaries: role by scenario at one look, each case with its places and days, and the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.decisions import Boundary
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.standings import holds, plain
from gemba.ui import terms
from gemba.ui.alignment.boundary_form import BoundaryForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.boundaries import listed, roles_and_scenarios
from gemba.work.decision_words import limit_words
from gemba.work.desk import Desk

_WIDEST = 1180
_FORM = 760


class BoundariesShown(msgspec.Struct, frozen=True):
    """What the tab shows."""

    every: tuple[Boundary, ...]
    places: dict[str, str]
    goals: dict[str, str]
    today: date


class BoundariesTab(QStackedWidget):
    """Matrix and list, or the form.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boundaries")
        self.services = services
        self.shown: BoundariesShown | None = None
        self.rows: list[Boundary] = []
        self._roles: list[str] = []
        self._scenarios: list[str] = []
        self._stale = True
        self._matrix_card = Card(wording.text("Who may decide what, today"), parent=self)
        self._matrix_room = QVBoxLayout()
        self._matrix_card.body.addWidget(
            Words(
                wording.text("The nearest place counts. Enter opens the case; an empty cell is a gap."),
                tone="muted",
                wrap=True,
                parent=self._matrix_card,
            )
        )
        self._matrix_card.body.addLayout(self._matrix_room)
        self.matrix: FigureTable | None = None
        self.over = QCheckBox(wording.text("Also those that are &over or withdrawn"), self)
        self.over.setObjectName("boundaries.over")
        self.over.toggled.connect(self._draw_rows)
        self.table = FigureTable(
            "boundaries.table",
            wording.text("Boundaries"),
            [
                wording.text(word)
                for word in ("Case", "Role", "Limit", "Place", "From", "Until", "Beyond it decides", "Commitment")
            ],
            most=14,
            parent=self,
        )
        self.table.opened.connect(self._open)
        list_card = Card(wording.text("Each boundary"), parent=self)
        list_card.body.addWidget(self.over)
        list_card.body.addWidget(self.table)
        self.form = BoundaryForm(services, self)
        self._list = QStackedWidget(self)
        self._list.addWidget(scrolled(column(self._matrix_card, list_card, widest=_WIDEST), name="boundaries.area"))
        self._list.addWidget(
            EmptyState(
                "gauge",
                wording.text("No boundary yet"),
                wording.text("Say how far each role may go: then every decision shows at once how it stands."),
                Button(wording.text("Set a boundary"), name="boundaries.empty.add", icon="plus", run=self.begin_adding),
            )
        )
        self.addWidget(self._list)
        self.addWidget(scrolled(column(self.form, widest=_FORM), name="boundary.area"))
        self.form.kept.connect(self.to_list)
        self.form.left.connect(self.to_list)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins in the matrix."""
        (self.matrix or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the matrix: the form."""
        return {"new": self.begin_adding}

    @Slot(str)
    def show_uid(self, uid: str) -> None:
        """Open a boundary's form."""
        with self.services.desk.reader() as reader:
            found = reader.get(Boundary, uid)
        if found is not None:
            self.setCurrentIndex(1)
            self.form.begin(found)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new boundary."""
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot()
    def to_list(self) -> None:
        """Back to matrix and list."""
        self.setCurrentIndex(0)
        self.take_focus()

    def _ask(self) -> None:
        self._stale = False
        self.services.jobs.ask(read_boundaries, self.services.desk, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if change.topics & {"boundary", "place", "goal"}:
            self._stale = True
            if self.isVisible():
                self._ask()

    def _came(self, shown: BoundariesShown) -> None:
        self.shown = shown
        self._list.setCurrentIndex(0 if shown.every else 1)
        self._draw_matrix(shown)
        self._draw_rows()

    def _draw_matrix(self, shown: BoundariesShown) -> None:
        """Cases by roles; what holds somewhere only is told as a number of places."""
        clear(self._matrix_room)
        today = [one for one in shown.every if holds(one, shown.today)]
        roles, scenarios = roles_and_scenarios(today)
        self._roles, self._scenarios = sorted(roles), sorted(scenarios, key=lambda code: scenarios[code].casefold())
        heads = [wording.text("Case"), *(roles[role] for role in self._roles)]
        self.matrix = FigureTable(
            "boundaries.matrix", wording.text("Who may decide what, today"), heads, parent=self._matrix_card
        )
        self.matrix.opened.connect(self._open_case)
        rows = [
            [scenarios[scenario], *(_cell(today, scenario, role) for role in self._roles)]
            for scenario in self._scenarios
        ]
        tones = [{at: "muted" for at, words in enumerate(row) if words == GAP} for row in rows]
        self.matrix.put(rows, tones)
        self._matrix_room.addWidget(self.matrix)

    @Slot()
    def _draw_rows(self) -> None:
        if self.shown is None:
            return
        shown, now = self.shown, self.shown.today
        self.rows = [
            one
            for one in shown.every
            if self.over.isChecked() or not (one.retired or (one.valid_to is not None and one.valid_to < now))
        ]
        self.table.put([_row(one, shown) for one in self.rows], [_tones(one, now) for one in self.rows])

    @Slot(int)
    def _open(self, row: int) -> None:
        if 0 <= row < len(self.rows):
            self.setCurrentIndex(1)
            self.form.begin(self.rows[row])

    @Slot(int)
    def _open_case(self, row: int) -> None:
        """The boundary of the cell, or the form of the one that is missing."""
        if self.shown is None or self.matrix is None or not 0 <= row < len(self._scenarios):
            return
        at, scenario = self.matrix.currentColumn() - 1, self._scenarios[row]
        if at < 0:
            return
        some = _of_case([one for one in self.shown.every if holds(one, self.shown.today)], scenario, self._roles[at])
        self.setCurrentIndex(1)
        if some:
            self.form.begin(some[0])
        else:
            self.form.begin(None, self.matrix.words()[row][0], self._role_named(at))

    def _role_named(self, at: int) -> str:
        head = self.matrix.horizontalHeaderItem(at + 1) if self.matrix is not None else None
        return head.text() if head is not None else ""


GAP = "–"


def read_boundaries(desk: Desk) -> BoundariesShown:
    """All boundaries with the names they need; on a job's thread."""
    with desk.reader() as reader:
        return BoundariesShown(
            every=tuple(listed(reader)),
            places={one.uid: one.name for one in reader.find(Place)},
            goals={one.uid: one.title for one in reader.find(Goal)},
            today=reader.clock().date(),
        )


def _of_case(some: list[Boundary], scenario: str, role: str) -> list[Boundary]:
    """Those of a scenario and role, the one that holds everywhere first."""
    found = [one for one in some if one.scenario == scenario and plain(one.role) == role]
    return sorted(found, key=lambda one: (one.place is not None, one.valid_from))


def _cell(some: list[Boundary], scenario: str, role: str) -> str:
    found = _of_case(some, scenario, role)
    everywhere = [limit_words(one) for one in found if one.place is None]
    here = sum(one.place is not None for one in found)
    parts = everywhere[-1:]
    if here:
        parts.append(wording.plural("{n} place of its own", "{n} places of their own", here))
    return " · ".join(parts) or GAP


def _row(one: Boundary, shown: BoundariesShown) -> list[str]:
    until = terms.day(one.valid_to) if one.valid_to is not None else GAP
    return [
        one.title,
        one.role,
        limit_words(one),
        shown.places.get(one.place, "?") if one.place is not None else wording.text("Everywhere"),
        terms.day(one.valid_from),
        wording.text("withdrawn") if one.retired else until,
        one.escalate_to or GAP,
        shown.goals.get(one.goal, GAP) if one.goal is not None else GAP,
    ]


def _tones(one: Boundary, today: date) -> dict[int, str]:
    if one.retired or (one.valid_to is not None and one.valid_to < today):
        return dict.fromkeys(range(8), "muted")
    return {4: "note"} if one.valid_from > today else {}
