"""Measures with values, for tests of charts and signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemba.domain.measures import MeasureSort, Period
from gemba.store.series import after
from gemba.work.desk import Desk
from gemba.work.measure_values import enter
from gemba.work.measures import NewMeasure, add

STEADY = (12, 9, 11, 14, 8, 10, 13, 9, 12, 11, 7, 10, 12, 9, 13, 10, 11, 8, 12, 10, 9, 11, 13, 10)
"""Counts around 10 as chance makes them."""


def measure_of(desk: Desk, values: Sequence[float], code: str = "calls", **fields: Any) -> str:
    """A monthly measure with these values from January 2024 on; gives its uid."""
    told = {"sort": MeasureSort.VALUES, "period": Period.MONTH, **fields}
    uid = add(desk, NewMeasure(code=code, **told)).uid
    go_on(desk, uid, values)
    return uid


def go_on(desk: Desk, uid: str, values: Sequence[float], begins: date = date(2024, 1, 1)) -> None:
    """Enter values from a month on."""
    day = begins
    for value in values:
        enter(desk, uid, day, value)
        day = after(Period.MONTH, day)
