"""The interval of alpha: the quick way gives the very numbers of the plain one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.agreement.krippendorff import Level, alpha_change, alpha_interval, krippendorff
from gemba.methods.chance import Chance

RATING = st.sampled_from([1.0, 2.0, 3.0, None])


def plainly(units, level, draws):
    """The percentile interval, unit by unit, by the definition alone."""
    rated = [[each for each in unit if each is not None] for unit in units]
    rated = [unit for unit in rated if len(unit) > 1]
    chance = Chance("alpha")
    found = []
    for _ in range(draws):
        drawn = krippendorff([rated[at] for at in chance.again(len(rated))], level).alpha
        found.append(1.0 if math.isnan(drawn) else drawn)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


@settings(max_examples=60, deadline=None)
@given(
    units=st.lists(
        st.one_of(st.lists(RATING, min_size=2, max_size=2), st.lists(RATING, min_size=3, max_size=3)), max_size=25
    ),
    level=st.sampled_from([Level.NOMINAL, Level.ORDINAL, Level.INTERVAL]),
)
def test_it_is_the_interval_of_drawing_units_again(units, level):
    try:
        expected = plainly(units, level, 25)
    except Refusal:
        return
    found = alpha_interval(units, level, draws=25)
    assert np.allclose((found.low, found.high), expected, rtol=0, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(units=st.lists(st.lists(st.sampled_from([1.0, 2.0, 3.0]), min_size=2, max_size=2), min_size=1, max_size=60))
def test_all_draws_at_once_are_the_same_to_the_last_digit(units):
    from gemba.methods.agreement.krippendorff import _Pairs

    for level in (Level.NOMINAL, Level.ORDINAL):
        pairs = _Pairs(units, level)
        times = np.array(list(Chance("x").often(pairs.units, 30)))
        one_by_one = [pairs.alpha(row) for row in times]
        assert pairs.is_exact
        assert str(pairs.alphas(times)) == str(one_by_one)


def test_the_rise_of_alpha_takes_the_same_units_of_both_rounds():
    before = [[1, 3], [1, 1], [2, 1], [3, 3], [3, 2], [2, 2], [1, None]]
    after = [[1, 1], [1, 1], [2, 2], [3, 3], [3, 2], [2, 2], [1, 1]]
    rise, between = alpha_change(before, after, Level.ORDINAL, draws=200)
    kept = slice(0, 6)
    expected = krippendorff(after[kept], Level.ORDINAL).alpha - krippendorff(before[kept], Level.ORDINAL).alpha
    assert rise == expected
    assert between.low <= rise <= between.high
    assert alpha_change(before, before, Level.ORDINAL, draws=50)[1].high == 0


def test_rounds_of_other_units_are_refused():
    for before, after in (([[1, 2]], [[1, 2], [1, 1]]), ([[1, None]], [[1, 1]])):
        with pytest.raises(Refusal):
            alpha_change(before, after)
