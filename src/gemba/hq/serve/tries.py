"""How often somebody may try a password, per name and per address: neither many names nor many addresses help."""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_BY_NAME = RateLimitItemPerMinute(10, 15)
"""Ten tries for one name within 15 minutes."""
_BY_ADDRESS = RateLimitItemPerMinute(30, 15)
"""Thirty tries from one address within 15 minutes."""


class Tries:
    """Counts tries in this process; a restart forgets them."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, name: str, address: str) -> int:
        """Count a try; seconds to wait when there were too many, else 0."""
        by_name = self._limiter.hit(_BY_NAME, "name", name.casefold()[:200])
        by_address = self._limiter.hit(_BY_ADDRESS, "address", address)
        waits = []
        if not by_name:
            waits.append(self._limiter.get_window_stats(_BY_NAME, "name", name.casefold()[:200]).reset_time)
        if not by_address:
            waits.append(self._limiter.get_window_stats(_BY_ADDRESS, "address", address).reset_time)
        return max((max(1, round(at - time.time())) for at in waits), default=0)

    def forgive(self, name: str) -> None:
        """Forget the tries for a name: its password was right."""
        self._limiter.clear(_BY_NAME, "name", name.casefold()[:200])
