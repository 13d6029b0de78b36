from __future__ import annotations

import math
from itertools import combinations
from statistics import fmean, stdev, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.sampling.estimates import estimate_mean, estimate_total

values = st.lists(st.integers(0, 100).map(float), min_size=2, max_size=20)


@given(values)
def test_without_strata_it_is_the_plain_mean(sample):
    found = estimate_mean(sample)
    assert found.value == pytest.approx(fmean(sample))
    assert found.error == pytest.approx(stdev(sample) / math.sqrt(len(sample)))


@given(values)
def test_all_items_drawn_leave_no_doubt(sample):
    n = float(len(sample))
    assert estimate_mean(sample, populations=[n] * len(sample)).error == 0
    assert estimate_total(sample, populations=[n] * len(sample)).value == pytest.approx(sum(sample))


@given(st.lists(st.integers(0, 50).map(float), min_size=4, max_size=6))
def test_over_all_samples_the_estimate_is_right_and_so_is_its_error(population):
    n, size = 3, float(len(population))
    found = [estimate_mean(sample, populations=[size] * n) for sample in combinations(population, n)]
    assert fmean(each.value for each in found) == pytest.approx(fmean(population))
    spread = fmean((each.value - fmean(population)) ** 2 for each in found)
    assert fmean(each.error**2 for each in found) == pytest.approx(spread, abs=1e-9)
    assert spread == pytest.approx((1 - n / size) * variance(population) / n, abs=1e-9)


@given(values, values)
def test_strata_are_weighted_by_their_size(small, large):
    sample, strata = small + large, ["s"] * len(small) + ["l"] * len(large)
    populations = [50.0] * len(small) + [150.0] * len(large)
    found = estimate_mean(sample, strata, populations)
    assert found.value == pytest.approx(0.25 * fmean(small) + 0.75 * fmean(large))
    assert estimate_total(sample, strata, populations).value == pytest.approx(200 * found.value)
    assert estimate_total(sample, strata, populations).error == pytest.approx(200 * found.error)


def test_a_lonely_item_is_told():
    assert estimate_mean([1.0, 2.0, 3.0], ["a", "a", "b"], [5.0, 5.0, 5.0]).lonely == 1
    assert estimate_mean([1.0, 2.0, 3.0], ["a", "a", "b"], [5.0, 5.0, 1.0]).lonely == 0


def test_what_cannot_be_estimated_is_refused():
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        estimate_mean([])
    with pytest.raises(Refusal, match=r"methods\.lengths"):
        estimate_mean([1.0], ["a", "b"])
    with pytest.raises(Refusal, match=r"methods\.outside"):
        estimate_mean([1.0], weights=[0.0])
