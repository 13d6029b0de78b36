"""List and detail: side by side where there is room, one above the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from gemba.ui.lists.panel import ListPanel

_NARROW = 860
_LEFT, _RIGHT = 640, 400


class Split(QSplitter):
    """Two cards with a handle between them.

    Args:
        left: the list; while it has nothing to choose from, it stands alone.
        right: the detail.
        name: object name.
        parent: the owner.
    """

    def __init__(self, left: ListPanel, right: QWidget, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(16)
        for widget, stretch in ((left, 3), (right, 2)):
            card = QFrame(self)
            card.setProperty("look", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.addWidget(widget)
            self.addWidget(card)
            self.setStretchFactor(self.count() - 1, stretch)
        self.setSizes([_LEFT, _RIGHT])
        self._detail = card
        left.emptied.connect(self._stand_alone)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Turn when there is no room side by side."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.setSizes([event.size().height() // 2] * 2 if narrow else [_LEFT, _RIGHT])

    @Slot(bool)
    def _stand_alone(self, alone: bool) -> None:  # noqa: FBT001 - a signal's value
        self._detail.setVisible(not alone)
