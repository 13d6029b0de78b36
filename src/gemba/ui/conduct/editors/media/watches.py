"""Stopwatches of one open assessment. They run on whether their row is on the screen or not."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject


class Watch:
    """One stopwatch.

    Args:
        now: seconds that only grow.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._before = 0.0
        self._since: float | None = None
        self.laps: list[float] = []
        """Seconds of each lap."""

    @property
    def running(self) -> bool:
        """True while it runs."""
        return self._since is not None

    @property
    def seconds(self) -> float:
        """How long it ran in all."""
        return self._before + (self._now() - self._since if self._since is not None else 0.0)

    @property
    def lap_seconds(self) -> float:
        """How long the lap lasts that is under way."""
        return self.seconds - sum(self.laps)

    def start(self) -> None:
        """Run on from where it stopped."""
        if self._since is None:
            self._since = self._now()

    def stop(self) -> None:
        """Stand still."""
        self._before, self._since = self.seconds, None

    def lap(self) -> None:
        """A lap ends here and the next one begins."""
        if self.running:
            self.laps.append(self.lap_seconds)

    def reset(self) -> None:
        """Back to zero."""
        self._before, self._since, self.laps = 0.0, None, []


class Watches(QObject):
    """The stopwatches by path of their questions.

    Args:
        parent: the open assessment; they live and end with it.
        now: seconds that only grow.
    """

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.now = now
        self._known: dict[str, Watch] = {}
        renumbered = getattr(parent, "renumbered", None)
        if renumbered is not None:
            renumbered.connect(self._rename)

    def of(self, path: str) -> Watch:
        """The stopwatch of a question."""
        return self._known.setdefault(path, Watch(self.now))

    def _rename(self, rename: Callable[[str], str | None]) -> None:
        """Repeats have other numbers: the watches go with their questions."""
        moved = {rename(path): watch for path, watch in self._known.items()}
        self._known = {path: watch for path, watch in moved.items() if path is not None}


def watches_of(sheet: QObject) -> Watches:
    """The stopwatches of an open assessment."""
    found = sheet.findChild(Watches)
    return found if isinstance(found, Watches) else Watches(sheet)
