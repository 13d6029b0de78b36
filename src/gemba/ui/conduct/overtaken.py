"""Another program (the command line, say) has changed answers of the walk that is open: noticed, not written over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gemba.domain.change import Change
from gemba.ui.conduct.sheet import OpenSheet
from gemba.work.conduct import open_sheet

if TYPE_CHECKING:
    from gemba.forms.filling import Fill
    from gemba.ui.services import Services
    from gemba.work.conduct import Sheet

Said = tuple[dict[str, str], dict[str, str]]
"""Answers that somebody gave, and notes; by path."""


class Overtaken(QObject):
    """Holds what stands on the open sheet against what the store says, when another program has written answers.

    Args:
        services: of the window.
        sheet: that is open; this ends with it.
    """

    seen = Signal()
    """The store says something else than the sheet."""

    def __init__(self, services: Services, sheet: OpenSheet) -> None:
        super().__init__(sheet)
        self._services, self._sheet = services, sheet
        self._waits = False
        services.changed.elsewhere.connect(self._hear)
        sheet.saving.settled.connect(self._go_on)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "answer" in change.topics and not self._sheet.frozen:
            self._look()

    @Slot()
    def _go_on(self) -> None:
        if self._waits:
            self._look()

    def _look(self) -> None:
        """Read what the store says, once everything that was given here is in it."""
        self._waits = self._sheet.saving.busy() or bool(self._sheet.saving.failures())
        if not self._waits:
            here = _said(self._sheet.fill, self._sheet.notes)
            done = partial(self._compare, here)
            self._services.jobs.ask(open_sheet, self._services.desk, self._sheet.uid, done=done)

    def _compare(self, here: Said, there: Sheet) -> None:
        if _said(self._sheet.fill, self._sheet.notes) != here:  # something was given meanwhile
            self._look()
        elif _said(there.fill, there.notes) != here:
            self.seen.emit()


def _said(fill: Fill, notes: Mapping[str, str]) -> Said:
    given = {path: value for path, (value, origin) in fill.answers().items() if origin == "given"}
    return given, {path: words for path, words in notes.items() if words}
