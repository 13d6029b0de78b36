"""Who walks, in the order of turns: ticked people stand above, and Alt with the arrows moves them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from gemba import wording

_ROW, _MOST = 34, 6


class WalkerList(QListWidget):
    """People to tick; the order of those that are ticked is the order of turns.

    Args:
        name: object name.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "ticks")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setToolTip(wording.text("Space ticks; Alt and the arrows move."))

    def offer(self, people: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Offer these people; the chosen ones come first, ticked, in their order."""
        self.clear()
        names = dict(people)
        for uid in (*(each for each in chosen if each in names), *(each for each in names if each not in chosen)):
            item = QListWidgetItem(names[uid])
            item.setData(Qt.ItemDataRole.UserRole, uid)
            item.setSizeHint(QSize(0, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if uid in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setFixedHeight(_ROW * max(2, min(_MOST, self.count())) + 14)

    def chosen(self) -> tuple[str, ...]:
        """Uids of those that are ticked, in their order."""
        items = [item for at in range(self.count()) if (item := self.item(at)) is not None]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt with an arrow moves the row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not step or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        if 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)
        event.accept()
