"""On the page of a problem: a quiet line when patterns answer it, which opens them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services
from gemba.work.pattern_answers import Codes, answers_to


class AnswersRow(QWidget):
    """Takes no room while nothing answers.

    Args:
        services: of the window.
        codes: step, cause and place of what is looked at.
        name: beginning of the object name.
        parent: the owner.
    """

    def __init__(self, services: Services, codes: Codes, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._codes, self._name = services, codes, name
        self.row: LinkRow | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hide()
        services.changed.made.connect(self._hear)
        self.read()

    def read(self) -> None:
        """Look how many patterns answer."""
        if self._codes.step or self._codes.cause:
            self._services.jobs.ask(answers_to, self._services.desk, self._codes, done=self.show_count)

    def show_count(self, n: int) -> None:
        """Say how many there are."""
        if self.row is not None:
            self._rows.removeWidget(self.row)
            self.row.deleteLater()
            self.row = None
        self.setVisible(bool(n))
        if n:
            codes = self._codes
            self.row = LinkRow(
                wording.plural("{n} pattern answers this", "{n} patterns answer this", n),
                wording.text("Somebody has solved the like: see how, and what proves it"),
                name=f"{self._name}.patterns",
                icon="lightbulb",
                go=self._services.go,
                to=("playbook", f"patterns:find:{codes.step}:{codes.cause}:{codes.place}"),
                parent=self,
            )
            self._rows.addWidget(self.row)

    def _hear(self, change: Any) -> None:
        if isinstance(change, Change) and "pattern" in change.topics:
            self.read()
