from datetime import UTC, datetime

import pytest

from gemba.domain.clocks import doubt
from gemba.wording import sentence


@pytest.mark.parametrize("day", ["1970-01-02", "2024-12-31", "2076-01-01", "2099-12-31"])
def test_a_clock_that_cannot_be_right_is_told_of_with_the_way_out(day):
    doubted = doubt(datetime.fromisoformat(day).replace(tzinfo=UTC))
    assert doubted is not None
    said = sentence(doubted)
    assert day in said
    assert "Nothing is lost" in said
    assert "set the clock" in said


@pytest.mark.parametrize("day", ["2025-01-01", "2026-11-22", "2075-12-31"])
def test_any_other_clock_is_believed(day):
    assert doubt(datetime.fromisoformat(day).replace(tzinfo=UTC)) is None
