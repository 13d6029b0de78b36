"""What people type, and what the form keeps of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.ui.conduct import lexical

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3,5", "3.5"), ("3.5", "3.5"), ("1 234,5", "1234.5"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"),
        ("1'234.5", "1234.5"), ("-0,25", "-0.25"), ("−4", "-4"), ("٣٫٥", "3.5"),
        ("+7", "7"), (".5", ".5"), ("12", "12"),
        ("", ""), ("about 3", "about 3"), ("1,2,3", "123"), ("3,", "3."),
    ],
)  # fmt: skip
def test_decimals_are_read_with_comma_or_point(typed: str, value: str) -> None:
    assert lexical.decimal(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12", "12"), (" 12 ", "12"), ("1 200", "1200"), ("1.200", "1200"), ("007", "7"), ("-3", "-3"), ("१२", "12"),
     ("1,5", "1,5"), ("twelve", "twelve"), ("", "")],
)  # fmt: skip
def test_whole_numbers_are_read_and_words_are_left(typed: str, value: str) -> None:
    assert lexical.integer(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("21.11.2026", "2026-11-21"), ("2026-11-21", "2026-11-21"), ("21/11/26", "2026-11-21"), ("5.4.", "2026-04-05"),
     ("5/4", "2026-04-05"), ("31.2.2026", "31.2.2026"), ("tomorrow", "tomorrow"), ("", ""), ("13/25", "13/25")],
)  # fmt: skip
def test_days_are_read_as_they_are_written(typed: str, value: str) -> None:
    assert lexical.day(typed, TODAY) == value


def test_where_the_month_comes_first_it_is_read_first() -> None:
    assert lexical.day("5/4/2026", TODAY, month_first=True) == "2026-05-04"
    assert lexical.day("25/4/2026", TODAY, month_first=True) == "2026-04-25"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("9", "09:00:00.000"), ("9:5", "09:05:00.000"), ("905", "09:05:00.000"), ("1430", "14:30:00.000"),
     ("14.30", "14:30:00.000"), ("2:30 pm", "14:30:00.000"),
     ("12 am", "00:00:00.000"), ("14:30:00.000", "14:30:00.000"),
     ("25:00", "25:00"), ("noon", "noon"), ("", "")],
)  # fmt: skip
def test_times_are_read_as_they_are_written(typed: str, value: str) -> None:
    assert lexical.clock(typed) == value


def test_a_moment_carries_the_zone_of_its_place() -> None:
    east = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=2)))
    assert lexical.moment("2026-03-02", "14:30:00.000", east) == "2026-03-02T14:30:00.000+02:00"
    assert lexical.moment("2026-03-02", "", east) == "2026-03-02"
    assert lexical.moment("", "14:30:00.000", east) == "14:30:00.000"
    assert lexical.moment("soon", "14:30:00.000", datetime(2026, 3, 2, tzinfo=UTC)) == "soonT14:30:00.000"


@given(st.decimals(-10_000, 10_000, places=3))
def test_a_kept_number_reads_back_as_itself(number: object) -> None:
    assert lexical.decimal(lexical.shown_number(str(number), ",")) == str(number)


@given(st.text(max_size=20))
def test_nothing_typed_is_ever_lost(typed: str) -> None:
    for read in (lexical.integer, lexical.decimal, lexical.clock, lambda text: lexical.day(text, TODAY)):
        assert bool(read(typed)) == bool(typed.strip())
