from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.methods.charts.individuals import individuals
from gemba.methods.charts.model import Baseline, ChartSort
from gemba.methods.charts.weighted import cusum, ewma

MONTGOMERY = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08]
MONTGOMERY += [9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52]
KNOWN = Baseline(ChartSort.INDIVIDUALS, 10, 1, 10, 100, "known")


def test_montgomerys_cusum_signals_at_point_29():
    """Montgomery, table 9.1 and 9.2: mean 10, sigma 1, k 0.5, h 5."""
    chart = cusum(MONTGOMERY, baseline=KNOWN)
    assert chart.high[28] == pytest.approx(5.28)
    assert chart.beyond()[0] == 28


def test_montgomerys_ewma_passes_its_limit_at_point_29():
    """Montgomery, table 9.10: lambda 0.1, L 2.7."""
    chart = ewma(MONTGOMERY, weight=0.1, sigmas=2.7, baseline=KNOWN)
    assert chart.values[0] == pytest.approx(9.945)
    assert chart.upper[0] == pytest.approx(10.27)
    assert chart.values[28] == pytest.approx(10.6468, abs=5e-5)
    assert chart.beyond()[0] == 28


@given(st.lists(st.integers(-100, 100), min_size=3, max_size=30))
def test_with_full_weight_an_ewma_is_the_individuals_chart(values):
    one, other = ewma(values, weight=1), individuals(values)
    assert one.values == pytest.approx(other.values)
    assert one.upper == pytest.approx(other.upper)


@given(st.lists(st.integers(-100, 100), min_size=3, max_size=30))
def test_cusums_mirror_each_other(values):
    one, other = cusum(values), cusum([-value for value in values])
    assert one.high == pytest.approx(other.low)
    assert min(one.high + one.low) >= 0
