from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.time_study import Work, cycle_efficiency, cycles_needed, efficiency, study, takt

times = st.lists(st.integers(1, 500), min_size=2, max_size=30)


@given(times, st.integers(2, 60))
def test_a_study_cares_not_for_the_unit_of_time(cycles, scale):
    one, other = study(cycles), study([scale * each for each in cycles], resolution=scale)
    assert one.needed == other.needed
    assert other.median == scale * one.median
    assert other.lowest_repeatable == (one.lowest_repeatable and scale * one.lowest_repeatable)


@given(times)
def test_the_lowest_repeatable_time_was_seen_twice(cycles):
    found = study(cycles)
    twice = [each for each in cycles if cycles.count(each) > 1]
    assert found.lowest_repeatable == min(twice, default=None)
    assert found.lowest <= found.median <= found.highest


def test_enough_is_ten_cycles_and_as_many_as_precision_needs():
    assert not study([60.0] * 9).enough
    assert study([60.0] * 10).enough
    assert not study([30.0, 90.0] * 6).enough
    assert cycles_needed(100, 0) == 1


def test_flow():
    assert takt(450, 90) == 5
    assert cycle_efficiency([(Work.VALUE, 18), (Work.WAIT, 2862)]) == pytest.approx(18 / 2880)
    with pytest.raises(Refusal, match=r"methods\.efficiency"):
        efficiency(20, 10)


def test_impossible_times_are_refused():
    for work in (lambda: study([1.0]), lambda: study([1.0, 0.0]), lambda: takt(1, 0), lambda: cycle_efficiency([])):
        with pytest.raises(Refusal):
            work()
