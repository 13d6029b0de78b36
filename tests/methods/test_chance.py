from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.methods.chance import ALGORITHM, Chance

SAMPLE = ["D-073", "D-097", "D-197", "D-106", "D-145"]
AGAIN = [2, 3, 7, 4, 5, 2, 4, 2]
COUNTS = [6, 8, 9, 4, 7, 5, 4, 5, 8, 2]


def test_the_draws_of_a_seed_never_change():
    """A sample drawn years ago must be drawn again: whoever changes these figures names a new algorithm."""
    assert ALGORITHM == "mt19937-1"
    assert Chance("2026-Q3").sample([f"D-{at:03d}" for at in range(200)], 5) == SAMPLE
    assert Chance("2026-Q3").again(8) == AGAIN
    assert Chance(7).counts(5, 10) == COUNTS


@given(st.integers(0, 50), st.integers(0, 50), st.text())
def test_a_sample_has_different_items_of_the_list(extra, n, seed):
    items = list(range(n + extra))
    drawn = Chance(seed).sample(items, n)
    assert len(set(drawn)) == n
    assert set(drawn) <= set(items)


def test_every_item_is_as_likely():
    chance = Chance("fair")
    seen = [item for _ in range(6000) for item in chance.sample(range(6), 2)]
    assert all(abs(seen.count(item) - 2000) < 200 for item in range(6))


def test_counts_have_their_mean():
    drawn = Chance("mean").counts(3.5, 20_000)
    assert abs(sum(drawn) / len(drawn) - 3.5) < 0.06
    assert abs(sum((each - 3.5) ** 2 for each in drawn) / len(drawn) - 3.5) < 0.2


@pytest.mark.parametrize("before", [0, 7, 623, 1300])
def test_counted_draws_are_those_of_the_plain_ones_and_leave_the_same_state(before):
    plain, counted = Chance("again"), Chance("again")
    for chance in (plain, counted):
        for _ in range(before):
            chance.below(10)
    expected = [np.bincount(plain.again(50), minlength=50).tolist() for _ in range(40)]
    assert [times.tolist() for times in counted.often(50, 40)] == expected
    assert [plain.below(1000) for _ in range(2000)] == [counted.below(1000) for _ in range(2000)]
