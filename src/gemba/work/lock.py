"""The lock: after a while without a touch the store is closed and its key forgotten, until the person is back.

Closed means that the connections with their decrypted pages are gone, and that neither this nor any desk holds the
key. What was typed is kept before, answer by answer, so that nothing is lost by it.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

from gemba.errors import Refusal
from gemba.store import keys
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk

MINUTES = 15
"""Without a touch, unless the person wishes otherwise; 0 never locks."""
_SETTING = "lock.minutes"
_LONGEST = 24 * 60

Before = Callable[[Desk], None]
"""Keeps what is being typed; called before the store is closed."""


def minutes_of(desk: Desk) -> int:
    """After how many minutes without a touch the store is locked; 0: never."""
    with desk.reader() as reader:
        kept = reader.setting(_SETTING)
    return MINUTES if kept is None else int(kept)


def set_minutes(desk: Desk, minutes: int) -> None:
    """Choose after how many minutes the store is locked; 0 for never.

    Raises:
        Refusal: `work.lock_minutes`.
    """
    if not 0 <= minutes <= _LONGEST:
        raise Refusal("work.lock_minutes", longest=_LONGEST)
    with desk.unit() as unit:
        unit.set_setting(_SETTING, minutes)


class Lock:
    """Holds a desk while somebody works at it, and nothing of it while it is locked. Any thread may use it.

    Args:
        desk: the open desk; from now on the lock's, which gives it out.
        running: seconds that the machine has run, whatever its clock is set to, sleep included where it tells that.
        before: keeps what is being typed, before the store is closed.
    """

    def __init__(
        self, desk: Desk, *, running: Callable[[], float] | None = None, before: Before = lambda _desk: None
    ) -> None:
        self._running = running or _running
        self._before = before
        self._guard = threading.RLock()
        self._desk: Desk | None = desk
        self._folder, self._clock, self._ids = desk.store.folder, desk.clock, desk.ids
        self._minutes = 0 if keys.read(desk.store.folder).demo else minutes_of(desk)
        self._touched = self._running()

    @property
    def folder(self) -> Path:
        """Of the store."""
        return self._folder

    @property
    def is_locked(self) -> bool:
        """True when the store is closed."""
        return self._desk is None

    @property
    def desk(self) -> Desk:
        """The open desk.

        Raises:
            Refusal: `work.locked`.
        """
        with self._guard:
            if self._desk is None:
                raise Refusal("work.locked")
            return self._desk

    def touch(self) -> None:
        """Somebody is there: a key, the pointer, a finger."""
        self._touched = self._running()

    def wish(self, minutes: int) -> None:
        """Lock after so many minutes from now on (`set_minutes` keeps it); 0: never."""
        self._minutes = minutes
        self.touch()

    def seconds_left(self) -> float | None:
        """Until it locks; `None` when it never does, or has."""
        if self._minutes == 0 or self._desk is None:
            return None
        return max(0.0, self._minutes * 60 - (self._running() - self._touched))

    def look(self) -> bool:
        """Lock if it is time; true when it has just locked. For a timer."""
        left = self.seconds_left()
        if left is None or left > 0:
            return False
        self.lock()
        return True

    def lock(self) -> None:
        """Keep what is being typed, close the store, forget its key; twice does no harm.

        What fails in keeping leaves it open, and is raised: a draft counts for more than a lock.
        """
        with self._guard:
            if self._desk is None:
                return
            self._before(self._desk)
            self._desk.store.forget()
            self._desk = None
        gc.collect()  # what held decrypted pages goes now, not some day

    def unlock(self, passphrase: str | None = None) -> Desk:
        """Open the store again, with its passphrase or with the system's keyring.

        Raises:
            Trouble: as `open_desk`; it stays locked then.
        """
        with self._guard:
            if self._desk is None:
                self._desk = open_desk(self._folder, clock=self._clock, ids=self._ids, passphrase=passphrase)
                self._minutes = minutes_of(self._desk)
            self.touch()
            return self._desk


def _running() -> float:
    """Seconds that the machine has run; on Linux the time asleep counts, so that a closed lid locks, too."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()
