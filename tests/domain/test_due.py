"""A thing of the calendar tells its time by the clock that its day is of."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from gemba.domain.due import Due, DueSort


@pytest.fixture
def in_new_york(monkeypatch):
    """The laptop's zone, as the system says it."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def held(zone: str, *at: int, day: tuple[int, int, int]) -> Due:
    return Due(
        sort=DueSort.MEETING,
        key=1,
        noun="meeting",
        uid="m",
        title="Council",
        day=date(*day),
        last=date(*day),
        begins=datetime(*at, tzinfo=UTC),
        zone=zone,
    )


@pytest.mark.usefixtures("in_new_york")
@pytest.mark.parametrize(
    ("zone", "at", "day", "clock"),
    [
        ("Australia/Lord_Howe", (2027, 3, 28, 15, 15), (2027, 3, 29), "02:15 +11"),
        ("Australia/Lord_Howe", (2027, 4, 4, 15, 45), (2027, 4, 5), "02:15 +1030"),
        ("Pacific/Apia", (2026, 11, 22, 11, 30), (2026, 11, 23), "00:30 +13"),
        ("America/New_York", (2026, 11, 23, 14, 0), (2026, 11, 23), "09:00"),
        ("America/Toronto", (2026, 11, 23, 14, 0), (2026, 11, 23), "09:00"),
        ("", (2026, 11, 23, 14, 0), (2026, 11, 23), "09:00"),
        ("Mars/Olympus", (2026, 11, 23, 14, 0), (2026, 11, 23), "14:00 UTC"),
    ],
)
def test_day_and_time_are_of_one_clock(zone, at, day, clock):
    assert held(zone, *at, day=day).clock() == clock
