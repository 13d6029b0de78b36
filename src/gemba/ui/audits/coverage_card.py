"""The matrix of regions and goals: what was audited where, what is planned, and what nobody looks at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.programmes import Programme
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.coverage import LONGEST, Coverage, cell_records, cell_words, heads, rows
from gemba.work.table_files import write_csv


class CoverageCard(Card):
    """Goals by region.

    Args:
        services: of the window.
        parent: the owner.
    """

    counted = Signal(int)
    """How many quarters are to be looked at."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Coverage by region and goal"), parent=parent)
        self._services = services
        self.covered: Coverage | None = None
        self.programme: Programme | None = None
        self.table: FigureTable | None = None
        self.said = Words("", tone="muted", wrap=True, parent=self)
        self.quarters = QSpinBox(self)
        self.quarters.setObjectName("coverage.quarters")
        self.quarters.setAccessibleName(wording.text("Quarters that are looked at"))
        self.quarters.setRange(1, LONGEST)
        self.quarters.setValue(4)
        self.quarters.lineEdit().setTextMargins(12, 0, 0, 0)
        self.quarters.setSuffix(" " + wording.text("quarters"))
        self.quarters.valueChanged.connect(self.counted)
        self._room = Flow()
        self._holder = QWidget(self)
        self._rows = QVBoxLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.said)
        self.body.addWidget(self._holder)
        self._room.addWidget(self.quarters)
        self._room.addWidget(
            Button(wording.text("As a table …"), name="coverage.export", icon="download", look="quiet", run=self.ask)
        )
        self.body.addLayout(self._room)

    def show_coverage(self, covered: Coverage, programme: Programme | None = None) -> None:
        """Show a matrix; its columns are the regions that there are now, its plan that of a programme."""
        self.programme = programme
        self.covered = covered
        clear(self._rows)
        self.table = FigureTable(
            "coverage.table", wording.text("Coverage by region and goal"), heads(covered), most=16, parent=self
        )
        tones = [{at: "poor" for at, cell in enumerate(line, 1) if cell.is_gap} for line in covered.cells]
        self.table.put(list(rows(covered)), tones, [self._behind(covered, row) for row in range(len(covered.goals))])
        self._rows.addWidget(self.table)
        self._holder.setVisible(bool(covered.goals))
        self.said.setText(_said(covered))

    def _behind(self, covered: Coverage, row: int) -> dict[int, Behind]:
        """The verdicts and the planned audits behind each cell of a goal."""
        code, title = covered.goals[row]
        found = {}
        for at, (cell, (region, name)) in enumerate(zip(covered.cells[row], covered.regions, strict=True), 1):
            if count := cell.judged + cell.planned:
                read = partial(_read_cell, covered.quarters, code, region, self.programme)
                found[at] = Behind(number=cell_words(cell), title=f"{title} · {name}", count=count, read=read)
        return found

    @Slot()
    def ask(self) -> None:
        """Ask where the table goes."""
        title, kind = wording.text("Coverage"), wording.text("Table (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "coverage.csv"), kind)
        if name:
            self.write(Path(name))

    def write(self, out: Path) -> None:
        """Write the matrix that is shown."""
        if self.covered is not None:
            self._services.jobs.errand(_write, out, self.covered, done=self._written)

    def _written(self, out: Path) -> None:
        self._services.messages.info(wording.text("Wrote {file}.", file=out.name))


def _said(covered: Coverage) -> str:
    if not covered.goals:
        return wording.text("No goal holds at any place yet; add goals to the register first.")
    span = wording.text("Audited from {first} to {last}.", first=covered.quarters[0], last=covered.quarters[-1])
    gaps = wording.plural(
        "{n} goal in a region is neither audited nor planned.",
        "{n} goals in regions are neither audited nor planned.",
        covered.gaps(),
    )
    return f"{span} {gaps}"


def _write(out: Path, covered: Coverage) -> Path:
    write_csv(out, heads(covered), rows(covered))
    return out


def _read_cell(
    quarters: Sequence[str], code: str, region: str, programme: Programme | None, desk: Any
) -> Sequence[Part]:
    with desk.reader() as reader:
        found = cell_records(reader, quarters, code, region, programme)
    judged = Part(wording.text("Judged"), tuple(("judgement", uid) for uid in found.judgements))
    return [judged, Part(wording.text("Planned"), tuple(("audit", uid) for uid in found.audits))]
