"""A table over integer keys: pages of lines are read when they are looked at, and kept for a while."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gemba.ui.lists.columns import Column
from gemba.ui.lists.source import Source

PAGE = 64
"""Lines read at a time."""
_KEPT_PAGES = 128

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
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

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
        page, place = divmod(row, PAGE)
        lines = self._pages.get(page)
        if lines is None:
            lines = self._read(page)
        return lines[place] if place < len(lines) else None

    def fetch(self, row: int) -> None:
        """Have the page around a row at hand."""
        page = row // PAGE
        if 0 <= row < len(self._keys) and page not in self._pages:
            self._read(page)

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

    def _read(self, page: int) -> list[Any]:
        start = page * PAGE
        wanted = self._keys[start : start + PAGE]
        found = {line.id: line for line in self._source.lines(wanted)}
        lines = [found.get(key) for key in wanted]
        self._pages[page] = lines
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return lines

    def _forget(self, first: Sequence[Any]) -> None:
        self._pages.clear()
        page = list(first[:PAGE])
        if page and [line.id for line in page] == self._keys[:PAGE].tolist():
            self._pages[0] = page
