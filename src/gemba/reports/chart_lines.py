"""The lines of a chart: axes, centre and limits that step with each point's size, the points and their signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.reports.chart_numbers import figure
from gemba.reports.chart_plot import Plot, room_for
from gemba.reports.picture_facts import Drawn, Label, Mark, Point, Stroke

_MANY = 130
"""Points from which only those that mean something are marked."""
_LINE = 1.25


class Colours(msgspec.Struct, frozen=True):
    """What a chart is drawn in: roles of `picture_facts`, or `#RRGGBB`."""

    ink: str = "ink"
    muted: str = "muted"
    line: str = "line"
    accent: str = "accent"
    poor: str = "poor"
    good: str = "good"
    bar: str = "accent_soft"


def sides(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    """Round values at the side with a hairline each, and the edge below."""
    high = size * 0.3528
    for value in area.marks:
        y = area.y(value)
        yield Stroke(((area.left, y), (area.right, y)), colours.line, 0.15)
        words = figure(value, percent=facts.percent)
        yield Label(area.left - 1.5, y - high * 0.6, words, size, colours.muted, "end")
    yield Stroke(((area.left, area.foot), (area.right, area.foot)), colours.muted, 0.25)


def under(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    """The words under the points, as many as there is room for, the newest always."""
    if not facts.points:
        return
    words = [point.label for point in facts.points]
    step = area.width / len(words)
    each = max(1, -(-max(room_for(word, size) + 2.5 for word in words) // step))
    for at in range(len(words) - 1, -1, -int(each)):
        x = min(max(area.x(at), area.left + room_for(words[at], size) / 2 - 2), area.right)
        yield Stroke(((area.x(at), area.foot), (area.x(at), area.foot + 0.9)), colours.muted, 0.2)
        yield Label(x, area.foot + 1.4, words[at], size, colours.muted, "centre")


def limits(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    """Centre and limits of each phase, with their values at the end."""
    judged = [at for at, point in enumerate(facts.points) if not point.excluded or point.centre is not None]
    if not judged:
        return
    starts = [phase.start for phase in facts.phases] or [0]
    for start, end in pairwise([*starts, len(facts.points)]):
        part = [at for at in judged if start <= at < end]
        yield from _line(facts, area, part, "centre", colours.ink)
        for name in ("lower", "upper"):
            yield from _line(facts, area, part, name, colours.muted, dashed=True)
    for phase in facts.phases[1:]:
        x = (area.x(phase.start - 1) + area.x(phase.start)) / 2
        yield Stroke(((x, area.top), (x, area.foot)), colours.accent, 0.2, dashed=True)
        yield Label(x + 0.8, area.top - size * 0.2, phase.title, size, colours.accent)
    yield from _ends(facts, area, judged[-1], size, colours)


def series(facts: ChartFacts, area: Plot, colours: Colours) -> Iterator[Drawn]:
    """The line through the points, and the points: those that signal by another shape as well as colour."""
    points = facts.points
    judged = [at for at, point in enumerate(points) if not point.excluded]
    if len(judged) > 1:
        yield Stroke(tuple((area.x(at), area.y(points[at].value)) for at in judged), colours.accent, 0.4)
    low = [at for at in judged if points[at].below is not None]
    if len(low) > 1:
        yield Stroke(tuple((area.x(at), area.y(points[at].below or 0.0)) for at in low), colours.accent, 0.4)
    if judged and judged[-1] < len(points) - 1 and points[-1].excluded and facts.kind != "mr":
        ends = (judged[-1], len(points) - 1)
        yield Stroke(tuple((area.x(at), area.y(points[at].value)) for at in ends), colours.muted, 0.3, dashed=True)
    yield from signs(facts, area, colours)


def signs(facts: ChartFacts, area: Plot, colours: Colours) -> Iterator[Drawn]:
    """The marks of the points."""
    flagged = marks(facts)
    for at, point in enumerate(facts.points):
        if at in flagged:
            mark, colour = flagged[at][0], colours.poor if flagged[at][1] else colours.good
            yield Point(area.x(at), area.y(_far(point)), 2.6 if mark == "diamond" else 2.0, colour, mark)
        elif point.excluded or point.small:
            yield Point(area.x(at), area.y(point.value), 1.6, colours.muted, "ring")
        elif len(facts.points) <= _MANY or facts.funnel:
            yield Point(area.x(at), area.y(point.value), 1.4, colours.accent)


def marks(facts: ChartFacts) -> dict[int, tuple[Mark, bool]]:
    """The shape of each point that signals (beyond a limit or in a run), and whether it is bad news."""
    found: dict[int, tuple[Mark, bool]] = {}
    for signal in facts.signals:
        limit = signal.rule in {"N1", "WE1"}
        for at in signal.points:
            if limit or at not in found:
                found[at] = ("diamond" if limit else "square", signal.worse)
    return found


def _far(point: PointFacts) -> float:
    """Of the two sums of a CUSUM the one that is further out."""
    return point.below if point.below is not None and -point.below > point.value else point.value


def _line(
    facts: ChartFacts, area: Plot, part: Sequence[int], name: str, colour: str, *, dashed: bool = False
) -> Iterator[Drawn]:
    """A line that steps where its value changes; where it would be off the chart there is none."""
    told = [(at, getattr(facts.points[at], name)) for at in part]
    there = [(at, value) for at, value in told if value is not None]
    if not there:
        return
    if facts.funnel:
        yield Stroke(tuple((area.x(at), area.y(value)) for at, value in there), colour, 0.3, dashed)
        return
    half = area.width / len(facts.points) / 2
    path: list[tuple[float, float]] = []
    for at, value in there:
        y = area.y(value)
        if path and path[-1][1] == y:
            path[-1] = (area.x(at) + half, y)
        else:
            path += [(area.x(at) - half, y), (area.x(at) + half, y)]
    yield Stroke(tuple(path), colour, 0.3, dashed)


def _ends(facts: ChartFacts, area: Plot, last: int, size: float, colours: Colours) -> Iterator[Drawn]:
    """The newest values of centre and limits, apart from one another."""
    if facts.funnel:
        return
    point, high = facts.points[last], size * 0.3528
    taken: list[float] = []
    for value, colour in ((point.centre, colours.ink), (point.upper, colours.muted), (point.lower, colours.muted)):
        if value is None:
            continue
        y = area.y(value) - high * 0.6
        if all(abs(y - other) >= high * _LINE for other in taken):
            taken.append(y)
            words = figure(value, percent=facts.percent)
            yield Label(area.right + 1.2, y, words, size, colour, bold=value == point.centre)
