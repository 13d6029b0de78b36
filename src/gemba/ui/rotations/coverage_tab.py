"""Coverage and fairness: the drawn matrix of sites and quarters, leaders' shares, and what nobody has seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.rotations import RotationState
from gemba.ui import terms
from gemba.ui.alignment.heat_view import HeatView, heat_area
from gemba.ui.lists.narrowed import narrowed_to
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.rotation_coverage import LONGEST, RotationCoverage, cell_words, rotation_coverage, told
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
        self.view.opened.connect(self._open)
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
        self.services.jobs.errand(rotation_coverage, desk, None, count, done=self.show_coverage)

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
                table.put(shown)
                table.opened.connect(partial(self._open_row, name))
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

    @Slot(int, int)
    def _open(self, row: int, column: int) -> None:
        """The rotations behind a number: of the site in the quarter."""
        if self.made is not None and row < len(self.made.sites) and column < len(self.made.quarters):
            self._go(place=self.made.sites[row].uid, quarter=self.made.quarters[column])

    def _open_row(self, name: str, row: int) -> None:
        """The rotations behind a line of a table: of the site, the leader, or the shift or journey."""
        made = self.made
        if made is None:
            return
        if name == "sites":
            self._go(place=made.sites[row].uid, quarter=made.quarters)
        elif name == "leaders":
            self._go(leader=made.leaders[row].uid, quarter=made.quarters)
        else:
            seen = made.seen[row]
            self._go(**{seen.sort: seen.title}, quarter=made.quarters, state=RotationState.DONE.value)

    def _go(self, **where: str | Sequence[str]) -> None:
        self.services.go("rotations", f"plan:{narrowed_to(**where)}")

    def _written(self, _made: object) -> None:
        self.services.messages.info(wording.text("It is written."))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and "rotation" in change.topics:
            self.arrive()
