from __future__ import annotations

import math

import pytest

from gemba.errors import Refusal
from gemba.methods.comparing.trends import trends


def test_periods_stand_in_time_order_with_both_groups():
    found = trends([1.0, 3.0, 5.0, 2.0], [True, True, False, False], ["2026-02", "2026-01", "2026-01", "2026-02"])
    assert list(found) == ["2026-01", "2026-02"]
    assert found["2026-01"].gap == -2
    assert (found["2026-02"].treated_rows, found["2026-02"].untreated_rows) == (1, 1)


def test_a_group_without_a_row_has_no_mean():
    assert math.isnan(trends([1.0], [True], [1])[1].untreated)
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        trends([], [], [])
