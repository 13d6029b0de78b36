"""Counts the time that somebody is at an open assessment; pauses are left out."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_STEP = 15_000
"""Milliseconds between two looks."""
_STILL_THERE = 90.0
"""Seconds after an answer or a step that still count: somebody looks and writes. What is longer is a pause."""


class ActiveTime(QObject):
    """Adds up seconds while a page is shown and somebody is at it.

    Args:
        page: that must be visible.
        spent: called with whole seconds, now and then and at the end.
        clock: seconds that only go forward.
    """

    def __init__(self, page: QWidget, spent: Callable[[int], object], clock: Callable[[], float] = monotonic) -> None:
        super().__init__(page)
        self._page, self._spent, self._clock = page, spent, clock
        self._looked = self._touched = clock()
        self._seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Somebody opens an assessment."""
        self._looked = self._touched = self._clock()
        self._seconds = 0.0
        self._timer.start()

    def look(self) -> None:
        """Count the time since the last look, as far as somebody was at it, and hand over whole minutes."""
        now = self._clock()
        until = min(now, self._touched + _STILL_THERE)
        if self._page.isVisible():
            self._seconds += max(0.0, until - self._looked)
        self._looked = now
        if self._seconds >= 60:
            self._hand_over()

    def end(self) -> None:
        """Hand over what was counted; the assessment is left."""
        if self._timer.isActive():
            self.look()
            self._hand_over()
            self._timer.stop()

    def touch(self, *_: object) -> None:
        """Somebody went somewhere, or answered."""
        self.look()
        self._touched = self._clock()

    def _hand_over(self) -> None:
        whole = int(self._seconds)
        self._seconds -= whole
        if whole:
            self._spent(whole)
