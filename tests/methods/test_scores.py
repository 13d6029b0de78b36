from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.scores import Item, ces, ces_high, checklist_score, csat, nps, nps_of

counts = st.integers(0, 200)


@given(counts, counts, counts)
def test_nps_mirrors_and_stays_in_range(up, middle, down):
    one, other = nps(up, middle, down), nps(down, middle, up)
    if up + middle + down < 10:
        assert one.value is one.interval is one.error is None
    else:
        assert one.value == pytest.approx(-other.value)
        assert -100 <= one.interval.low <= one.value <= one.interval.high <= 100


def test_no_score_below_ten_answers():
    assert nps(9, 0, 0).value is None
    assert nps(10, 0, 0).value == 100
    assert csat([0, 0, 0, 0, 9]).value is None
    assert ces([9, 0, 0, 0, 0, 0, 0]).value is None
    assert ces_high([0] * 7).n == 0


def test_single_answers_are_sorted_into_three():
    assert nps_of([0, 6, 7, 8, 9, 10, 10, 10, 10, 10]) == nps(6, 2, 2)
    with pytest.raises(Refusal, match=r"methods\.outside"):
        nps_of([11])


@pytest.mark.parametrize("wrong", [[1, 2, 3], [1] * 6, [-1, 1, 1, 1, 1]])
def test_a_scale_has_its_steps(wrong):
    with pytest.raises(Refusal):
        csat(wrong)


items = st.lists(
    st.builds(Item, points=st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0])), weight=st.integers(1, 5)),
    max_size=20,
)


@given(items, st.integers(1, 9))
def test_a_checklist_score_cares_not_for_the_unit_of_weights(given_items, scale):
    one = checklist_score(given_items)
    other = checklist_score([Item(item.points, item.weight * scale) for item in given_items])
    assert one.share == other.share or one.share == pytest.approx(other.share)
    assert one.share is None or 0 <= one.share <= 1


def test_a_fatal_item_is_never_averaged_away():
    told = checklist_score([Item(1.0)] * 50 + [Item(0.0, fatal=True)])
    assert told.failed
    assert told.fatal == (50,)
    assert told.share > 0.9
    assert not checklist_score([Item(1.0, fatal=True), Item(None, fatal=True)]).failed


def test_unanswered_items_are_told_apart_from_those_that_do_not_apply():
    told = checklist_score([Item(1.0), Item(None), Item(None, answered=False)])
    assert told.share == 1
    assert told.unanswered == 0.5
    assert checklist_score([]).share is None
