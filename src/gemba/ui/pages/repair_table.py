"""Repairs and faults of a workbook, one a row: where, what, and before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba import wording
from gemba.forms.repairs import Repair
from gemba.ui.parts.cards import Card, clear, line, scrolled
from gemba.ui.parts.words import Words
from gemba.work.import_template import Fault

MOST = 100
"""So many are drawn; the command line lists all."""
_LONGEST = 160
_LOWEST = 160


class RepairRow(NamedTuple):
    """One row of the table."""

    place: str
    what: str
    before: str = ""
    after: str = ""


def of_repair(repair: Repair) -> RepairRow:
    """A repair as a row."""
    before, after = _brief(repair.before), _brief(repair.after)
    return RepairRow(_place(repair.sheet, repair.row, repair.column), repair.what, before, after)


def of_fault(fault: Fault) -> RepairRow:
    """A fault as a row."""
    return RepairRow(_place(fault.sheet, fault.row, fault.column), fault.what)


class RepairTable(Card):
    """A table within the card; hidden while it is empty.

    Args:
        name: object name.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        self.setObjectName(name)
        self.rows: list[RepairRow] = []
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._area = scrolled(self._inner, name=f"{name}.area")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(wording.text("What must be changed"))
        self.body.setContentsMargins(16, 12, 8, 12)
        self._area.setMinimumHeight(_LOWEST)
        self.body.addWidget(self._area, 1)
        self.hide()

    def put(self, rows: Sequence[RepairRow]) -> None:
        """Show these rows."""
        self.rows = list(rows)
        clear(self._grid)
        for at, row in enumerate(self.rows[:MOST]):
            self._draw(at * 2, row)
        if len(self.rows) > MOST:
            left = len(self.rows) - MOST
            more = Words(wording.plural("and {n} more", "and {n} more", left), tone="muted", parent=self._inner)
            self._grid.addWidget(more, MOST * 2, 0, 1, 2)
        self._grid.setRowStretch(MOST * 2 + 2, 1)
        self.setVisible(bool(self.rows))

    def _draw(self, at: int, row: RepairRow) -> None:
        top = Qt.AlignmentFlag.AlignTop
        place = Words(row.place, strong=True, wrap=True, parent=self._inner)
        place.setMinimumWidth(140)
        place.setMaximumWidth(200)
        self._grid.addWidget(place, at, 0, top)
        said = row.what
        if row.before or row.after:
            change = wording.text("{before}  →  {after}", before=row.before or "–", after=row.after or "–")
            said = f"{change}\n{said}"
        self._grid.addWidget(Words(said, wrap=True, parent=self._inner), at, 1, top)
        self._grid.addWidget(line(self._inner), at + 1, 0, 1, 2)


def _place(sheet: str, row: int, column: str) -> str:
    where = wording.text("row {row}", row=row) if row else ""
    return " · ".join(part for part in (sheet, where, column) if part)


def _brief(said: str) -> str:
    plain = " ".join(said.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
