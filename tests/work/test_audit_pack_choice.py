"""What a steward writes down to choose an audit pack."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.work.audit_pack_choice import Choice, check, quarter, recipient, recipients_in, size_of
from gemba.work.desk import Desk


@given(st.integers(1900, 2200), st.integers(1, 4))
def test_quarters_follow_one_another_without_a_gap(year: int, number: int) -> None:
    first, last = quarter(f"{year}Q{number}")
    following, _ = quarter(f"{year + number // 4}q{number % 4 + 1}")
    assert (first.day, first.month, last.month) == (1, 3 * number - 2, 3 * number)
    assert last + timedelta(days=1) == following


@pytest.mark.parametrize("spelled", ["2026", "2026Q5", "Q3", "26Q3", "2026Q33", ""])
def test_other_words_are_no_quarter(spelled: str) -> None:
    with pytest.raises(Refusal, match="odd_quarter"):
        quarter(spelled)


@pytest.mark.parametrize(
    ("spelled", "size"), [("50MB", 50_000_000), ("1.5 gb", 1_500_000_000), ("700k", 700_000), ("1234", 1234)]
)
def test_sizes_are_in_millions_of_bytes(spelled: str, size: int) -> None:
    assert size_of(spelled) == size


@pytest.mark.parametrize("spelled", ["", "MB", "-5MB", "0MB", "50 miles", "1e3MB"])
def test_other_words_are_no_size(spelled: str) -> None:
    with pytest.raises(Refusal, match="odd_size"):
        size_of(spelled)


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"last": date(2025, 12, 31)}, "period_backwards"),
        ({"places": ("nowhere",)}, "unknown_record"),
        ({"kinds": ("no-kind",)}, "kinds.unknown"),
    ],
)
def test_a_choice_that_can_hold_nothing_is_refused(desk: Desk, chosen, code: str) -> None:
    whole = {"first": date(2026, 1, 1), "last": date(2026, 3, 31)} | chosen
    with desk.reader() as reader, pytest.raises(Refusal, match=code):
        check(reader, Choice(**whole))


def test_recipients_are_keys_or_cards(desk: Desk) -> None:
    assert recipient(f" {desk.store.device.recipient} ") == desk.store.device.recipient
    with pytest.raises(Refusal, match="bad_key"):
        recipient("age1nobody")
    with pytest.raises(Refusal, match="not_a_card"):
        recipients_in(b"{}")
