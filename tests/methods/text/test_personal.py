from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.text.measured import differences, scores
from tests.methods.text.personal_cases import CASES, WITH, WITHOUT, Case
from tests.methods.text.personal_unseen import UNSEEN

from gemba.methods.text.personal import Sort, Span, found, redacted

HARD = 5  # the last ones of WITH are there to show what is missed
PIECES = [case.text for case in CASES] + [
    "[name]",
    "[phone]",
    "[",
    "]",
    "+",
    "0",
    " ",
    "\u202e",
    "\u200f",
    "é",
    "٣",
    "\U0001f600",
]
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=5).map("".join)
NAMES = st.lists(
    st.one_of(st.sampled_from(["Anna Müller", "name", "phone", "K-1", "李小龙", "s", "e-mail"]), st.text(max_size=9)),
    max_size=3,
)


@pytest.mark.parametrize("case", WITH[:-HARD] + WITHOUT, ids=lambda case: case.text[:40] or "empty")
def test_what_tells_of_a_person_is_found_and_nothing_else(case: Case):
    extra, lost = differences(case)
    assert (dict(extra), dict(lost)) == ({}, {})


def test_over_all_cases_nearly_everything_is_found():
    total = scores(CASES)
    assert len(CASES) >= 120
    assert min(score.precision for score in total.values()) >= 0.98
    assert min(score.recall for score in total.values()) >= 0.9


def test_over_cases_that_nothing_was_tried_on_most_is_found():
    found_there = scores(UNSEEN).values()
    right, wrong, missed = (sum(score[at] for score in found_there) for at in range(3))
    assert right / (right + wrong) >= 0.9
    assert right / (right + missed) >= 0.88


@given(WORDS, NAMES)
def test_any_text_is_read_and_what_is_found_lies_in_it_in_order(text: str, names: list[str]):
    spans = found(text, names)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(WORDS, NAMES)
def test_what_is_redacted_stays_as_it_is_when_redacted_again(text: str, names: list[str]):
    once = redacted(text, names)
    assert redacted(once, names) == once
    assert found(once, names) == ()


@given(WORDS)
def test_what_is_around_stays_word_for_word(text: str):
    spans = found(text)
    kept = redacted(text, spans=spans)
    at, rest = 0, kept
    for span in spans:
        before = text[at : span.start] + span.sort.mark
        assert rest.startswith(before)
        at, rest = span.end, rest[len(before) :]
    assert rest == text[at:]


def test_a_person_chooses_what_is_taken_out():
    text = "Anna, 0171 1234567"
    phone = found(text, ["Anna"])[1]
    assert redacted(text, spans=[phone]) == "Anna, [phone]"
    assert redacted(text, spans=[]) == text
    assert redacted(text, spans=[Span(0, 4, Sort.NAME), phone]) == "[name], [phone]"


def test_a_mark_of_before_is_never_a_name():
    assert redacted("[name] called", names=["Name Phone"]) == "[name] called"


def test_words_from_right_to_left_keep_their_order():
    text = "اسمي محمد ورقمي +966501234567"
    assert redacted(text, ["محمد علي"]) == "اسمي [name] ورقمي [phone]"


def test_long_words_take_no_time_to_speak_of():
    for text in ("1" * 40_000, "0 " * 20_000, "a@" * 20_000, "A" * 40_000, "Am " * 14_000, "-" * 40_000, "1-" * 20_000):
        assert isinstance(found(text, ["Anna Müller"]), tuple)
