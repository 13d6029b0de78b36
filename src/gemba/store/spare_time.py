"""What may be done while the program waits for a server: by a thread that rests as long as the program is at work.

Two threads at work would only take turns. So this one is told when the program begins to wait and when it goes on; it
does a little at a time, and what nobody has done when it is needed is done by whoever needs it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from weakref import WeakMethod

_MOST = 1000
"""Pieces of work that may lie there; of more the oldest ones are left to those who need them."""


class SpareTime:
    """The thread, and what it may do."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was offered, and by whom it was to be done."""
        self._work: deque[WeakMethod[Callable[[], None]]] = deque(maxlen=_MOST)
        self._is_work, self._is_spare = Event(), Event()
        self._thread: Thread | None = None
        self._beginning = Lock()

    def offer(self, work: WeakMethod[Callable[[], None]]) -> None:
        """Have something done when there is time, unless it is gone by then.

        Args:
            work: of a few milliseconds at most. Nobody hears of what it raises.
        """
        self._work.append(work)
        self._is_work.set()

    def begins(self) -> None:
        """The program waits from now on."""
        self._is_spare.set()
        if self._thread is None and self._is_work.is_set():
            with self._beginning:
                if self._thread is None:
                    self._thread = Thread(target=self._run, name="spare-time", daemon=True)
                    self._thread.start()

    def ends(self) -> None:
        """The program goes on."""
        self._is_spare.clear()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The program waits until the block ends."""
        self.begins()
        try:
            yield
        finally:
            self.ends()

    def _run(self) -> None:
        while True:
            self._is_work.wait()
            self._is_spare.wait()
            self._do_one()

    def _do_one(self) -> None:
        try:
            work = self._work.popleft()()
        except IndexError:
            self._is_work.clear()
            if self._work:  # it came just now
                self._is_work.set()
            return
        if work is not None:
            with suppress(Exception):  # whoever needs it will do it himself, and hear what is wrong
                work()


spare_time = SpareTime()
"""Of this program."""

if hasattr(os, "register_at_fork"):  # a forked process has no such thread
    os.register_at_fork(after_in_child=spare_time.begin_anew)
