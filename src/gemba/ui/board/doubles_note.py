"""While a new action is written: open ones that may be the same."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.cards import clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.action_doubles import Double, doubles, why

_PAUSE_MS = 300
_SHORTEST = 8


class DoublesNote(QFrame):
    """Shown while there are any; nothing is merged without a person.

    Args:
        services: of the window.
        about: uid of the finding or cause analysis that the action is for.
        parent: the owner.
    """

    def __init__(self, services: Services, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("action.doubles")
        self._services, self._about, self._words = services, about, ""
        self.found: tuple[Double, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.hide()

    def look_for(self, words: str) -> None:
        """Look for actions like these words, once nobody types."""
        self._words = words
        self._pause.start()

    def show_found(self, words: str, found: tuple[Double, ...]) -> None:
        """Show what was found, unless more was typed meanwhile."""
        if words != self._words:
            return
        self.found = found
        clear(self._rows)
        self.setVisible(bool(found))
        if found:
            said = wording.text("This may be on its way already; look before you add it.")
            self._rows.addWidget(Words(said, tone="fair", strong=True, wrap=True, parent=self))
        for one in found:
            row = LinkRow(
                one.text,
                f"{one.number} · {one.owner} · {why(one)}",
                name=f"action.double.{one.uid}",
                icon="list-checks",
                go=self._services.go,
                to=("actions", one.uid),
                parent=self,
            )
            self._rows.addWidget(row)

    @Slot()
    def _ask(self) -> None:
        words = self._words
        if len(words.strip()) < _SHORTEST:
            self._services.jobs.call_off(self.show_found)
            self.show_found(words, ())
            return
        desk, jobs = self._services.desk, self._services.jobs
        jobs.ask(doubles, desk, self._about, words, done=partial(self.show_found, words))
