"""The median's interval: exact by order statistics, as the tables of the sign test have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.medians import median_of


@pytest.mark.parametrize(("n", "k"), [(6, 1), (8, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8), (100, 40)])
def test_the_places_that_tables_give(n: int, k: int) -> None:
    found = median_of(range(1, n + 1))
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (k, n + 1 - k)


def test_too_few_have_no_interval() -> None:
    assert median_of([3, 1, 2, 9, 4]).interval is None
    assert median_of([3, 1, 2]).value == 2
    with pytest.raises(Refusal):
        median_of([])


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=80))
def test_the_median_lies_in_its_interval(values: list[float]) -> None:
    found = median_of(values)
    assert found.interval is not None
    assert found.interval.low <= found.value <= found.interval.high
