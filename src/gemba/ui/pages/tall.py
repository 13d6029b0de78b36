"""What stands above a list, and the list: they share the height, and scroll together where a window is too low."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gemba.ui.pages.split import Split
from gemba.ui.parts.cards import scrolled

_OFF_THE_BAR = 10
"""Pixels between cards and the bar that scrolls them."""


def above_a_list(*parts: QWidget, split: Split, name: str) -> QScrollArea:
    """The parts as high as they need to be, and below them the list with all the height that is left.

    Args:
        *parts: cards above the list; those that are hidden take no room.
        split: the list and its detail; never squeezed below what can be read.
        name: object name of the area that scrolls.
    """
    split.share_height()
    inner = _Inner(*parts, split)
    area = scrolled(inner, name=name)
    area.verticalScrollBar().rangeChanged.connect(inner.make_way)
    return area


class _Inner(QWidget):
    """What scrolls; it keeps off the scroll bar while there is one."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        for part in parts:
            self._rows.addWidget(part)
        self._rows.setStretchFactor(parts[-1], 1)

    @Slot(int, int)
    def make_way(self, least: int, most: int) -> None:
        """Leave room for the bar on the side on which it is."""
        room = _OFF_THE_BAR if most > least else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._rows.setContentsMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)
