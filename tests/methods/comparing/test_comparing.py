from __future__ import annotations

import math
import random
from itertools import combinations
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.comparing.balance import balance
from gemba.methods.comparing.differences import difference_in_differences
from gemba.methods.comparing.permutation import permutation_test
from gemba.methods.comparing.propensity import match_nearest, propensities
from gemba.methods.comparing.strata import coarsened, even_cuts, match_exactly

rows = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(-50, 50)), min_size=1, max_size=40)


@given(rows, st.randoms())
def test_matched_effects_care_not_for_the_order(units, chance):
    mixed = chance.sample(units, len(units))
    one, other = (match_exactly(*map(list, zip(*each, strict=True))) for each in (units, mixed))
    assert one.effect == pytest.approx(other.effect, nan_ok=True)
    assert one.treated + one.dropped_treated + one.untreated + one.dropped_untreated == len(units)


@given(rows)
def test_weights_give_the_very_effect_and_balance_the_strata(units):
    keys, treated, outcomes = map(list, zip(*units, strict=True))
    found = match_exactly(keys, treated, outcomes)
    assume(found.strata)
    kept = list(zip(treated, found.weights, outcomes, keys, strict=True))
    means = [
        sum(w * y for t, w, y, _ in kept if t is side) / sum(w for t, w, _, _ in kept if t is side)
        for side in (True, False)
    ]
    assert found.effect == pytest.approx(means[0] - means[1], abs=1e-9)
    assert sum(w for t, w, _, _ in kept if not t) == pytest.approx(found.untreated)
    traits = {f"is {key}": [float(each == key) for each in keys] for key in set(keys)}
    assert all(math.isnan(each.after) or abs(each.after) < 1e-9 for each in balance(traits, treated, found.weights))


def test_nothing_in_common_gives_no_effect():
    found = match_exactly(["a", "b"], [True, False], [1.0, 2.0])
    assert math.isnan(found.effect)
    assert (found.strata, found.dropped_treated, found.dropped_untreated) == (0, 1, 1)


def test_values_are_coarsened_between_cuts():
    assert even_cuts([0, 10], 4) == [2.5, 5.0, 7.5]
    assert coarsened([0, 2.5, 7, 10], [2.5, 5.0, 7.5]) == [0, 1, 2, 3]


def made_units(n=400):
    chance = random.Random(4)
    traits = [(chance.gauss(0, 1), float(chance.random() < 0.5)) for _ in range(n)]
    treated = [chance.random() < 1 / (1 + math.exp(1 - x - z)) for x, z in traits]
    outcomes = [
        3 * x + 2 * z + (5 if t else 0) + chance.gauss(0, 0.5) for (x, z), t in zip(traits, treated, strict=True)
    ]
    return traits, treated, outcomes


def test_propensity_matching_mends_what_plain_means_get_wrong():
    traits, treated, outcomes = made_units()
    plain = fmean(y for y, t in zip(outcomes, treated, strict=True) if t) - fmean(
        y for y, t in zip(outcomes, treated, strict=True) if not t
    )
    pairs = match_nearest(propensities(traits, treated), treated)
    assert plain > 6.5
    assert pairs.effect(outcomes) == pytest.approx(5, abs=0.6)
    named = {name: [each[at] for each in traits] for at, name in enumerate(("x", "z"))}
    told = balance(named, treated, pairs.weights(len(treated)))
    assert all(abs(each.after) < abs(each.before) for each in told)
    assert len(pairs.pairs) + pairs.dropped_treated == sum(treated)


def test_logits_are_the_regressions_own():
    """With one 0/1 trait the fitted logits are those of the two shares."""
    traits = [(0.0,)] * 10 + [(1.0,)] * 10
    treated = [True] * 2 + [False] * 8 + [True] * 7 + [False] * 3
    found = propensities(traits, treated)
    assert found[0] == pytest.approx(math.log(2 / 8))
    assert found[-1] == pytest.approx(math.log(7 / 3))


def test_groups_that_traits_tell_apart_have_no_partners():
    with pytest.raises(Refusal, match=r"methods\.separated"):
        propensities([(float(at),) for at in range(10)], [at >= 5 for at in range(10)])


def test_partners_beyond_the_caliper_are_left_alone():
    pairs = match_nearest([0.0, 0.1, 9.0], [True, False, True])
    assert pairs.pairs == ((0, 1),)
    assert (pairs.dropped_treated, pairs.dropped_untreated) == (1, 0)


panel = st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=6, max_size=20)


@given(panel)
def test_difference_in_differences_is_that_of_four_means(changes):
    treated = [at % 2 == 0 for at in range(len(changes))] * 2
    after = [False] * len(changes) + [True] * len(changes)
    outcomes = [float(before) for before, _ in changes] + [float(later) for _, later in changes]
    found = difference_in_differences(outcomes, treated, after, list(range(len(changes))) * 2)
    moved = [later - before for before, later in changes]
    assert found.effect == pytest.approx(fmean(moved[::2]) - fmean(moved[1::2]), abs=1e-9)
    assert found.few_clusters == (len(changes) < 10)
    assert found.interval.low <= found.effect <= found.interval.high


def test_four_groups_are_needed():
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        difference_in_differences([1.0, 2.0], [True, True], [False, True], [1, 2])


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=8), st.data())
def test_permutation_p_is_counted_over_all_arrangements(values, data):
    k = data.draw(st.integers(1, len(values) - 1))
    treated = [at < k for at in range(len(values))]
    found = permutation_test(values, treated)

    def gap(part):
        rest = [value for at, value in enumerate(values) if at not in part]
        return abs(fmean(values[at] for at in part) - fmean(rest))

    gaps = [gap(part) for part in combinations(range(len(values)), k)]
    assert found.exact
    assert found.p == pytest.approx(sum(each >= gap(range(k)) - 1e-9 for each in gaps) / len(gaps))


def test_many_arrangements_are_sampled_by_seed():
    values, treated = [float(at % 7) for at in range(40)], [at % 2 == 0 for at in range(40)]
    one, other = (permutation_test(values, treated, most=500, seed="s") for _ in range(2))
    assert one == other
    assert not one.exact
    assert 0 < one.p <= 1


def test_a_trait_that_all_share_is_balanced_and_one_that_only_the_changed_share_is_not():
    changed, weights = [True, True, False, False], [1.0] * 4
    alike, apart = balance({"alike": [1, 1, 1, 1], "apart": [1, 1, 0, 1]}, changed, weights)
    assert (alike.before, alike.after, alike.balanced) == (0.0, 0.0, True)
    assert math.isnan(apart.after)
    assert not apart.balanced
