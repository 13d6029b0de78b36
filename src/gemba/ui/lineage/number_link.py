"""A number in a sentence of its own that leads to the records behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.showing import show_behind
from gemba.ui.parts.flow import Flow


class NumberLink(QPushButton):
    """Looks and acts as a link: by click, Enter or space.

    Args:
        behind: what is behind it; its number is what is read.
        name: object name.
        words: what stands there in place of the bare number.
        parent: the owner.
    """

    def __init__(self, behind: Behind, *, name: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words or behind.number, parent)
        self.behind = behind
        self.setObjectName(name)
        self.setProperty("look", "number")
        self.setAccessibleName(behind.spoken)
        self.setToolTip(behind.tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)
        self.clicked.connect(self.follow)

    def numbers(self) -> list[Behind]:
        """What it leads to."""
        return [self.behind]

    @Slot()
    def follow(self) -> None:
        """Go to what is behind it."""
        show_behind(self, self.behind)


class NumberLinks(QWidget):
    """Several numbers, each with its word; they run on to the next line where there is no room.

    Args:
        name: beginning of the object names.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._flow = Flow(self)
        self._links: list[NumberLink] = []

    def put(self, *found: Behind) -> None:
        """Show these in place of what was there; numbers that are nothing are left out."""
        for old in self._links:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = [
            NumberLink(one, name=f"{self.objectName()}.{at}", words=f"{one.number} {one.title}".strip(), parent=self)
            for at, one in enumerate(found)
            if one.count != 0
        ]
        for link in self._links:
            self._flow.addWidget(link)
            link.show()
        self.setVisible(bool(self._links))
