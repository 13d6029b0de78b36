"""List and detail: side by side where there is room, one above the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gemba.ui.lists.panel import ListPanel

_NARROW, _NARROW_AND_LOW = 860, 640
"""Pixels across below which the two stand above one another: usually, and where they would have no height for that."""
_LOW = 540
"""Pixels of height below which neither of two that stand above one another shows anything."""
_LEAST, _LEAST_OF_TWO = 360, 640
"""Pixels of height below which a list shows too few rows: beside its detail, and above it."""
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
        self._detail, self._alone = card, False
        self._right, self._shares = right, False
        left.emptied.connect(self._stand_alone)
        if isinstance(right, QStackedWidget):
            right.currentChanged.connect(self._show_detail)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Where it has a least height, it asks for no more: what there is besides, it gets anyhow."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight() or hint.height())

    def share_height(self) -> None:
        """Something stands above it that needs height, too: never be squeezed below what can be read."""
        self._shares = True
        self.setMinimumHeight(_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Turn when there is no room side by side; on a low screen there is none above one another either."""
        super().resizeEvent(event)
        if self._shares:
            self.setMinimumHeight(_LEAST_OF_TWO if event.size().width() < _NARROW else _LEAST)
        narrow = event.size().width() < (_NARROW_AND_LOW if self._is_low() else _NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.setSizes([event.size().height() // 2] * 2 if narrow else [_LEFT, _RIGHT])
        self._show_detail()

    def _is_low(self) -> bool:
        return self.height() < _LOW

    @Slot(bool)
    def _stand_alone(self, alone: bool) -> None:  # noqa: FBT001 - a signal's value
        self._alone = alone
        self._show_detail()

    @Slot()
    def _show_detail(self) -> None:
        """On a low screen the list has all the room until something is chosen."""
        says_nothing = isinstance(self._right, QStackedWidget) and self._right.currentIndex() == 0
        self._detail.setVisible(not self._alone and not (self._is_low() and says_nothing))
