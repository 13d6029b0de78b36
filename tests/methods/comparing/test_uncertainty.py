"""Intervals of matched comparisons, against hand-worked figures and against what they promise."""

from __future__ import annotations

import math
import random
from statistics import stdev

import pytest

from gemba.methods.comparing.propensity import Pairs
from gemba.methods.comparing.strata import match_exactly
from gemba.methods.comparing.uncertainty import pairs_interval, strata_interval


def test_one_stratum_is_the_difference_of_two_means() -> None:
    treated, outcomes = [True] * 4 + [False] * 5, [1.0, 2, 3, 4, 0, 0, 1, 1, 3]
    found = strata_interval(["a"] * 9, treated, outcomes)
    half = 1.959963985 * math.sqrt(stdev(outcomes[:4]) ** 2 / 4 + stdev(outcomes[4:]) ** 2 / 5)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((1.5 - half, 1.5 + half))


def test_strata_of_one_each_say_nothing() -> None:
    assert strata_interval(["a", "a"], [True, False], [1.0, 0.0]) is None


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    chance = random.Random(11)
    hits = 0
    for _ in range(300):
        keys, treated, outcomes = [], [], []
        for _unit in range(150):
            key = chance.randrange(5)
            has_it = chance.random() < 0.2 + 0.1 * key
            keys.append(key)
            treated.append(has_it)
            outcomes.append(key + 0.7 * has_it + chance.gauss(0, 1))
        found = strata_interval(keys, treated, outcomes)
        assert found is not None
        assert found.low < match_exactly(keys, treated, outcomes).effect < found.high
        hits += found.low < 0.7 < found.high
    assert 0.91 < hits / 300 < 0.98


def test_pairs_are_a_paired_t() -> None:
    pairs = Pairs(((0, 3), (1, 4), (2, 5)), 0, 0, 0.1)
    found = pairs_interval(pairs, [1.0, 2, 4, 0, 1, 1])
    assert found is not None
    gaps = [1.0, 1.0, 3.0]
    half = 4.302652730 * stdev(gaps) / math.sqrt(3)
    assert (found.low, found.high) == pytest.approx((5 / 3 - half, 5 / 3 + half), rel=1e-6)
    assert pairs_interval(Pairs(((0, 1),), 0, 0, 0.1), [1.0, 0.0]) is None
