from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.quarters import days_of, quarter_of, quarter_written, quarters_until
from gemba.errors import Refusal


@given(st.dates())
def test_a_day_lies_in_its_quarter_and_its_neighbours_do_not(day):
    begins, ends = days_of(quarter_of(day))
    assert begins <= day <= ends
    assert 90 <= (ends - begins).days + 1 <= 92
    if begins > date.min:
        assert quarter_of(begins - timedelta(1)) != quarter_of(day)
    if ends < date.max:
        assert quarter_of(ends + timedelta(1)) != quarter_of(day)


@given(st.dates(min_value=date(10, 1, 1)), st.integers(1, 30))
def test_quarters_before_follow_each_other_without_a_gap(day, count):
    found = quarters_until(quarter_of(day), count)
    assert len(found) == count
    assert found[-1] == quarter_of(day)
    for earlier, later in pairwise(found):
        assert days_of(earlier)[1] + timedelta(1) == days_of(later)[0]


@pytest.mark.parametrize(("said", "quarter"), [("2026-Q4", "2026-Q4"), (" 2026q1 ", "2026-Q1"), ("2026-q2", "2026-Q2")])
def test_people_write_quarters_in_several_ways(said, quarter):
    assert quarter_written(said) == quarter


@pytest.mark.parametrize("said", ["", "2026", "2026-Q5", "Q4", "26-Q4", "2026-Q4x", "0000-Q1"])
def test_what_is_no_quarter_is_refused(said):
    with pytest.raises(Refusal, match=r"domain\.quarter"):
        quarter_written(said)


def test_before_the_first_year_there_is_no_quarter():
    with pytest.raises(Refusal, match=r"domain\.quarter"):
        quarters_until("0001-Q2", 3)
