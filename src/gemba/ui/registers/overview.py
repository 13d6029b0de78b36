"""Which registers there are, and how each stands."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.kinds.registers.registry import ALL
from gemba.ui.parts.cards import clear, column, scrolled
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services
from gemba.work.registers import RegisterCount, counts

_WIDEST = 900


class Overview(QWidget):
    """A row for each register.

    Args:
        services: of the window.
        parent: the owner.
    """

    chosen = Signal(str)
    """A register was chosen; carries its code."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registers.overview")
        self._services = services
        self.counts: tuple[RegisterCount, ...] = ()
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scrolled(column(inner, widest=_WIDEST), name="registers.overview.area"))
        services.changed.made.connect(self._hear)

    def ask(self) -> None:
        """Read how they stand."""
        self._services.jobs.errand(counts, self._services.desk, done=self._came)

    def _hear(self, change: Any) -> None:
        if "register_entry" in change.topics and self.counts:
            self.ask()

    def _came(self, found: tuple[RegisterCount, ...]) -> None:
        self.counts = found
        clear(self._rows)
        for one in found:
            row = LinkRow(
                wording.text(ALL[one.code].title),
                wording.text(ALL[one.code].purpose),
                badge=_badge(one),
                name=f"registers.of.{one.code}",
                icon="book-marked",
                parent=self,
            )
            row.pressed.connect(partial(self.chosen.emit, one.code))
            self._rows.addWidget(row)


def _badge(one: RegisterCount) -> tuple[str, str]:
    if one.due:
        return wording.plural("{n} due", "{n} due", one.due), "poor"
    if one.open:
        return wording.plural("{n} open", "{n} open", one.open), "accent"
    return (wording.plural("{n} entry", "{n} entries", one.entries), "plain") if one.entries else ("", "")
