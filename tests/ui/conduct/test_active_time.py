"""Time is counted while somebody is at it; pauses are not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from gemba.ui.conduct.active_time import ActiveTime


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_work_is_counted_and_a_long_pause_is_not(page):
    time, told = Time(), []
    active = ActiveTime(page, told.append, time)
    active.begin()
    for step in (20, 20, 20, 600, 20):
        time.now += step
        active.touch()
    active.end()
    assert sum(told) == 20 * 4 + 90


def test_nothing_is_counted_while_another_page_is_shown(page):
    time, told = Time(), []
    active = ActiveTime(page, told.append, time)
    active.begin()
    page.hide()
    time.now += 60
    active.touch()
    active.end()
    assert told == []


def test_minutes_are_handed_over_on_the_way_so_that_a_crash_loses_little(page):
    time, told = Time(), []
    active = ActiveTime(page, told.append, time)
    active.begin()
    for _ in range(5):
        time.now += 30
        active.touch()
    assert sum(told) >= 120
