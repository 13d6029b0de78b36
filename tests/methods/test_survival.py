from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.survival import Scale, kaplan_meier

spans = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40), st.integers(0, 20))
def test_without_open_ones_the_curve_is_the_share_still_open(times, at):
    curve = kaplan_meier(times, [True] * len(times))
    assert curve.still_open(at) == pytest.approx(sum(time > at for time in times) / len(times), abs=1e-12)


@given(spans, st.sampled_from(Scale))
def test_the_curve_falls_and_lies_within_its_bounds(rows, scale):
    curve = kaplan_meier([time for time, _ in rows], [ended for _, ended in rows], scale)
    levels = [step.survival for step in curve.steps]
    assert levels == sorted(levels, reverse=True)
    for step in curve.steps:
        assert math.isnan(step.low) or step.low - 1e-12 <= step.survival <= step.high + 1e-12


@given(spans, st.randoms())
def test_the_order_of_cases_changes_nothing(rows, random):
    mixed = random.sample(rows, len(rows))
    one, other = (kaplan_meier([t for t, _ in each], [e for _, e in each]) for each in (rows, mixed))
    assert repr(one) == repr(other)


@given(spans)
def test_dropping_open_ones_never_makes_things_look_slower(rows):
    closed = [time for time, ended in rows if ended]
    if closed:
        curve = kaplan_meier([time for time, _ in rows], [ended for _, ended in rows])
        flattered = kaplan_meier(closed, [True] * len(closed))
        assert all(curve.still_open(time) >= flattered.still_open(time) - 1e-12 for time in range(21))


def test_a_curve_that_never_falls_far_enough_has_no_median():
    assert kaplan_meier([1, 2, 3, 4], [True, False, False, False]).quantile(0.5).time is None


def test_a_median_along_a_step_lies_in_its_middle():
    assert kaplan_meier([1, 2, 3, 4], [True] * 4).quantile(0.5).time == 2.5


def test_the_gehan_trial_is_met():
    """6-MP arm of Freireich 1963: median 23; at 10 weeks .7529 are in remission (Greenwood .0963)."""
    times = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(times, [bool(each) for each in ended], Scale.PLAIN)
    assert curve.quantile(0.5).time == 23
    assert curve.still_open(10) == pytest.approx(0.7529, abs=5e-5)
    assert curve.interval_at(10).high == pytest.approx(0.7529 + 1.96 * 0.0963, abs=2e-4)
    assert (curve.n, curve.ended) == (21, 9)


def test_impossible_times_are_refused():
    for times, ended, code in (([], [], "too_few"), ([1], [], "lengths"), ([-1], [True], "outside")):
        with pytest.raises(Refusal, match=rf"methods\.{code}"):
            kaplan_meier(times, ended)
