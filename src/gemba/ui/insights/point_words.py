"""A point of a chart in words: what hovering tells, and what a screen reader says."""

from __future__ import annotations

from gemba import wording
from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.reports.chart_numbers import figure


def told(facts: ChartFacts, at: int) -> list[str]:
    """Label, value, what it is based on, limits, and why it signals: a line each."""
    point = facts.points[at]
    value = figure(point.value, percent=facts.percent)
    lines = [point.label]
    if facts.bars:
        share = figure(point.centre, percent=True)
        return [*lines, value, wording.text("Together with those before: {share}", share=share)]
    if point.below is not None:
        value = wording.text("upwards {up}, downwards {down}", up=value, down=figure(-point.below))
    if point.size is not None and point.count is not None:
        lines.append(
            wording.text("{value} ({count} of {n})", value=value, count=figure(point.count), n=figure(point.size))
        )
    else:
        lines.append(value)
    limits = [figure(each, percent=facts.percent) for each in (point.lower, point.upper) if each is not None]
    if limits:
        lines.append(wording.text("Limits: {limits}", limits=" – ".join(limits)))
    if point.excluded:
        lines.append(point.excluded)
    lines += list(facts.told(at))
    return lines


_RUNNING = frozenset({"ewma", "cusum", "g", "t"})
"""Charts whose values are no counts of a period."""


def counted(facts: ChartFacts, point: PointFacts) -> tuple[str, int | None]:
    """A point's number as it is shown, and how many records it counts; `None` where its value does not tell."""
    number = figure(point.value, percent=facts.percent)
    if point.count is not None:
        return number, round(point.count)
    if facts.funnel and point.size is not None:
        return number, round(point.value * point.size)
    return number, None if facts.kind in _RUNNING or point.size is not None else round(point.value)
