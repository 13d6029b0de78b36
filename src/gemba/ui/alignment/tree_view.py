"""The tree of what is critical to quality, drawn as wide as there is room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.tree_shapes import DrawnTree, draw_tree
from gemba.ui.parts.picture import PictureView

_PIXELS = 3.78
"""To the millimetre, at the size at which a drawing is made."""


class TreeView(PictureView):
    """A tree, drawn anew for every width.

    Args:
        tree: what it shows.
        parent: the owner.
    """

    def __init__(self, tree: DrawnTree, parent: QWidget | None = None) -> None:
        super().__init__("goals.tree", wording.text("Tree of what is critical to quality"), parent)
        self._tree = tree
        self._drawn_for = 0
        self.show_picture(draw_tree(tree, 110))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay it out for the new width."""
        if event.size().width() != self._drawn_for:
            self._drawn_for = event.size().width()
            self.show_picture(draw_tree(self._tree, self._drawn_for / _PIXELS))
        super().resizeEvent(event)
