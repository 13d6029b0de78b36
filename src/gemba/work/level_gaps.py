"""How one service level stands: its three columns, the gaps between them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from gemba.domain.goals import ServiceLevel
from gemba.domain.measures import Measure
from gemba.domain.service_gaps import Gaps, gaps
from gemba.wording import text
from gemba.work.goal_words import amount, gap_share, runs_out
from gemba.work.latest_values import Latest, LatestValues, units_differ


class Standing(msgspec.Struct, frozen=True):
    """What is achieved, and how far the three columns are apart."""

    achieved: float | None
    on: date | None
    """First day of the period, or the day on which it was entered."""
    measure: Measure | None
    """Where the value is from; `None` for one that was entered by hand."""
    gaps: Gaps
    now: Latest | None = None
    """What the measure shows, also where its unit is another one."""


def standing(level: ServiceLevel, values: LatestValues) -> Standing:
    """How a level stands: a measure that shows something in the same unit tells what is achieved, else a person."""
    measure, now = values.of(level.measure)
    if now is not None and not units_differ(now, level.unit):
        told = gaps(level.promised, level.expected, now.value, level.bound)
        return Standing(now.value, now.begins, measure, told, now)
    told = gaps(level.promised, level.expected, level.achieved, level.bound)
    return Standing(level.achieved, level.achieved_on, None, told, now)


def worst_told(found: Standing) -> tuple[str, str]:
    """The widest gap in words, and its tone: nothing is good while one of the three columns is not known."""
    worst = found.gaps.worst
    if worst is None:
        return "–", "plain"
    if worst > 0:
        return gap_share(worst), "poor"
    if found.achieved is None:
        return text("cannot tell yet"), "plain"
    return gap_share(worst), "plain" if found.gaps.promise is None else "good"


def level_state(level: ServiceLevel, today: date) -> str:
    """How it stands in time: `in_force`, `later`, `expired` or `retired`."""
    if level.retired:
        return "retired"
    if level.valid_to is not None and level.valid_to < today:
        return "expired"
    return "later" if level.valid_from > today else "in_force"


def level_gaps(level: ServiceLevel, values: LatestValues, today: date) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a service level: code, sentence and tone of each."""
    state = level_state(level, today)
    if state == "retired":
        return
    if state == "expired":
        ended = runs_out(level.valid_to, today)
        yield "expired", text("{level}: {ended}; renew it, or retire it.", level=level.title, ended=ended), "fair"
        return
    if not level.owner:
        yield "no_owner", text("{level}: nobody answers for it; name an owner.", level=level.title), "poor"
    yield from _short(level, standing(level, values))
    if level.review_by is not None and level.review_by < today:
        words = text("{level}: it was to be looked at by {day}.", level=level.title, day=level.review_by)
        yield "review_overdue", words, "fair"


def _short(level: ServiceLevel, found: Standing) -> Iterator[tuple[str, str, str]]:
    promised = amount(level.promised, level.unit)
    if found.gaps.promise is None:
        yield "not_asked", text("{level}: nobody has asked what the customer expects.", level=level.title), "note"
    elif found.gaps.promise > 0:
        expected = amount(level.expected, level.unit)
        words = text(
            "{level}: {promised} is promised where the customer expects {expected}.",
            level=level.title,
            promised=promised,
            expected=expected,
        )
        yield "promise_short", words, "poor"
    if found.now is not None and units_differ(found.now, level.unit):
        words = text(
            "{level}: it is measured in {unit}, but promised in {other}.",
            level=level.title,
            unit=found.now.unit,
            other=level.unit,
        )
        yield "other_unit", words, "fair"
    if found.gaps.delivery is None:
        yield "not_known", text("{level}: nothing tells what is achieved.", level=level.title), "fair"
    elif found.gaps.delivery > 0:
        words = text(
            "{level}: {achieved} is achieved where {promised} is promised.",
            level=level.title,
            achieved=amount(found.achieved, level.unit),
            promised=promised,
        )
        yield "delivery_short", words, "poor"
