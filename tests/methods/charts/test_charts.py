from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.charts.attributes import c_chart, np_chart, p_chart, u_chart
from gemba.methods.charts.individuals import individuals, moving_range
from gemba.methods.charts.laney import individuals_prime, laney_p, laney_u, sigma_z
from gemba.methods.charts.moving_range import Spread
from gemba.methods.charts.rare import g_chart, t_chart
from gemba.methods.charts.run import run_chart

series = st.lists(st.integers(-500, 500), min_size=3, max_size=40)
counted = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=3, max_size=30)


@given(series, st.integers(-50, 50), st.integers(1, 20), st.sampled_from(Spread))
def test_an_individuals_chart_moves_and_stretches_with_its_values(values, shift, scale, spread):
    one, other = individuals(values, spread), individuals([scale * value + shift for value in values], spread)
    assert other.centre[0] == pytest.approx(scale * one.centre[0] + shift, abs=1e-6)
    assert other.upper[0] == pytest.approx(scale * one.upper[0] + shift, abs=1e-6)
    assert other.lower[0] == pytest.approx(scale * one.lower[0] + shift, abs=1e-6)


@given(counted, st.sampled_from([1, 10, 10_000]))
def test_a_rate_may_be_told_per_any_number_of_units(rows, per):
    counts, sizes = [count for count, _ in rows], [size for _, size in rows]
    assume(sum(counts))
    one, other = u_chart(counts, sizes), u_chart(counts, sizes, per=per)
    assert [each * per for each in one.upper] == pytest.approx(list(other.upper))
    assert one.beyond() == other.beyond()
    assert sigma_z(one) == pytest.approx(sigma_z(other))


@given(counted)
def test_limits_of_counts_hold_the_centre_and_stay_possible(rows):
    counts, sizes = [count for count, _ in rows], [size for _, size in rows]
    for chart in (p_chart(counts, sizes), laney_p(counts, sizes)):
        bounds = zip(chart.lower, chart.centre, chart.upper, strict=True)
        assert all(0 <= low <= centre <= high <= 1 for low, centre, high in bounds)
    for chart in (np_chart(counts, sizes), c_chart(counts), u_chart(counts, sizes), laney_u(counts, sizes)):
        assert all(0 <= low <= mid <= up for low, mid, up in zip(chart.lower, chart.centre, chart.upper, strict=True))


@given(counted)
def test_larger_sizes_have_narrower_limits(rows):
    counts, sizes = [count for count, _ in rows], [size for _, size in rows]
    assume(sum(counts))
    chart = u_chart(counts, sizes)
    pairs = sorted(zip(sizes, chart.upper, strict=True))
    assert all(a[1] >= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


@given(counted)
def test_laneys_floor_keeps_limits_at_least_as_wide_as_chance_makes_them(rows):
    counts, sizes = [count for count, _ in rows], [size for _, size in rows]
    assume(sum(counts))
    plain, prime, as_r = u_chart(counts, sizes), laney_u(counts, sizes), laney_u(counts, sizes, floor=0)
    assert all(a <= b + 1e-12 for a, b in zip(plain.upper, prime.upper, strict=True))
    assert as_r.baselines[0].spread == pytest.approx(sigma_z(plain))
    assert prime.baselines[0].spread == max(1, as_r.baselines[0].spread)


def test_laney_says_when_it_took_one_instead():
    narrow = laney_p([10, 10, 10, 10], [100, 100, 100, 100])
    assert "sigma-z 0.000" in narrow.baselines[0].convention
    assert narrow.baselines[0].convention.endswith("taken as 1")


def test_one_wild_point_swells_plain_limits_and_not_median_ones():
    values = [10, 12, 11, 13, 12, 500, 40, 12, 10, 13, 12, 11]
    assert individuals(values).beyond() == (5,)
    assert individuals(values, Spread.MEDIAN).beyond() == (5, 6)
    assert individuals(values, Spread.SCREENED).upper[0] < individuals(values).upper[0]


def test_limits_are_strict():
    chart = c_chart([16] * 19 + [28, 4])
    frozen = c_chart([16] * 19 + [28, 4], baseline=slice(0, 19))
    assert frozen.upper[0] == 28
    assert frozen.beyond() == chart.beyond() == ()


def test_a_missing_period_breaks_the_moving_range_and_is_never_flagged():
    chart = individuals([1.0, None, 5.0, 6.0, 5.0])
    assert chart.values[1] is None
    assert chart.z[1] is None
    assert moving_range([1.0, None, 5.0, 6.0, 5.0]).values == (None, None, None, 1.0, 1.0)
    assert chart.baselines[0].points == 4
    assert c_chart([3, None, 4]).centre[0] == 3.5


def test_durations_can_be_charted_on_logarithms():
    chart = individuals([1.0, 2.0, 4.0, 2.0, 1.0], log=True)
    assert chart.lower[0] > 0
    assert chart.centre[0] == pytest.approx(16 ** (1 / 5))
    with pytest.raises(Refusal, match=r"methods\.outside"):
        individuals([1.0, 0.0], log=True)


def test_individuals_prime_is_the_plain_chart_where_sizes_are_equal():
    values = [5.0, 7.0, 6.0, 9.0, 4.0]
    prime, plain = individuals_prime([4 * value for value in values], [4] * 5), individuals(values)
    assert prime.centre[0] == pytest.approx(plain.centre[0])
    assert prime.upper[0] == pytest.approx(plain.upper[0], rel=5e-4)


def test_what_lies_between_rare_events():
    assert g_chart([0, 4, 8, 2, 6]).centre[0] == 4
    assert g_chart([0, 4, 8, 2, 6]).upper[0] == pytest.approx(4 + 3 * math.sqrt(20))
    times = t_chart([1.0, 3.0, 9.0, 2.0])
    assert 0 <= times.lower[0] < times.centre[0] < times.upper[0]
    with pytest.raises(Refusal, match=r"methods\.outside"):
        t_chart([1.0, 0.0])


@given(series)
def test_a_run_chart_has_at_most_half_of_its_points_on_each_side(values):
    chart = run_chart(values)
    assert sum(value > chart.centre[0] for value in values) * 2 <= len(values)
    assert chart.beyond() == ()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: p_chart([1, 2], [5]), "lengths"),
        (lambda: p_chart([6], [5]), "outside"),
        (lambda: u_chart([1], [0]), "outside"),
        (lambda: c_chart([-1]), "outside"),
        (lambda: p_chart([], []), "too_few"),
        (lambda: c_chart([]), "too_few"),
        (lambda: individuals([1.0]), "too_few"),
        (lambda: individuals([1.0, None, 2.0]), "too_few"),
        (lambda: run_chart([]), "too_few"),
        (lambda: g_chart([-1]), "outside"),
    ],
)
def test_what_cannot_be_charted_is_refused(make, code):
    with pytest.raises(Refusal, match=f"methods.{code}"):
        make()


def test_a_chart_without_any_spread_does_not_fail():
    assert c_chart([0, 0, 0]).beyond() == ()
    assert individuals([5.0, 5.0, 5.0, 9.0], baseline=slice(0, 3)).beyond() == (3,)
    assert individuals([5.0, 5.0, 5.0, 9.0], baseline=slice(0, 3)).z[3] == math.inf
