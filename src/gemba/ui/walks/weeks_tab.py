"""Leaders' standard work by week: a grid of leaders, shares with how many they are of, and the walks behind a week."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.leader_walks import monday_of
from gemba.ui import terms
from gemba.ui.alignment.heat_view import HeatView, heat_area
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.walks.planned_row import window
from gemba.ui.walks.shapes import WALK_TOPICS
from gemba.ui.walks.weeks_behind import behind_walks, lines_behind, whole
from gemba.work.walk_adherence import LONGEST, WEEKS, WalkAdherence, told, walk_adherence
from gemba.work.walk_adherence_files import adherence_file, legend, line_heads, line_rows, weeks_grid
from gemba.work.walk_plan import PlannedWalk
from gemba.work.walk_words import walk_state_words

_WIDEST = 980
_HIGHEST = 520
"""Pixels of the drawing that are seen without scrolling."""


class WeeksTab(QWidget):
    """Adherence.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("walks.weeks")
        self.services = services
        self.made: WalkAdherence | None = None
        self.weeks = QSpinBox(self)
        self.weeks.setObjectName("walks.weeks.count")
        self.weeks.setAccessibleName(wording.text("Weeks that are looked at"))
        self.weeks.setRange(1, LONGEST)
        self.weeks.setValue(WEEKS)
        self.weeks.lineEdit().setTextMargins(12, 0, 0, 0)
        self.weeks.setSuffix(" " + wording.text("weeks"))
        self.weeks.valueChanged.connect(self.arrive)
        self.told = Words("", wrap=True, parent=self)
        self.told.setObjectName("walks.weeks.told")
        self.counts = NumberLinks("walks.weeks.counts", self)
        self.view = HeatView("walks.weeks.grid", self)
        self.view.setAccessibleName(wording.text("Leaders by weeks"))
        self.view.lead_by(self._behind)
        self.none = EmptyState(
            "footprints",
            wording.text("No walk was expected"),
            wording.text("Give a route walkers and a schedule: each week then shows what was walked of it."),
        )
        self._grid, self.area = self._make_grid()
        self._tables = QVBoxLayout()
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._tables.setSpacing(16)
        tables = QWidget(self)
        tables.setLayout(self._tables)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        shown = column(self.none, self._grid, tables, widest=_WIDEST)
        outer.addWidget(scrolled(shown, name="walks.weeks.area"))
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read how it stands."""
        read = partial(_read, weeks=self.weeks.value())
        self.services.jobs.ask(read, self.services.desk, done=self.show_weeks)

    def take_focus(self) -> None:
        """The keyboard begins in the grid."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """All leaders are shown."""

    def show_weeks(self, made: WalkAdherence) -> None:
        """Show it."""
        self.made = made
        self.none.setVisible(not made.walks)
        self._grid.setVisible(bool(made.walks))
        self.told.setText(" ".join(told(made)))
        self.counts.put(*whole(made.walks))
        self.view.show_heat(weeks_grid(made), self.words)
        clear(self._tables)
        for name, title, lines, key, held in (
            ("leaders", wording.text("Leader"), made.leaders, "leader", False),
            ("layers", wording.text("Layer"), made.layers, "layer", True),
            ("routes", wording.text("Route"), made.routes, "route", True),
        ):
            if lines:
                card = Card(title, parent=self)
                heads = line_heads(title)
                table = FigureTable(f"walks.weeks.{name}", title, heads, numbers=(1, 2, 3, 4, 5), most=12, parent=card)
                behind = lines_behind(lines, made.walks, attrgetter(key), held=held)
                table.put(list(line_rows(lines, held=held)), behind=behind)
                card.body.addWidget(table)
                self._tables.addWidget(card)
        self._fit()

    @Slot()
    def ask(self) -> None:
        """Ask where it goes, and as what."""
        kinds = wording.text("Table of values (*.csv);;Picture (*.png);;Document (*.pdf)")
        title, proposed = wording.text("Save standard work"), str(Path.home() / "standard-work.csv")
        name, kind = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        if name:
            out = Path(name)
            self.write(out if out.suffix else out.with_suffix(kind.partition("*")[2].rstrip(")")))

    def write(self, out: Path) -> None:
        """Write what is shown."""
        if self.made is not None:
            self.services.jobs.errand(adherence_file, self.services.desk, self.made, out, done=self._written)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _make_grid(self) -> tuple[Card, QScrollArea]:
        card = Card(wording.text("Leaders by weeks"), parent=self)
        area = heat_area(self.view, name="walks.weeks.grid.area", parent=card)
        flow = Flow()
        save = wording.text("Save …")
        flow.addWidget(self.weeks)
        flow.addWidget(Button(save, name="walks.weeks.save", icon="download", look="quiet", run=self.ask))
        for part in (
            self.told,
            self.counts,
            area,
            Words(legend(), tone="muted", scale="small", wrap=True, parent=card),
        ):
            card.body.addWidget(part)
        card.body.addLayout(flow)
        return card, area

    def _fit(self) -> None:
        margins = self._grid.body.contentsMargins()
        self.view.fit(max(200, min(self.width(), _WIDEST) - margins.left() - margins.right() - 14))
        self.area.setFixedHeight(min(_HIGHEST, self.view.sizeHint().height() + 16))

    def _of_cell(self, row: int, column_at: int) -> list[PlannedWalk]:
        """The walks behind a cell."""
        if self.made is None or not 0 <= row < len(self.made.leaders):
            return []
        leader, monday = self.made.leaders[row], self.made.weeks[column_at]
        return [one for one in self.made.walks if one.leader == leader.key and monday_of(one.expected.on) == monday]

    def words(self, row: int, column_at: int) -> list[str]:
        """What a reader of the grid hears of a cell."""
        if self.made is None or not 0 <= row < len(self.made.leaders):
            return []
        walks = self._of_cell(row, column_at)
        week = wording.text("week of {day}", day=terms.day(self.made.weeks[column_at]))
        lines = [f"{one.title} · {window(one.expected)}: {walk_state_words(one.state)}" for one in walks]
        return [f"{self.made.leaders[row].title} · {week}", *(lines or [wording.text("Nothing was expected.")])]

    def _behind(self, row: int, column_at: int) -> Behind | None:
        """The walks behind a cell."""
        found = self._of_cell(row, column_at)
        return behind_walks(str(len(found)), self.words(row, column_at)[0], found) if found else None

    def _written(self, _made: object) -> None:
        self.services.messages.info(wording.text("It is written."))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & WALK_TOPICS:
            self.arrive()


def _read(desk: Any, *, weeks: int) -> WalkAdherence:
    return walk_adherence(desk, weeks=weeks)
