from __future__ import annotations

import pytest

from gemba.methods.charts.choosing import Reason, choose_for_counts, choose_for_measures, choose_for_shares
from gemba.methods.charts.counting import counts_by_month, months_between
from gemba.methods.charts.model import ChartSort
from gemba.methods.rules.zones import Rule


@pytest.mark.parametrize(
    ("counts", "sizes", "sort", "reason"),
    [
        ([0, 1, 0, 0, 1], None, ChartSort.G, Reason.RARE_COUNTS),
        ([2, 3, 1, 2], None, ChartSort.C, Reason.FEW),
        ([2, 3, 1, 2], [10, 20, 30, 40], ChartSort.U, Reason.FEW),
        ([9, 11, 10, 12, 9], None, ChartSort.C, Reason.COUNTS),
        ([9, 11, 10, 12, 9], [100, 110, 120, 100, 90], ChartSort.U, Reason.COUNTS),
        ([300, 900, 200, 1000, 100], [10, 11, 12, 10, 9], ChartSort.LANEY_U, Reason.OVERDISPERSED),
    ],
)
def test_counts_get_the_chart_that_fits(counts, sizes, sort, reason):
    choice = choose_for_counts(counts, sizes)
    assert (choice.sort, choice.reason) == (sort, reason)


def test_moments_of_rare_events_are_charted_by_the_time_between():
    assert choose_for_counts([0, 1, 0], times=True).sort is ChartSort.T


def test_few_counts_are_read_by_the_limits_alone():
    assert choose_for_counts([2, 3, 1, 2]).rules == (Rule.N1,)


@pytest.mark.parametrize(
    ("hits", "sizes", "sort", "reason"),
    [
        ([12, 15, 8, 10], [50, 50, 50, 50], ChartSort.P, Reason.SHARES),
        ([1200, 1500, 800], [5000, 5000, 5000], ChartSort.LANEY_P, Reason.LARGE),
        ([10, 90, 5, 95], [100, 100, 100, 100], ChartSort.LANEY_P, Reason.OVERDISPERSED),
        ([0, 1, 0], [50, 50, 50], ChartSort.G, Reason.RARE_COUNTS),
        ([50, 50], [50, 50], ChartSort.P, Reason.SHARES),
    ],
)
def test_shares_get_the_chart_that_fits(hits, sizes, sort, reason):
    choice = choose_for_shares(hits, sizes)
    assert (choice.sort, choice.reason) == (sort, reason)


def test_skewed_durations_go_on_logarithms():
    assert choose_for_measures([1, 2, 1, 3, 2, 90], duration=True).log
    assert not choose_for_measures([1, 2, 1, 3, 2, 90]).log
    assert not choose_for_measures([5, 6, 5, 7, 6, 5], duration=True).log


def test_months_without_an_event_are_counted_as_none():
    from datetime import date

    found = counts_by_month([date(2025, 11, 3), date(2026, 2, 1), date(2026, 2, 9)], ["b", "a", "a"])
    assert found.months == ((2025, 11), (2025, 12), (2026, 1), (2026, 2))
    assert found.groups == {"a": (0, 0, 0, 2), "b": (1, 0, 0, 0)}
    assert found.whole == (1, 0, 0, 2)
    assert months_between((2026, 3), (2026, 3)) == [(2026, 3)]
