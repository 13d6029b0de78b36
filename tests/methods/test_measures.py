"""Correlation of measures, and maturity of practices."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.correlation import spearman
from gemba.methods.maturity import maturity

series = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=5, max_size=30)


@given(series)
def test_ranks_alone_count(rows):
    first, second = map(list, zip(*rows, strict=True))
    assume(len(set(first)) > 1)
    assume(len(set(second)) > 1)
    found = spearman(first, second)
    assert -1 <= found.r <= 1
    assert spearman([each**3 for each in first], second).r == pytest.approx(found.r)
    assert spearman([-each for each in first], second).r == pytest.approx(-found.r)
    assert spearman(second, first).r == pytest.approx(found.r)
    assert found.interval.low - 1e-12 <= found.r <= found.interval.high + 1e-12


def test_a_lag_finds_what_follows_later():
    lead = [1, 5, 2, 8, 3, 9, 4, 7, 6, 10]
    later = [0, 0, *lead[:-2]]
    assert spearman(lead, later, lag=2).r == 1
    assert spearman(lead, later, lag=2).n == 8
    assert abs(spearman(lead, later).r) < 0.9


def test_a_measure_that_never_moves_tells_nothing():
    assert math.isnan(spearman([1] * 6, [1, 2, 3, 4, 5, 6]).r)


def test_few_pairs_are_refused():
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        spearman([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], lag=1)


def test_a_level_counts_only_with_evidence_and_all_below_it():
    found = maturity({"listening": [2, 1, 0, 3], "mending": [1, 1, 1, 1, 1], "leading": [1, 0]})
    assert found.profile == {"listening": 2, "mending": 5, "leading": 1}
    assert found.staged == 1
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        maturity({})
