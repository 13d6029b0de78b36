"""The blind spots as a table: it says in words what its colours show."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from gemba import wording
from gemba.ui.theme import current
from gemba.work.blind_spots import Cell, Matrix, Sight

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_GROUND = Qt.ItemDataRole.BackgroundRole
_INK = Qt.ItemDataRole.ForegroundRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole

_ROLES = {Sight.BLIND: ("poor", "poor_soft"), Sight.BOTH: ("fair", "fair_soft"), Sight.LOOKED: ("good", "good_soft")}


class MatrixModel(QAbstractTableModel):
    """Steps (or causes) by site."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def cell(self, index: _Index) -> Cell | None:
        """The cell at a place of the table."""
        if self.matrix is None or not index.isValid():
            return None
        return self.matrix.cells[index.row() * len(self.matrix.columns) + index.column()]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Steps."""
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Sites."""
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """What a cell says."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role == _DISPLAY:
            return words_of(cell)
        if role in (_TIP, _SPOKEN):
            return f"{self._row(index)}, {self._column(index)}: {words_of(cell) or wording.text('nothing')}"
        if role in (_GROUND, _INK) and cell.sight in _ROLES:
            return QColor(getattr(current.look(), _ROLES[cell.sight][role == _GROUND]))
        return Qt.AlignmentFlag.AlignCenter if role == _ALIGN else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """What a row or column is called."""
        if self.matrix is None or role not in (_DISPLAY, _TIP):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.matrix.columns[section][1] or wording.text("No place")
        return self.matrix.rows[section][1]

    def _row(self, index: _Index) -> str:
        return str(self.headerData(index.row(), Qt.Orientation.Vertical))

    def _column(self, index: _Index) -> str:
        return str(self.headerData(index.column(), Qt.Orientation.Horizontal))


def words_of(cell: Cell) -> str:
    """What a cell tells, in two lines; empty when there is nothing."""
    told = wording.plural("{n} complaint", "{n} complaints", cell.complaints)
    looked = wording.plural("{n} look", "{n} looks", cell.looked)
    return {
        Sight.BLIND: f"{told}\n{wording.text('never looked')}",
        Sight.BOTH: f"{told}\n{looked}",
        Sight.LOOKED: f"{wording.text('no complaint')}\n{looked}",
    }.get(cell.sight, "")
