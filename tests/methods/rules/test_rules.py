from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.methods.charts.attributes import c_chart, p_chart
from gemba.methods.charts.individuals import individuals
from gemba.methods.charts.model import ChartSort
from gemba.methods.charts.run import run_chart
from gemba.methods.rules.anhoej import crossings_needed, longest_run_allowed, runs
from gemba.methods.rules.sets import DEFAULT, NELSON, WESTERN_ELECTRIC, fitting, read
from gemba.methods.rules.zones import ZONE_RULES, Rule, signals

points = st.lists(st.integers(-35, 35).map(lambda each: each / 10), max_size=60)


@given(points, st.sampled_from(sorted(ZONE_RULES)))
def test_every_rule_sees_both_sides_alike(z, rule):
    assert signals(rule, z) == signals(rule, [-each for each in z])


@given(points, points, st.sampled_from(sorted(ZONE_RULES)))
def test_later_points_change_no_earlier_flag(z, more, rule):
    assert signals(rule, z + more)[: len(signals(rule, z))] == signals(rule, z)


@given(points, st.integers(0, 60), st.sampled_from(sorted(ZONE_RULES)))
def test_a_missing_point_is_left_out(z, at, rule):
    at = min(at, len(z))
    found = signals(rule, [*z[:at], None, *z[at:]])
    assert tuple(each - (each > at) for each in found) == signals(rule, z)


@pytest.mark.parametrize(
    ("rule", "z", "flagged"),
    [
        (Rule.N1, [3, -3, 3.01, -3.01], (2, 3)),
        (Rule.N2, [1] * 8 + [0] + [1] * 9, (17,)),
        (Rule.WE4, [1] * 8, (7,)),
        (Rule.N3, [1, 2, 3, 4, 5, 6], (5,)),
        (Rule.N3, [1, 2, 3, 3, 4, 5, 6], ()),
        (Rule.N4, [0, 1] * 7, (13,)),
        (Rule.N5, [2.5, 2.5], ()),
        (Rule.N5, [2.5, 0, 2.5, 0], (2,)),
        (Rule.N5, [0, 2, 2], ()),
        (Rule.N6, [1.5, 1.5, 1.5, 1.5, 0], ()),
        (Rule.N6, [0, 1.5, 1.5, 1.5, 1.5], (4,)),
        (Rule.N7, [1] * 15, (14,)),
        (Rule.N7, [1] * 14 + [1.1], ()),
        (Rule.N8, [1.5] * 8, ()),
        (Rule.N8, [1.5] * 7 + [-1.5], (7,)),
    ],
)
def test_conventions(rule, z, flagged):
    assert signals(rule, z) == flagged


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_runs_are_the_same_read_backwards_and_upside_down(values):
    one = runs(values, 5)
    for other in (runs(values[::-1], 5), runs([-value for value in values], -5)):
        assert (one.useful, one.longest, one.crossings) == (other.useful, other.longest, other.crossings)
    assert one.crossings < max(one.useful, 1)
    assert one.longest + one.crossings <= max(one.useful, 1)


def test_points_on_the_median_are_skipped():
    told = runs([6, 6, 5, 6, None, 6, 4], 5)
    assert (told.useful, told.longest, told.crossings) == (5, 4, 1)
    assert (told.run_from, told.run_to) == (0, 5)


def test_limits_of_runs_for_very_few_points():
    assert longest_run_allowed(0) == crossings_needed(0) == crossings_needed(1) == 0
    assert not runs([], 0).signal


def test_a_shift_shows_in_the_runs_where_limits_are_silent():
    values = [5, 4, 6, 5, 4, 6, 4, 5, 6, 4, 6, 4, 7, 7, 8, 7, 8, 7, 7, 8, 7, 8, 7, 7]
    reading = read(run_chart(values), DEFAULT)
    assert [signal.rule for signal in reading.signals] == [Rule.ANHOEJ]
    assert min(reading.signals[0].points) >= 12


def test_unequal_sizes_are_judged_each_by_its_own_sigma():
    hits, sizes = [5, 5, 5, 5, 5, 5, 5, 5, 40], [50, 50, 50, 50, 50, 50, 50, 50, 200]
    chart = p_chart(hits, sizes)
    assert chart.beyond() == ()
    assert signals(Rule.WE2, [*chart.z[:7], 2.5, chart.z[8]]) == (8,)


def test_zone_rules_are_kept_from_counts():
    assert fitting(NELSON, ChartSort.C) == NELSON[:4]
    assert fitting(WESTERN_ELECTRIC, ChartSort.INDIVIDUALS) == WESTERN_ELECTRIC
    assert fitting(DEFAULT, ChartSort.RUN) == (Rule.ANHOEJ,)


def test_a_calm_series_is_quiet():
    assert read(individuals([10.0, 12.0, 11.0, 13.0, 11.0, 12.0, 10.0, 13.0])).quiet
    assert read(c_chart([4, 6, 5, 4, 6, 5, 5, 6, 4])).quiet
