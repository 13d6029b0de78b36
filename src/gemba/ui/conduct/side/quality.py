"""What is worth another look before concluding: for whoever fills, and nobody else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.links import Link
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.work.quality import Quality, quality

if TYPE_CHECKING:
    from gemba.ui.services import Services


class QualityBox(QWidget):
    """Time spent, and signs of haste, each of which leads to its question."""

    jumped = Signal(str)
    """The path of a question to go to."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quality")
        self._services = services
        self._asked: OpenSheet | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 6, 0, 0)
        self._rows.setSpacing(4)
        self.hide()

    def show_sheet(self, sheet: OpenSheet) -> None:
        """Look at a draft, beside the window; of what is concluded nothing is said."""
        self._asked = sheet
        if sheet.frozen:
            self.hide()
            return
        done = partial(self._show, sheet)
        self._services.jobs.ask(quality, self._services.desk, sheet.uid, done=done)

    def _show(self, sheet: OpenSheet, found: Quality) -> None:
        if sheet is not self._asked or sheet.frozen:
            return
        clear(self._rows)
        self.setVisible(bool(found.signals or found.seconds))
        if found.signals:
            self._rows.addWidget(Words(wording.text("Worth another look"), strong=True, parent=self))
            told = wording.text("Only you see this. It is kept nowhere.")
            self._rows.addWidget(Words(told, scale="small", tone="muted", wrap=True, parent=self))
        for number, signal in enumerate(found.signals):
            path = next((each for each in signal.paths if each), "")
            link = Link(signal.words, "", "eye", self)
            link.setObjectName(f"signal:{number}")
            link.setEnabled(bool(path))
            link.clicked.connect(partial(self._jump, path))
            self._rows.addWidget(link)
        if found.seconds:
            self._rows.addWidget(Words(_time(found), scale="small", tone="muted", wrap=True, parent=self))

    def _jump(self, path: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        self.jumped.emit(path)


def _time(found: Quality) -> str:
    minutes = max(1, round(found.seconds / 60))
    if found.budget_seconds is None:
        return wording.text("Time spent: {minutes} min.", minutes=minutes)
    return wording.text(
        "Time spent: {minutes} min of {budget} min planned.", minutes=minutes, budget=round(found.budget_seconds / 60)
    )
