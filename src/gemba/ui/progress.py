"""How long work says how far it is, and hears that it is no longer wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Cancelled(Exception):
    """Raised inside a job at its next step after it was cancelled."""


class Progress:
    """Handed to a job by `Jobs`; used on the job's own thread.

    Args:
        told: called with (done, total, words) at most thirty times a second, and for the last step.
    """

    def __init__(self, told: Callable[[int, int, str], None] | None = None) -> None:
        self._told = told
        self._stop = threading.Event()
        self._last = 0.0

    def step(self, done: int = 0, total: int = 0, words: str = "") -> None:
        """Say that `done` of `total` is done (0 when unknown); raises `Cancelled` when nobody waits any more."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if self._told is not None and (now - self._last > 1 / 30 or done == total):
            self._last = now
            self._told(done, total, words)

    __call__ = step

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def again(self) -> None:
        """Somebody wants the job after all: it is begun anew."""
        self._stop.clear()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked the job to stop."""
        return self._stop.is_set()
