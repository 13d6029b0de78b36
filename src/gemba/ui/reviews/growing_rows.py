"""Rows that grow: an empty one waits below the last that is filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.words import Words

_MOST = 12


class GrowingRows(QWidget):
    """The answers to why, one below the other.

    Args:
        name: beginning of object names: `name.1`, `name.2` ...
        parent: the owner.
    """

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows: list[QLineEdit] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.put(())

    @property
    def said(self) -> tuple[str, ...]:
        """What is written, without empty rows."""
        return tuple(row.text().strip() for row in self.rows if row.text().strip())

    def put(self, words: Sequence[str]) -> None:
        """Show these."""
        while len(self.rows) < len(words) + 1:
            self._add()
        for row, said in zip(self.rows, [*words, *[""] * len(self.rows)], strict=False):
            row.setText(said)

    def _add(self) -> None:
        number = len(self.rows) + 1
        line = QWidget(self)
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        mark = Words(wording.text("Why {n}", n=number), tone="muted", scale="small", parent=line)
        mark.setMinimumWidth(44)
        row = QLineEdit(line)
        row.setObjectName(f"{self.objectName()}.{number}")
        row.setAccessibleName(wording.text("Why {n}", n=number))
        row.setPlaceholderText(wording.text("Because …"))
        row.textChanged.connect(self._grow)
        on_enter(self._next, row)
        across.addWidget(mark)
        across.addWidget(row, 1)
        self._column.addWidget(line)
        self.rows.append(row)

    @Slot()
    def _grow(self) -> None:
        if self.rows[-1].text().strip() and len(self.rows) < _MOST:
            self._add()
        self.changed.emit()

    @Slot()
    def _next(self) -> None:
        at = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1)
        if 0 <= at < len(self.rows) - 1:
            self.rows[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
