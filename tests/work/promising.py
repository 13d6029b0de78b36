"""What is promised, for tests: goals, branches of their trees, measures with values, service levels."""

from __future__ import annotations

from datetime import date
from typing import Any

from gemba.domain.measures import MeasureSort, Period
from gemba.work import goals, measure_values, measures, requirements, service_levels
from gemba.work.desk import Desk

TODAY = date(2026, 3, 2)
"""The day on which the tests' clock begins."""


def goal_added(desk: Desk, code: str = "told-first", **fields: Any) -> str:
    """A goal with an owner; gives its uid."""
    said = {"title": "Told first", "statement": "We tell you first.", "need": "Do not let me wait.", "owner": "Lead"}
    return goals.add(desk, goals.NewGoal(code=code, **{**said, **fields})).uid


def adapted(desk: Desk, goal: str, place: str, **fields: Any) -> str:
    """An adaptation until the end of April; gives its uid."""
    said = {"statement": "We tell you within a week.", "reason": "Strike", "valid_to": date(2026, 4, 30), **fields}
    return goals.adapt(desk, goal, goals.NewAdaptation(place=place, **said)).uid


def measured(desk: Desk, code: str, *values: float, unit: str = "%") -> str:
    """A measure with monthly values up to February; gives its uid."""
    made = measures.add(
        desk, measures.NewMeasure(code=code, sort=MeasureSort.VALUES, period=Period.MONTH, unit=unit, direction="up")
    ).uid
    for back, value in enumerate(reversed(values)):
        month = 2 - back
        measure_values.enter(desk, made, date(2026 if month > 0 else 2025, (month - 1) % 12 + 1, 1), value)
    return made


def required(desk: Desk, goal: str, **fields: Any) -> str:
    """A branch of a goal's tree; gives its uid."""
    said = {"driver": "On time", "measured_by": "Orders answered within 2 days, of all", "target": 95.0, "unit": "%"}
    return requirements.require(desk, goal, requirements.NewRequirement(**{**said, **fields})).uid


def level_agreed(desk: Desk, title: str = "Call back", **fields: Any) -> str:
    """A service level; gives its uid."""
    said: dict[str, Any] = {"provider": "Front office", "customer": "Households", "promised": 95.0, "unit": "%"}
    said |= {"owner": "Lead", **fields}
    return service_levels.add(desk, service_levels.NewServiceLevel(title=title, **said)).uid
