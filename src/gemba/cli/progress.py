"""What the command line says on stderr while something takes long."""

from __future__ import annotations

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import Self

SOON = 1.0
"""Seconds; what is done sooner needs no words."""


class Progress:
    """Says what is being done, once it has taken longer than a moment.

    Args:
        silent: say nothing at all, as when the answer is JSON.
        soon: seconds after which the first words are said.
    """

    def __init__(self, *, silent: bool = False, soon: float = SOON) -> None:
        self._silent = silent
        self._words = self._said = ""
        self._begun = False
        self._lock = Lock()
        self._timer = Timer(soon, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._silent = True

    def stage(self, words: str) -> None:
        """Something else is being done now."""
        with self._lock:
            self._words = words
            self._say()

    def _begin(self) -> None:
        with self._lock:
            self._begun = True
            self._say()

    def _say(self) -> None:
        if self._begun and not self._silent and self._words != self._said:
            self._said = self._words
            sys.stderr.write(f"{self._words}\n")
            sys.stderr.flush()
