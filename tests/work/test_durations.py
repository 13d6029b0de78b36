"""Times as people say them, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.work.durations import exact, seconds_of, shown


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("90", 90), ("45 s", 45), ("1.5 min", 90), ("1,5 min", 90), ("1 h 30 min", 5400), ("2d", 172_800), ("", None)],
)
def test_times_are_read(said, seconds):
    assert seconds_of(said) == seconds


@pytest.mark.parametrize("said", ["soon", "-5", "5 apples", "h", "1e9 d", "9999999999 w", "5 min later"])
def test_what_is_no_time_is_refused(said):
    with pytest.raises(Refusal, match="no_duration"):
        seconds_of(said)


@given(st.integers(0, 10**8))
def test_what_is_written_exactly_reads_back(seconds):
    assert seconds_of(exact(float(seconds))) == seconds


def test_times_are_shown_in_the_unit_that_reads_best():
    assert [shown(each) for each in (None, 45, 90, 5400, 86_400 * 16.2)] == ["", "45 s", "1.5 min", "1.5 h", "16.2 d"]
