"""Fixtures that all rooms share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def ticking() -> Callable[[], datetime]:
    """A clock that begins on a Monday morning and goes on a second each time it is asked."""
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def tell() -> datetime:
        nonlocal now
        now += timedelta(seconds=1)
        return now

    return tell
