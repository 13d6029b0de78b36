"""Sends by itself: what waits goes as soon as the stick, the share or the line is there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.services import Services

_EVERY_MS = 30_000
_SENT = Change(topics=frozenset({"pack", "assessment"}))


class Sending(QObject):
    """Looks now and then whether something waits that can go; one look at a time, and quiet about what cannot.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._under_way = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Send what is due, and take in what came back."""
        if not self._under_way:
            self._under_way = True
            self._services.jobs.errand(_look, self._services.desk, done=self._looked, failed=self._failed)

    def _looked(self, went: bool) -> None:  # noqa: FBT001 - what the job gives
        self._under_way = False
        if went:
            self._services.changed.tell(_SENT)

    def _failed(self, _error: GembaError) -> None:
        self._under_way = False  # the carrier's row says what is wrong


def _look(desk: Any) -> bool:
    """True when anything went or came."""
    from gemba.work.deliver import retry_due

    return any(not outcome.trouble for outcome in retry_due(desk).outcomes)
