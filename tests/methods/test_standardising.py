from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.proportions import compare_shares
from gemba.methods.standardising import adjusted_shares, homogeneity, mantel_haenszel

rows = st.lists(st.tuples(st.sampled_from("NSE"), st.sampled_from("ab"), st.booleans()), min_size=1, max_size=60)


@given(rows)
def test_what_is_expected_adds_up_to_what_is_seen(given_rows):
    found = adjusted_shares(*map(list, zip(*given_rows, strict=True)))
    assert sum(each.expected for each in found.values()) == pytest.approx(sum(mark for _, _, mark in given_rows))
    assert all(0 <= each.share <= 1 for each in found.values())


def test_a_site_seen_by_a_strict_rater_is_not_blamed_for_it():
    """Both sites are alike; the strict rater finds four times as much, and went north more often."""
    north = [("N", "strict", at < 8) for at in range(10)] + [("N", "mild", at < 1) for at in range(5)]
    south = [("S", "strict", at < 4) for at in range(5)] + [("S", "mild", at < 2) for at in range(10)]
    found = adjusted_shares(*map(list, zip(*north, *south, strict=True)))
    assert found["N"].hits / found["N"].n == 0.6
    assert found["S"].hits / found["S"].n == 0.4
    assert found["N"].ratio == found["S"].ratio == pytest.approx(1)
    assert found["N"].interval.low < 1 < found["N"].interval.high


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=8), st.randoms())
def test_homogeneity_cares_not_for_the_order_of_groups(groups, random):
    mixed = random.sample(groups, len(groups))
    one, other = (homogeneity([a for a, _ in each], [a + b for a, b in each]) for each in (groups, mixed))
    assert one.chi_square == pytest.approx(other.chi_square, nan_ok=True)
    assert one.freedom == len(groups) - 1


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_two_groups_are_the_comparison_of_two_shares(a, b, c, d):
    wanted = compare_shares(a, a + b, c, c + d)
    assert homogeneity([a, c], [a + b, c + d]).chi_square == pytest.approx(wanted.chi_square, nan_ok=True)


cells = st.tuples(*[st.integers(1, 30)] * 4)


@given(st.lists(cells, min_size=1, max_size=6))
def test_a_common_odds_ratio_turns_over_with_the_groups(tables):
    one = mantel_haenszel(tables)
    other = mantel_haenszel([(c, d, a, b) for a, b, c, d in tables])
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.interval.low == pytest.approx(1 / other.interval.high)


@given(cells)
def test_one_stratum_has_the_plain_odds_ratio_and_woolfs_interval(table):
    a, b, c, d = table
    found = mantel_haenszel([table])
    assert found.ratio == pytest.approx(a * d / (b * c))
    width = math.exp(1.959963984540054 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
    assert found.interval.high == pytest.approx(found.ratio * width)


def test_strata_that_tell_nothing_are_refused():
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        mantel_haenszel([(0, 5, 0, 5)])
    assert mantel_haenszel([(5, 5, 0, 5)]).ratio == math.inf
    assert math.isnan(homogeneity([0, 0], [5, 5]).p)
