"""Gaps between what is promised, expected and achieved, on whichever side is good."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.goals import Bound
from gemba.domain.service_gaps import gaps, meets, shortfall

numbers = st.floats(-1e9, 1e9, allow_nan=False)
bounds = st.sampled_from(list(Bound))


@pytest.mark.parametrize(
    ("value", "target", "bound", "share"),
    [
        (90, 95, Bound.AT_LEAST, 5 / 95),
        (98, 95, Bound.AT_LEAST, -3 / 95),
        (3, 2, Bound.AT_MOST, 0.5),
        (1, 2, Bound.AT_MOST, -0.5),
        (0, 0, Bound.AT_MOST, 0),
        (4, 0, Bound.AT_MOST, 1),
        (0, 4, Bound.AT_LEAST, 1),
    ],
)
def test_a_shortfall_is_a_share_of_the_target(value: float, target: float, bound: Bound, share: float) -> None:
    assert shortfall(value, target, bound) == pytest.approx(share)


@given(numbers, numbers, bounds)
def test_what_meets_does_not_fall_short_and_the_other_way_round(value: float, target: float, bound: Bound) -> None:
    assert meets(value, target, bound) == (shortfall(value, target, bound) <= 0)


@given(numbers, numbers, bounds)
def test_the_other_side_has_the_other_sign(value: float, target: float, bound: Bound) -> None:
    other = Bound.AT_MOST if bound is Bound.AT_LEAST else Bound.AT_LEAST
    assert shortfall(value, target, bound) == -shortfall(value, target, other)


@given(numbers, st.none() | numbers, st.none() | numbers, bounds)
def test_the_worst_gap_is_none_only_where_nothing_is_known(
    promised: float, expected: float | None, achieved: float | None, bound: Bound
) -> None:
    found = gaps(promised, expected, achieved, bound)
    told = [one for one in (found.promise, found.delivery, found.experience) if one is not None]
    assert found.worst == (max(told) if told else None)
    assert (
        len(told)
        == {(True, True): 0, (True, False): 1, (False, True): 1, (False, False): 3}[expected is None, achieved is None]
    )
