from __future__ import annotations

import math
import random
from statistics import NormalDist, fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.charts import subgroups as made
from gemba.methods.charts.subgroups import c4, range_chart, sd_chart, xbar_chart

groups = st.lists(st.lists(st.integers(-99, 99), min_size=5, max_size=5), min_size=2, max_size=20)


@given(groups, st.randoms())
def test_the_order_within_a_subgroup_changes_nothing(subgroups, chance):
    mixed = [chance.sample(each, 5) for each in subgroups]
    for chart in (xbar_chart, range_chart, sd_chart):
        assert chart(mixed).upper == pytest.approx(chart(subgroups).upper)


def test_five_values_have_the_printed_constants():
    """A2 0.577, D4 2.114, B4 2.089, c4 0.9400 for subgroups of five (Montgomery, appendix VI)."""
    subgroups = [[0.0, 1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0, 5.0]]
    assert xbar_chart(subgroups).upper[0] == pytest.approx(2.5 + 0.577 * 4, abs=2e-3)
    assert range_chart(subgroups).upper[0] == pytest.approx(2.114 * 4, abs=3e-3)
    assert range_chart(subgroups).lower[0] == 0
    assert sd_chart(subgroups).upper[0] == pytest.approx(2.089 * math.sqrt(2.5), abs=1e-3)
    assert c4(5) == pytest.approx(0.9400, abs=5e-5)


@pytest.mark.parametrize("n", [2, 4, 9, 16, 25])
def test_the_tabled_ranges_are_those_of_the_normal_law(n):
    """Mean and variance of the range, by integrating over the law of the least and the greatest of n."""
    phi = [NormalDist().cdf(-8 + at / 50) for at in range(801)]
    mean = sum(1 - p**n - (1 - p) ** n for p in phi) / 50
    assert made._D2[n - 2] == pytest.approx(mean, abs=6e-4)
    chance = random.Random(n)
    ranges = [max(drawn) - min(drawn) for drawn in ([chance.gauss() for _ in range(n)] for _ in range(20_000))]
    assert made._D3[n - 2] == pytest.approx(pstdev(ranges), abs=0.02)
    assert fmean(ranges) == pytest.approx(mean, abs=0.03)


def test_subgroups_must_be_of_one_size_from_2_to_25():
    for wrong, code in (([], "too_few"), ([[1.0]], "outside"), ([[1.0, 2.0], [1.0]], "lengths")):
        with pytest.raises(Refusal, match=rf"methods\.{code}"):
            xbar_chart(wrong)
