"""Wait for one's turn: several processes write into one store, and the database lets one in at a time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from gemba.errors import Trouble

T = TypeVar("T")

LONGEST = 120.0
"""Seconds that are waited for one's turn: taking in the largest pack that is allowed takes less."""

_LATER = frozenset({"store.locked", "store.database_locked", "store.database_busy"})
"""Troubles that pass by themselves: somebody else is writing."""


def patiently(step: Callable[[], T], *, longest: float = LONGEST) -> T:
    """Do a step that may be done any number of times, again and again while others write.

    Args:
        step: leaves nothing behind when it fails.
        longest: seconds.

    Raises:
        Trouble: the step's own; `store.locked` when nobody let us in for so long.
    """
    until = time.monotonic() + longest
    pause = 0.01
    while True:
        try:
            return step()
        except Trouble as trouble:
            if trouble.code not in _LATER or time.monotonic() > until:
                raise
        time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - only so that two do not keep step
        pause = min(pause * 2, 0.5)
