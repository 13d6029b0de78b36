from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.agreement.cohen import Weights, cohen, cohen_table
from gemba.methods.agreement.concordance import kendall_w, ranks
from gemba.methods.agreement.fleiss import fleiss
from gemba.methods.agreement.intraclass import intraclass
from gemba.methods.agreement.krippendorff import Level, alpha_interval, krippendorff
from gemba.methods.agreement.percent import percent_agreement

complete = st.lists(st.tuples(*[st.integers(1, 4)] * 3), min_size=2, max_size=15)
holed = st.lists(st.tuples(*[st.one_of(st.none(), st.integers(1, 4))] * 3), min_size=1, max_size=15)


def comparable(units) -> bool:
    rated = [[each for each in unit if each is not None] for unit in units]
    return len({each for unit in rated if len(unit) > 1 for each in unit}) > 1


@given(holed, st.sampled_from(Level), st.randoms())
def test_alpha_cares_neither_for_the_order_of_units_nor_of_raters(units, level, random):
    assume(comparable(units))
    alpha = krippendorff(units, level).alpha
    assert alpha <= 1 + 1e-12
    mixed = [tuple(random.sample(unit, len(unit))) for unit in random.sample(units, len(units))]
    assert krippendorff(mixed, level).alpha == pytest.approx(alpha)


@given(holed, st.permutations(["a", "b", "c", "d"]))
def test_nominal_alpha_cares_not_how_answers_are_called(units, names):
    assume(comparable(units))
    called = [tuple(None if each is None else names[each - 1] for each in unit) for unit in units]
    assert krippendorff(called).alpha == pytest.approx(krippendorff(units).alpha)


@given(holed, st.integers(1, 9), st.integers(-20, 20))
def test_interval_alpha_cares_neither_for_unit_nor_for_zero(units, scale, shift):
    assume(comparable(units))
    moved = [tuple(None if each is None else scale * each + shift for each in unit) for unit in units]
    assert krippendorff(moved, Level.INTERVAL).alpha == pytest.approx(krippendorff(units, Level.INTERVAL).alpha)
    assert krippendorff(moved, Level.ORDINAL).alpha == pytest.approx(krippendorff(units, Level.ORDINAL).alpha)


@given(holed)
def test_nominal_alpha_is_what_counting_pairs_gives(units):
    assume(comparable(units))
    rated = [each for each in ([r for r in unit if r is not None] for unit in units) if len(each) > 1]
    whole = [each for unit in rated for each in unit]
    seen = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in rated) / len(whole)
    chance = sum(a != b for a, b in permutations(whole, 2)) / (len(whole) * (len(whole) - 1))
    assert krippendorff(units).alpha == pytest.approx(1 - seen / chance)


@given(complete, st.permutations([0, 1, 2]))
def test_kappas_care_not_for_the_order_of_raters(units, order):
    mixed = [tuple(unit[at] for at in order) for unit in units]
    one, other = fleiss(units), fleiss(mixed)
    assert one.kappa == pytest.approx(other.kappa, nan_ok=True)
    assert one.exact == pytest.approx(other.exact, nan_ok=True)
    assert math.isnan(one.kappa) or one.kappa <= 1 + 1e-12
    for weights in Weights:
        pairs = [(unit[0], unit[1]) for unit in units]
        there = cohen([a for a, _ in pairs], [b for _, b in pairs], weights)
        back = cohen([b for _, b in pairs[::-1]], [a for a, _ in pairs[::-1]], weights)
        assert there.kappa == pytest.approx(back.kappa, nan_ok=True)


@given(st.lists(st.integers(1, 4), min_size=2, max_size=20))
def test_raters_who_always_agree_have_full_agreement(answers):
    assume(len(set(answers)) > 1)
    units = [(each, each, each) for each in answers]
    assert fleiss(units).kappa == pytest.approx(1)
    assert cohen(answers, answers).kappa == pytest.approx(1)
    assert percent_agreement(units).whole == percent_agreement(units).pairwise == 1
    assert kendall_w(units).w == pytest.approx(1)
    for level in Level:
        assert krippendorff(units, level).alpha == pytest.approx(1)
        assert krippendorff(units, level).reliable


def test_one_answer_throughout_tells_nothing():
    units = [("yes", "yes"), ("yes", "yes")]
    assert math.isnan(krippendorff(units).alpha)
    assert math.isnan(fleiss(units).kappa)
    assert math.isnan(cohen(["yes", "yes"], ["yes", "yes"]).kappa)
    assert percent_agreement(units).whole == 1


def test_the_kappa_paradox_shows_beside_the_percent():
    """Ninety per cent agree, and kappa is hardly above nothing, because nearly all answers are yes."""
    table = [[90, 5], [5, 0]]
    first = ["y"] * 95 + ["n"] * 5
    second = ["y"] * 90 + ["n"] * 5 + ["y"] * 5
    told = percent_agreement(list(zip(first, second, strict=True)))
    assert told.whole == 0.9
    assert told.prevalence[0] == ("y", 0.95)
    assert cohen_table(table).kappa == cohen(first, second).kappa < 0


def test_weights_forgive_near_misses():
    first, second = [1, 2, 3, 4, 5, 3], [2, 2, 3, 5, 5, 4]
    plain, linear, square = (cohen(first, second, weights, [1, 2, 3, 4, 5]).kappa for weights in Weights)
    assert plain < linear < square


def test_units_that_one_rater_left_out_are_left_out():
    assert cohen(["a", None, "b", "a"], ["a", "a", "b", None]).units == 2
    assert krippendorff([("a", None), ("a", "b"), ("b", "b")]).units == 2


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda: krippendorff([("a", None)]), "too_few"),
        (lambda: krippendorff([("a", "b")], Level.INTERVAL), "outside"),
        (lambda: fleiss([(1, 2), (1,)]), "lengths"),
        (lambda: fleiss([(1,)]), "too_few"),
        (lambda: cohen([1], [1, 2]), "lengths"),
        (lambda: percent_agreement([]), "too_few"),
        (lambda: intraclass([(1.0, 2.0)]), "too_few"),
        (lambda: kendall_w([(1.0, 2.0), (1.0,)]), "lengths"),
    ],
)
def test_what_cannot_be_compared_is_refused(work, code):
    with pytest.raises(Refusal, match=rf"methods\.{code}"):
        work()


def test_the_interval_is_seeded_and_holds_the_figure():
    units = [(at % 3, at % 3 if at % 4 else (at + 1) % 3) for at in range(60)]
    one, other = (alpha_interval(units, draws=200, seed="s") for _ in range(2))
    assert one == other
    assert one.low <= krippendorff(units).alpha <= one.high
    assert one != alpha_interval(units, draws=200, seed="t")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=12), st.integers(1, 9))
def test_intraclass_correlation_cares_not_for_the_unit(units, scale):
    assume(len({sum(unit) for unit in units}) > 1)
    assume(len({a - b for a, b in units}) > 1)
    one, other = intraclass(units), intraclass([(scale * a, scale * b) for a, b in units])
    assert one.icc1 == pytest.approx(other.icc1)
    assert one.icc2 == pytest.approx(other.icc2)
    assert one.icc3 == pytest.approx(other.icc3)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_ranks_share_ties(values):
    found = ranks(values)
    assert sum(found) == pytest.approx(len(values) * (len(values) + 1) / 2)
    assert all(
        (a < b) == (x < y) for a, x in zip(values, found, strict=True) for b, y in zip(values, found, strict=True)
    )


@given(complete)
def test_concordance_lies_between_none_and_full(units):
    assert -1e-9 <= kendall_w(units).w <= 1 + 1e-9
