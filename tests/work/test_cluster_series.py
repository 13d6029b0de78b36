"""The series of a cluster: blocks, and what the chart says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gemba.work.cluster_series import DAY, FOUR_WEEKS, WEEK, signal_of, span_of

BEGINS = date(2026, 4, 1)


def span(days=91, known=-400, weight=1.0):
    return span_of(BEGINS, BEGINS + timedelta(days - 1), BEGINS + timedelta(known), weight)


def weekly(counts, start):
    return {start + timedelta(7 * at): count for at, count in enumerate(counts) if count}


def before(counts):
    return weekly(counts, BEGINS - timedelta(7 * len(counts)))


def test_the_length_of_a_block_follows_the_period():
    assert [span(days).length for days in (1, 27, 28, 200, 201)] == [DAY, DAY, WEEK, WEEK, FOUR_WEEKS]


@given(st.integers(1, 800), st.lists(st.integers(0, 799), max_size=30))
def test_every_case_of_the_period_is_in_a_block_and_blocks_fill_it(days, cases):
    cut = span(days)
    told = {BEGINS + timedelta(case): 1 for case in cases if case < days}
    assert sum(cut.counts(told)) == len(told)
    assert abs(sum(cut.sizes()) * cut.length - days) < 1e-9


@given(st.integers(1, 300), st.lists(st.integers(1, 600), max_size=30))
def test_blocks_before_hold_what_lies_in_whole_known_blocks(days, ago):
    cut = span(days, known=-150)
    told = {BEGINS - timedelta(each): 1 for each in ago}
    reach = cut.blocks_before * cut.length
    assert reach <= 150
    assert sum(cut.counts_before(told)) == sum(each <= reach for each in set(ago))


def test_the_period_before_is_as_long_as_what_is_known_of_it():
    assert span().previous == (BEGINS - timedelta(91), 91)
    assert span(known=-40).previous == (BEGINS - timedelta(40), 40)
    assert span(known=3).previous is None


def test_a_steady_series_does_not_signal_and_a_rise_does():
    steady = [8, 12, 9, 11, 10, 12, 8, 10, 9, 11] * 2 + [10, 9, 11, 10, 8, 12]
    calm = signal_of(span(), before(steady), weekly([10, 9, 11, 12, 8, 10, 9, 11, 10, 12, 9, 10, 11], BEGINS))
    risen = signal_of(span(), before(steady), weekly([10] * 6 + [25] + [10] * 6, BEGINS))
    shifted = signal_of(span(), before(steady), weekly([13] * 13, BEGINS))
    assert (calm.signals, calm.chart, calm.points_before) == (False, "c", 26)
    assert (risen.signals, risen.beyond) == (True, 1)
    assert (shifted.signals, shifted.beyond, shifted.run) == (True, 0, 13)


def test_a_fall_is_good_news_and_no_signal():
    fallen = signal_of(span(), before([20] * 26), weekly([2] * 13, BEGINS))
    assert fallen.signals is False


def test_a_sample_is_judged_by_its_share():
    half = span(weight=0.5)
    assert signal_of(half, before([20] * 26), weekly([10] * 13, BEGINS)).signals is False
    assert signal_of(half, before([20] * 26), weekly([20] * 13, BEGINS)).signals is True


def test_rare_cases_are_judged_by_the_days_between_them():
    rare = {BEGINS - timedelta(13 * at + 1): 1 for at in range(1, 14)}
    dense = {BEGINS + timedelta(2 * at): 1 for at in range(20)}
    found = signal_of(span(), rare, dense)
    assert (found.chart, found.signals, found.upper) == ("g", True, None)
    sparse = {BEGINS + timedelta(13 * at): 1 for at in range(7)}
    assert signal_of(span(), rare, sparse).signals is False


def test_why_there_is_no_chart_is_told():
    assert signal_of(span(known=-60), before([5] * 8), {BEGINS: 5}).why_not == "few_periods"
    assert signal_of(span(), {BEGINS - timedelta(9): 1}, {BEGINS: 5}).why_not == "few_cases"
    assert signal_of(span(weight=0.5), {BEGINS - timedelta(9): 1}, {BEGINS: 5}).why_not == "sample"
