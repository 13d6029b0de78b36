"""How figures with their intervals stand in a table of the command line."""

from __future__ import annotations

import math

from gemba.domain.follow_through import Discrepancy
from gemba.methods.proportions import Interval
from gemba.work.lags import At

NONE = "–"


def days(at: At) -> str:
    """Days with their interval; a dash where the curve does not get so far."""
    if at.days is None:
        return NONE
    return f"{number(at.days)} ({number(at.low)} – {number(at.high)})"


def number(value: float | None, digits: int = 1) -> str:
    """A figure with few digits; a dash for none."""
    return NONE if value is None or math.isnan(value) else f"{value:.{digits}f}"


def percent(value: float | None) -> str:
    """A share as percent; a dash for none."""
    return NONE if value is None else f"{100 * value:.0f}\u00a0%"


def interval(found: Interval | None, digits: int = 2) -> str:
    """From where to where."""
    return NONE if found is None else f"{number(found.low, digits)} – {number(found.high, digits)}"


def gap(one: Discrepancy) -> str:
    """Told against logged."""
    return f"{one.told:g} / {one.logged:g} {one.unit}".rstrip()
