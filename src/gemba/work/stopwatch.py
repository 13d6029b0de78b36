"""The stopwatch: laps over the elements of the work, by a clock that nobody can set.

It keeps nothing itself: what it gives (`Taken`) is kept at once by `gemba.work.time_taking.take`, so that a crash
costs no lap that was pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from gemba.domain.record import Uid
from gemba.wording import text

SHORTEST = 0.1
"""Seconds; a lap below is a key pressed twice, and no time."""
STANDSTILL = 5.0
"""Seconds between two looks at the clock, after which the laptop has stood still: asleep, or stuck."""
_DRIFT = 1.0
"""Seconds by which the two clocks may come apart without a sleep."""


def through_sleep() -> float:
    """Seconds that go on while the laptop sleeps, where the system has such a clock; else those of `monotonic`."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Clocks(msgspec.Struct, frozen=True):
    """Two clocks that only go forward, whatever anybody sets the computer's clock to."""

    awake: Callable[[], float] = time.monotonic
    through_sleep: Callable[[], float] = through_sleep


class WatchState(StrEnum):
    """What the watch does."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FOREIGN = "foreign"
    """Something happens between that is no part of the work; its time is measured apart."""


class Taken(msgspec.Struct, frozen=True):
    """A time that was taken, as it is to be kept."""

    reading: Uid
    element: Uid
    cycle: int
    seconds: float
    left_out: str = ""


class Stopwatch:
    """Times element after element, cycle after cycle.

    Args:
        elements: uids, in the order in which they are done.
        ids: makes uids.
        cycle: number of the first cycle.
        clocks: of this laptop.
    """

    def __init__(
        self, elements: Sequence[Uid], ids: Callable[[], Uid], cycle: int = 1, clocks: Clocks | None = None
    ) -> None:
        self.elements = tuple(elements)
        self.cycle = cycle
        self.at = 0
        """Which element is timed, from 0."""
        self.state = WatchState.READY
        self._ids, self._clocks = ids, clocks or Clocks()
        self._laps: list[Taken] = []
        self._again: list[Uid] = []
        self._done: dict[int, set[Uid]] = {}
        self._held = self._since = self._foreign_since = 0.0
        self._looked = self._clocks.awake()
        self._apart = self._clocks.through_sleep() - self._looked

    @property
    def element(self) -> Uid:
        """The one that is timed."""
        return self.elements[self.at]

    @property
    def last(self) -> Taken | None:
        """The last lap of this sitting."""
        return self._laps[-1] if self._laps else None

    @property
    def seconds(self) -> float:
        """Of the element so far, without pauses and what was foreign."""
        running = self.state is WatchState.RUNNING
        return self._held + (self._clocks.awake() - self._since if running else 0.0)

    @property
    def foreign_seconds(self) -> float:
        """Of what is foreign, so far."""
        return self._clocks.awake() - self._foreign_since if self.state is WatchState.FOREIGN else 0.0

    def start(self) -> None:
        """Begin, or go on after a pause."""
        if self.state in (WatchState.READY, WatchState.PAUSED):
            self._run()

    def lap(self) -> Taken | None:
        """The element is done: its time, and on to the next; `None` when nothing runs, or it was too short."""
        seconds = self.seconds
        if self.state is not WatchState.RUNNING or seconds < SHORTEST:
            return None
        uid = self._again.pop() if self._again else self._ids()
        taken = Taken(uid, self.element, self.cycle, round(seconds, 2))
        self._laps.append(taken)
        self._done.setdefault(self.cycle, set()).add(self.element)
        self._held = 0.0
        self._run()
        self._go_on()
        return taken

    def back(self) -> Taken | None:
        """Take the last lap back: its element goes on as if the key had not been pressed; `None` when there is none."""
        if not self._laps or self.state is WatchState.FOREIGN:
            return None
        taken = self._laps.pop()
        self._again.append(taken.reading)
        self._done[taken.cycle].discard(taken.element)
        self._held = 0.0 if self.state is WatchState.READY else self._held + taken.seconds
        self.at, self.cycle = self.elements.index(taken.element), taken.cycle
        return msgspec.structs.replace(taken, left_out=text("Taken back"))

    def choose(self, at: int) -> bool:
        """What is timed now is another element, from 0; `False` when there is none of this number."""
        if not 0 <= at < len(self.elements):
            return False
        self.at = at
        return True

    def next_cycle(self) -> bool:
        """What is timed now belongs to the next cycle; `False` while this one has no time."""
        if not self._done.get(self.cycle):
            return False
        self.cycle, self.at = self.cycle + 1, 0
        return True

    def leave_out(self, why: str) -> Taken | None:
        """Let the last lap not count; with an empty `why` it counts again."""
        if not self._laps:
            return None
        self._laps[-1] = msgspec.structs.replace(self._laps[-1], left_out=why.strip())
        return self._laps[-1]

    def pause(self) -> None:
        """Hold the time."""
        if self.state is WatchState.RUNNING:
            self._held, self.state = self.seconds, WatchState.PAUSED

    def foreign(self) -> Taken | None:
        """Something foreign begins, or ends: then its time, which does not count, and the element goes on."""
        if self.state is WatchState.RUNNING:
            self._held, self.state = self.seconds, WatchState.FOREIGN
            self._foreign_since = self._clocks.awake()
            return None
        if self.state is not WatchState.FOREIGN:
            return None
        seconds = round(self.foreign_seconds, 2)
        self._run()
        if seconds < SHORTEST:
            return None
        return Taken(self._ids(), self.element, self.cycle, seconds, text("Foreign to the work"))

    def look(self) -> float | None:
        """Look at the clocks, at least every second: for how long the laptop stood still, `None` if it did not.

        The time that was running then is not known any more and is dropped; a cycle that had begun stays as it is,
        and the next begins.
        """
        now = self._clocks.awake()
        apart = self._clocks.through_sleep() - now
        slept, gap = apart - self._apart, now - self._looked
        self._looked, self._apart = now, apart
        still = (slept if slept > _DRIFT else 0.0) + (gap if gap > STANDSTILL else 0.0)
        if not still or self.state not in (WatchState.RUNNING, WatchState.FOREIGN):
            return None
        self._held, self.state = 0.0, WatchState.READY
        self._again.clear()
        self.next_cycle()
        self.at = 0
        return still

    def _run(self) -> None:
        self._since, self.state = self._clocks.awake(), WatchState.RUNNING

    def _go_on(self) -> None:
        """To the next element that has no time in this cycle, else to the next cycle."""
        done = self._done[self.cycle]
        order = (*range(self.at + 1, len(self.elements)), *range(self.at))
        following = next((at for at in order if self.elements[at] not in done), None)
        if following is None:
            self.next_cycle()
        else:
            self.at = following
