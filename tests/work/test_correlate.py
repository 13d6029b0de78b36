"""Two measures on one time axis: what their correlation allows to be said."""

from __future__ import annotations

from datetime import date

import pytest
from tests.work.following import START, keep

from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.errors import Refusal
from gemba.work.correlate import correlate
from gemba.work.desk import Desk


def measure(desk: Desk, code: str, values: list[float], period: Period = Period.MONTH, direction: str = "down") -> str:
    made = Measure(
        uid=desk.ids(), code=code, title=code, sort=MeasureSort.VALUES, period=period, direction=direction,
        made_at=START, person=desk.person.uid,
    )  # fmt: skip
    keep(desk, made)
    for at, value in enumerate(values):
        begins = date(2024 + at // 12, at % 12 + 1, 1)
        keep(desk, MeasureValue(uid=desk.ids(), measure=made.uid, begins=begins, value=value, person=desk.person.uid))
    return made.uid


RISING = [float(at) for at in range(14)]
NOISE = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7]


def test_what_gets_worse_as_the_other_gets_better_is_a_trade_off(desk: Desk) -> None:
    speed = measure(desk, "handled", RISING, direction="up")
    complaints = measure(desk, "complaints", [x + y / 10 for x, y in zip(RISING, NOISE, strict=True)])
    found = correlate(desk, speed, complaints)
    assert found.verdict == "trade_off"
    assert [at.lag for at in found.lags] == [0, 1, 2, 3]
    assert [at.n for at in found.lags] == [14, 13, 12, 11]
    same = measure(desk, "csat", RISING, direction="up")
    assert correlate(desk, speed, same).verdict == "together"


def test_what_the_interval_does_not_allow_is_not_said(desk: Desk) -> None:
    found = correlate(desk, measure(desk, "a", NOISE), measure(desk, "b", [5.0, 3, 8, 1, 9, 2, 7, 4, 6, 8, 1, 5, 3, 6]))
    assert found.verdict == "unclear"
    flat = correlate(desk, measure(desk, "c", NOISE), measure(desk, "d", [2.0] * 14))
    assert (flat.verdict, flat.lags[0].r) == ("unclear", None)


def test_what_is_refused(desk: Desk) -> None:
    one = measure(desk, "a", RISING)
    with pytest.raises(Refusal, match="correlate_periods"):
        correlate(desk, one, measure(desk, "q", RISING[:4], Period.QUARTER))
    with pytest.raises(Refusal, match="correlate_few"):
        correlate(desk, one, measure(desk, "s", RISING[:4]))
    with pytest.raises(Refusal, match="correlate_lag"):
        correlate(desk, one, one, lags=13)
