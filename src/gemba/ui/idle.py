"""Notices that nobody has touched the window for a while, and has the store locked then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gemba.store import keys
from gemba.work.desk import Desk
from gemba.work.lock import Lock

_EVERY_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Watches one open store.

    Args:
        app: all of whose input counts as a touch.
        desk: of the store.
        lock_now: keeps what is typed, and locks.
    """

    def __init__(self, app: QApplication, desk: Desk, lock_now: Callable[[], None]) -> None:
        super().__init__(app)
        known = keys.read(desk.store.folder)
        self.lock = Lock(desk)
        self.may_lock = not known.demo
        self.asks_passphrase = keys.opens_anywhere(known)
        self._app, self._lock_now = app, lock_now
        self._timer = QTimer(self)
        self._timer.setObjectName("idle")
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if self.may_lock:
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)
        self.deleteLater()

    @Slot()
    def look(self) -> None:
        """Lock if nobody has been there for long enough."""
        if self.lock.seconds_left() == 0:
            self._lock_now()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Every key, click and movement is a touch; nothing is held back."""
        if event.type() in _TOUCHES:
            self.lock.touch()
        return False
