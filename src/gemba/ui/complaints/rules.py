"""What a steward sets for complaints: the targets of the clock, and the vocabularies."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.complaints.targets import TargetsCard
from gemba.ui.complaints.vocabulary import VocabularyCard
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.services import Services


class Rules(QWidget):
    """Both cards, and the way back to the list.

    Args:
        services: of the window.
        places: names of places.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, places: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        back = Button(
            wording.text("Back to the complaints"),
            name="complaints.rules.back",
            icon="arrow-left",
            look="quiet",
            run=self.leave,
            parent=self,
        )
        self.targets, self.vocabulary = TargetsCard(services, places, self), VocabularyCard(services, self)
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.targets)
        rows.addWidget(self.vocabulary)

    def read(self) -> None:
        """Read both."""
        self.targets.read()
        self.vocabulary.read()

    @Slot()
    def leave(self) -> None:
        """Back to the list."""
        self.left.emit()
