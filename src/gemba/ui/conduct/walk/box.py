"""One line in the side panel that leads to the stops of the walk and what was noted there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.walk.records import WalkRecords
from gemba.ui.parts.cards import clear
from gemba.ui.parts.links import LinkRow


class WalkBox(QWidget):
    """Hidden where nothing is walked and nothing noted."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conduct.walk")
        self._shown: tuple[str, str, int] | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_walk(self, records: WalkRecords) -> None:
        """Tell of the route and how much was noted."""
        title = records.route.route.title if records.route is not None else wording.text("What is seen and heard")
        under = wording.plural("{n} stop", "{n} stops", len(records.stops)) if records.stops else ""
        told = (title, under, len(records.observations))
        self.setVisible(records.offered)
        if told == self._shown:
            return
        self._shown = told
        clear(self._rows)
        line = LinkRow(
            title,
            under,
            badge=(wording.text("{n} noted", n=told[2]), "accent") if told[2] else ("", ""),
            icon="route" if records.stops else "notebook-pen",
            name="conduct.walk.open",
            parent=self,
        )
        line.pressed.connect(self.opened)
        self._rows.addWidget(line)
