"""Coverage and fairness: the drawn matrix of sites and quarters, leaders' shares, and what nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.rotations import RotationState
from gemba.ui import terms
from gemba.ui.alignment.heat_view import HeatView, heat_area
from gemba.ui.lineage.behind import Behind, listed
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.rotation_coverage import (
    LONGEST,
    Cell,
    LeaderLine,
    RotationCoverage,
    SiteLine,
    cell_words,
    rotation_coverage,
    told,
)
from gemba.work.rotation_coverage_files import (
    coverage_file,
    heads,
    leader_heads,
    leader_rows,
    matrix,
    rows,
    seen_heads,
    seen_rows,
)

_WIDEST = 980
_HIGHEST = 520
"""Pixels of the drawing that are seen without scrolling."""


class CoverageTab(QWidget):
    """Where leaders have been.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.made: RotationCoverage | None = None
        self.quarters = QSpinBox(self)
        self.quarters.setObjectName("rotations.quarters")
        self.quarters.setAccessibleName(wording.text("Quarters that are looked at"))
        self.quarters.setRange(1, LONGEST)
        self.quarters.setValue(4)
        self.quarters.lineEdit().setTextMargins(12, 0, 0, 0)
        self.quarters.setSuffix(" " + wording.text("quarters"))
        self.quarters.valueChanged.connect(self.arrive)
        self.told = Words("", wrap=True, parent=self)
        self.told.setObjectName("rotations.told")
        self.view = HeatView("rotations.matrix", self)
        self.view.setAccessibleName(wording.text("Sites by quarters"))
        self.view.lead_by(self._behind)
        self._tables = QVBoxLayout()
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._matrix_card, self.area = self._make_matrix()
        leaders = QWidget(self)
        leaders.setLayout(self._tables)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column(self._matrix_card, leaders, widest=_WIDEST), name="rotations.coverage.area"))
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read how it stands."""
        desk, count = self.services.desk, self.quarters.value()
        self.services.jobs.ask(rotation_coverage, desk, None, count, done=self.show_coverage)

    def take_focus(self) -> None:
        """The keyboard begins in the matrix."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """All sites are shown."""

    def show_coverage(self, made: RotationCoverage) -> None:
        """Show it."""
        self.made = made
        self.told.setText("\n".join(told(made)) or wording.text("Everybody has been out, and every site was visited."))
        self.view.show_heat(matrix(made), self._words)
        self.view.setVisible(bool(made.sites))
        clear(self._tables)
        figures = (
            ("sites", wording.text("Where leaders have been"), heads(made), rows(made), ()),
            ("leaders", wording.text("Who has been"), leader_heads(), leader_rows(made), (1, 2, 3, 4)),
            ("seen", wording.text("What was seen"), seen_heads(), seen_rows(made), (2, 3)),
        )
        for name, title, titles, lines, numbers in figures:
            shown = list(lines)
            if shown:
                card = Card(title, parent=self)
                table = FigureTable(f"rotations.{name}", title, titles, numbers=numbers, most=14, parent=card)
                table.put(shown, behind=self._behind_rows(name))
                card.body.addWidget(table)
                self._tables.addWidget(card)
        self._fit()

    @Slot()
    def ask(self) -> None:
        """Ask where it goes, and as what."""
        kinds = wording.text("Table of values (*.csv);;Picture (*.png);;Document (*.pdf)")
        title, proposed = wording.text("Save the coverage"), str(Path.home() / "rotations.csv")
        name, kind = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        if name:
            out = Path(name)
            self.write(out if out.suffix else out.with_suffix(kind.partition("*")[2].rstrip(")")))

    def write(self, out: Path) -> None:
        """Write what is shown."""
        if self.made is not None:
            self.services.jobs.errand(coverage_file, self.services.desk, self.made, out, done=self._written)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _make_matrix(self) -> tuple[Card, QScrollArea]:
        card = Card(wording.text("Sites by quarters"), parent=self)
        area = heat_area(self.view, name="rotations.matrix.area", parent=card)
        flow = Flow()
        save = wording.text("Save …")
        flow.addWidget(self.quarters)
        flow.addWidget(Button(save, name="rotations.coverage.save", icon="download", look="quiet", run=self.ask))
        note = wording.text("Numbers are rotations with an observation record; “plan” is what does not count yet.")
        for part in (self.told, area, Words(note, tone="muted", scale="small", wrap=True, parent=card)):
            card.body.addWidget(part)
        card.body.addLayout(flow)
        return card, area

    def _fit(self) -> None:
        margins = self._matrix_card.body.contentsMargins()
        self.view.fit(max(200, min(self.width(), _WIDEST) - margins.left() - margins.right() - 14))
        self.area.setFixedHeight(
            min(_HIGHEST, self.view.sizeHint().height() + 16) if self.view.isVisibleTo(self) else 8
        )

    def _words(self, row: int, column_at: int) -> list[str]:
        if self.made is None or not 0 <= row < len(self.made.sites):
            return []
        site = self.made.sites[row]
        last = wording.text("Last visit: {day}", day=terms.day(site.last) if site.last else wording.text("never"))
        return [f"{site.place} · {self.made.quarters[column_at]}", cell_words(site.cells[column_at]), last]

    def _behind(self, row: int, column: int) -> Behind | None:
        """The rotations at a site in a quarter: those that count and those that are planned."""
        made = self.made
        if made is None or not (row < len(made.sites) and column < len(made.quarters)):
            return None
        return self._of_cell(made.sites[row], made.quarters[column], made.sites[row].cells[column])

    def _of_cell(self, site: SiteLine, quarter: str, cell: Cell) -> Behind | None:
        title = f"{site.place} · {quarter}"
        found = _rotations(cell_words(cell), title, cell.done + cell.planned, place=site.uid, quarter=quarter)
        return found if found.count else None

    def _behind_rows(self, name: str) -> list[dict[int, Behind]]:
        """What is behind the numbers of a table, by column."""
        made = self.made
        assert made is not None
        if name == "sites":
            found = [
                {at: self._of_cell(one, quarter, cell) for at, (quarter, cell) in enumerate(_cells(made, one), 1)}
                for one in made.sites
            ]
            return [{at: one for at, one in row.items() if one is not None} for row in found]
        if name == "leaders":
            return [_of_leader(one, made.quarters) for one in made.leaders]
        done = RotationState.DONE.value
        return [
            {
                2: _rotations(
                    str(one.times), one.title, one.times, quarter=made.quarters, state=done, **{one.sort: one.title}
                )
            }
            for one in made.seen
        ]

    def _written(self, _made: object) -> None:
        self.services.messages.info(wording.text("It is written."))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and "rotation" in change.topics:
            self.arrive()


def _rotations(number: str, title: str, count: int, **where: str | Sequence[str]) -> Behind:
    return listed(number, title, "rotations", tab="plan", count=count, **where)


def _of_leader(one: LeaderLine, quarters: Sequence[str]) -> dict[int, Behind]:
    """The rotations of a leader: those that count, those that are planned, and the days of those that count."""
    done, planned = RotationState.DONE.value, RotationState.PLANNED.value
    counts = _rotations(str(one.done), one.name, one.done, leader=one.uid, quarter=quarters, state=done)
    comes = _rotations(str(one.planned), one.name, one.planned, leader=one.uid, quarter=quarters, state=planned)
    found = {1: counts, 2: comes, 3: msgspec.structs.replace(counts, number=str(one.days))}
    return {at: each for at, each in found.items() if each.count}


def _cells(made: RotationCoverage, site: SiteLine) -> Iterator[tuple[str, Cell]]:
    return zip(made.quarters, site.cells, strict=True)
