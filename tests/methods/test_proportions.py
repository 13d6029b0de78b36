from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.false_discovery import q_values
from gemba.methods.fisher import fisher
from gemba.methods.proportions import (
    Interval,
    clopper_pearson,
    compare_shares,
    concentration,
    highest_share_after_none,
    wilson,
)
from gemba.methods.rates import poisson_interval, rate_ratio
from gemba.methods.tails import binomial_chance

tables = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).map(
    lambda each: (each[0], each[0] + each[1] + 1, each[2], each[2] + each[3] + 1)
)


@given(st.integers(1, 300), st.data())
def test_intervals_hold_the_share_and_mirror_it(n, data):
    hits = data.draw(st.integers(0, n))
    for method in (wilson, clopper_pearson):
        one, other = method(hits, n), method(n - hits, n)
        assert 0 <= one.low <= hits / n <= one.high <= 1
        assert one.low == pytest.approx(1 - other.high, abs=1e-9)


@pytest.mark.parametrize("n", [1, 5, 12])
def test_the_exact_interval_covers_at_least_what_it_says(n):
    intervals = [clopper_pearson(hits, n) for hits in range(n + 1)]
    for share in (at / 97 for at in range(1, 97)):
        covered = sum(
            binomial_chance(hits, n, share) for hits, each in enumerate(intervals) if each.low <= share <= each.high
        )
        assert covered >= 0.95


def test_thirteen_without_a_finding_still_allow_a_fifth():
    assert highest_share_after_none(13) == pytest.approx(0.2058, abs=5e-5)


@given(tables)
def test_differences_change_sign_with_the_order(table):
    one, other = compare_shares(*table), compare_shares(*table[2:], *table[:2])
    assert one.difference == pytest.approx(-other.difference)
    assert one.interval.low == pytest.approx(-other.interval.high)
    assert one.interval.low <= one.difference <= one.interval.high


@given(tables)
def test_fishers_p_is_the_sum_over_all_tables(table):
    hits1, n1, hits2, n2 = table
    hits = hits1 + hits2
    ways = [math.comb(n1, k) * math.comb(n2, hits - k) if hits >= k else 0 for k in range(n1 + 1)]
    wanted = sum(each for each in ways if each <= ways[hits1] * (1 + 1e-7)) / math.comb(n1 + n2, hits)
    assert fisher(*table).p == pytest.approx(wanted)
    swapped = fisher(*table[2:], *table[:2])
    assert swapped.p == pytest.approx(wanted)
    if 0 < fisher(*table).odds_ratio < math.inf:
        assert swapped.odds_ratio == pytest.approx(1 / fisher(*table).odds_ratio, rel=1e-6)


@given(st.integers(0, 60), st.floats(0.5, 50), st.integers(0, 60), st.floats(0.5, 50))
def test_rate_ratios_turn_over_with_the_order(count1, time1, count2, time2):
    one, other = rate_ratio(count1, time1, count2, time2), rate_ratio(count2, time2, count1, time1)
    assert one.p == pytest.approx(other.p, rel=1e-6)
    assert 0 <= one.p <= 1
    if count1 and count2:
        assert one.ratio == pytest.approx(1 / other.ratio)
        assert one.interval.low == pytest.approx(1 / other.interval.high)
        assert one.interval.low <= one.ratio <= one.interval.high


@given(st.integers(0, 40), st.integers(1, 40), st.floats(0.05, 0.95))
def test_the_rise_of_a_cluster_is_a_binomial_tail(hits, rest, share):
    n = hits + rest
    wanted = math.fsum(binomial_chance(k, n, share) for k in range(hits, n + 1))
    assert concentration(hits, n, share) == pytest.approx(wanted, abs=1e-12)
    assert rate_ratio(hits, share, rest, 1 - share).p_greater == pytest.approx(wanted, abs=1e-9)


@given(st.integers(0, 200))
def test_a_counts_interval_holds_it(count):
    interval = poisson_interval(count)
    assert interval.low <= count <= interval.high


@given(st.lists(st.floats(0, 1), max_size=30), st.randoms())
def test_q_values_follow_the_order_of_p_values_and_no_other(ps, random):
    qs = q_values(ps)
    assert all(p <= q <= 1 for p, q in zip(ps, qs, strict=True))
    order = list(range(len(ps)))
    random.shuffle(order)
    assert q_values([ps[at] for at in order]) == tuple(qs[at] for at in order)
    ranked = sorted(zip(ps, qs, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(ranked))


def test_places_are_ranked_only_when_intervals_are_apart():
    assert wilson(90, 100).separate(wilson(50, 100))
    assert not wilson(9, 10).separate(wilson(6, 10))
    assert not Interval(0, 1).separate(Interval(1, 2))


@pytest.mark.parametrize("wrong", [(-1, 10), (11, 10), (0, 0)])
def test_impossible_counts_are_refused(wrong):
    with pytest.raises(Refusal, match=r"methods\.outside"):
        wilson(*wrong)


def test_rates_need_time_and_counts():
    for wrong in ((-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, math.inf)):
        with pytest.raises(Refusal, match=r"methods\.outside"):
            rate_ratio(*wrong)
    assert math.isnan(rate_ratio(0, 1, 0, 1).ratio)
