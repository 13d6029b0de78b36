"""A table over integer keys: lines are read when they are looked at, and kept for a while."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gemba.ui.lists.columns import Column
from gemba.ui.lists.source import Source

PAGE = 32
"""Lines read at a time when a line is asked for alone."""
_KEPT = 8192
"""Lines kept at most; the ones that were read first go first."""

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole
_HORIZONTAL = Qt.Orientation.Horizontal
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole

Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractTableModel):
    """Lines of a source, one a row.

    Args:
        source: where lines come from.
        columns: all columns; which are shown is the view's matter.
        parent: the owner.
    """

    def __init__(self, source: Source, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._keys = array("q")
        self._lines: dict[int, Any] = {}

    def show_keys(self, keys: array[int], first: Sequence[Any] = ()) -> None:
        """Show these lines; `first` are the lines of the first keys, already read."""
        if keys == self._keys:
            self.refresh(first)
            return
        self.beginResetModel()
        self._keys = keys
        self._forget(first)
        self.endResetModel()

    def refresh(self, first: Sequence[Any] = ()) -> None:
        """Read again what is looked at; the keys are the same."""
        self._forget(first)
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self.columns) - 1))

    def key(self, row: int) -> int:
        """The key of a row."""
        return self._keys[row]

    def keys(self) -> array[int]:
        """All keys, in order."""
        return self._keys

    def row_of(self, key: int) -> int:
        """The row of a key; -1 when it is not here."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def line(self, row: int) -> Any:
        """The line of a row, read now if need be; `None` when it is gone."""
        key = self._keys[row]
        if key not in self._lines:
            self.prepare(row, row + PAGE - 1)
        return self._lines[key]

    def prepare(self, first: int, last: int) -> None:
        """Read the lines of these rows that are not at hand, in one go; rows beyond the ends are left out."""
        missing = [key for key in self._keys[max(0, first) : last + 1] if key not in self._lines]
        if not missing:
            return
        if len(self._lines) + len(missing) > _KEPT:
            for key in list(self._lines)[: _KEPT // 2]:
                del self._lines[key]
        self._lines |= dict.fromkeys(missing)
        self._lines |= {line.id: line for line in self._source.lines(missing)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell says; the delegate paints from the line itself."""
        if role not in (_DISPLAY, _ACCESSIBLE, _TOOL_TIP):
            return None
        line = self.line(index.row())
        if line is None:
            return None
        column = self.columns[index.column()]
        said = column.words(line)
        if column.under is not None and role != _DISPLAY:
            return f"{said}\n{column.under(line)}"
        return said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802 - Qt's name
        """The column's title, aligned as its cells are."""
        if orientation != _HORIZONTAL:
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title()
        if role == _ALIGNMENT:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _forget(self, first: Sequence[Any]) -> None:
        self._lines = {line.id: line for line in first}
