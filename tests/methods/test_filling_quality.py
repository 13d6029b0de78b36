"""Signs of haste are named where they are, and an ordinary walk raises none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.methods.filling_quality import is_much_faster, is_straight, longest_run, pace, same_words, usual_pace


@pytest.mark.parametrize(
    ("answers", "run"),
    [([], (0, 0)), (["", ""], (0, 0)), (["a", "b", "b", "a"], (1, 2)), (["a", "a", "", "a", "a", "a"], (3, 3))],
)
def test_the_longest_run_is_found(answers, run):
    assert longest_run(answers) == run


@given(st.lists(st.sampled_from(["", "a", "b"]), max_size=40))
def test_a_run_is_what_it_says(answers):
    first, length = longest_run(answers)
    assert len(set(answers[first : first + length])) == bool(length)
    assert not any(len(set(answers[at : at + length + 1])) == 1 and answers[at] and at + length < len(answers)
                   for at in range(len(answers)))  # fmt: skip


def test_one_answer_all_the_way_down_is_named_and_a_mixed_sheet_is_not():
    assert is_straight(["yes"] * 12)
    assert is_straight([*["yes"] * 16, *["no"] * 4])
    assert not is_straight(["yes"] * 9)
    assert not is_straight([*["yes"] * 10, *["no"] * 10])


def test_a_pace_is_compared_with_the_own_median_only():
    assert pace(0, 10) is None
    assert pace(100, 0) is None
    assert usual_pace([20, 22]) is None
    assert usual_pace([20, 22, 60]) == 22
    assert is_much_faster(10, [20, 22, 60])
    assert not is_much_faster(12, [20, 22, 60])
    assert not is_much_faster(1, [])


def test_notes_are_the_same_but_for_case_and_space_when_long_enough():
    assert same_words("The queue stood at the door.", "the queue  stood at the door")
    assert not same_words("ok", "OK")
    assert not same_words("The queue stood at the door.", "The queue stood at the till.")
