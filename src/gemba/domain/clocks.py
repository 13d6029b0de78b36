"""A computer's clock that cannot be right is told of: nothing is lost by it, but whatever is recorded bears its day."""

from __future__ import annotations

from datetime import datetime

from gemba.errors import Trouble

_YEARS = (2025, 2075)
"""Earlier there was no such program; later an empty clock battery or a slip of the hand is likelier than the truth."""


def doubt(now: datetime) -> Trouble | None:
    """What is to be said of a clock that cannot be right, to be told and never raised; `None` of any other.

    Args:
        now: what the clock shows, aware.
    """
    first, last = _YEARS
    if first <= now.year <= last:
        return None
    return Trouble("domain.clock_is_off", day=now.date().isoformat())
