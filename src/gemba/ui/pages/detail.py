"""The right half of a page: one record, read beside the window and shown when it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services

_MOVING_MS = 70


class Detail(QStackedWidget):
    """Shows the facts of one record.

    Args:
        services: of the window.
        read: `read(desk, uid)` gives the facts, on a job's thread.
        draw: `draw(facts)` puts widgets into `body`.
        name: object name.
        nothing: shown while no record is chosen.
        topics: nouns whose changes make it read again.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        *,
        read: Callable[[Any, str], Any],
        draw: Callable[[Any], None],
        name: str,
        nothing: EmptyState,
        topics: frozenset[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.uid = ""
        self._services, self._read, self._draw, self._topics = services, read, draw, topics
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(20, 18, 20, 20)
        self.body.setSpacing(14)
        self._area = scrolled(inner, name=f"{name}.area")
        self.addWidget(nothing)
        self.addWidget(self._area)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_MOVING_MS)
        self._moving.timeout.connect(self._ask)
        services.changed.made.connect(self.hear)

    def open(self, uid: str) -> None:
        """Show a record; running through a list reads only where one stays."""
        if uid == self.uid:
            return
        self.uid = uid
        if uid:
            self._moving.start()
        else:
            self.setCurrentIndex(0)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll as far as needed to see a part of the record."""
        self._area.ensureWidgetVisible(part, 0, 24)

    @Slot(object)
    def hear(self, change: Any) -> None:
        """Read again what has changed."""
        if self.uid and change.topics & self._topics:
            self._moving.start()

    @Slot()
    def _ask(self) -> None:
        uid = self.uid
        self._services.jobs.errand(self._read, self._services.desk, uid, done=partial(self._came, uid))

    def _came(self, uid: str, facts: Any) -> None:
        if uid != self.uid:
            return
        if facts is None:
            self.setCurrentIndex(0)
            return
        scroll = self._area.verticalScrollBar().value()
        clear(self.body)
        self._draw(facts)
        self.body.addStretch(1)
        self.setCurrentIndex(1)
        self._area.verticalScrollBar().setValue(scroll)
