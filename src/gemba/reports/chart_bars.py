"""The bars of a Pareto chart: level, so that long names can be read, with a line behind those that make 80 %."""

from __future__ import annotations

from gemba.reports.chart_facts import ChartFacts
from gemba.reports.chart_lines import Colours
from gemba.reports.chart_numbers import figure
from gemba.reports.chart_plot import room_for
from gemba.reports.picture_facts import Area, Drawn, Label, Point, Stroke
from gemba.wording import text

Box = tuple[float, float, float, float, float, float]
"""Middle of a bar (x, y), and its row: left, top, width, height."""


def bars_height(facts: ChartFacts, size: float) -> float:
    """Millimetres that the bars need."""
    return size * 0.3528 * (2.2 * max(1, len(facts.points)) + 3.5)


def bars(
    facts: ChartFacts, width: float, height: float, size: float, colours: Colours
) -> tuple[list[Drawn], list[Box]]:
    """The shapes, and the row of each bar."""
    high = size * 0.3528
    top, count = high * 3.0, max(1, len(facts.points))
    row = min(high * 2.2, (height - top - 1) / count)
    names = min(width * 0.34, max((room_for(point.label, size) for point in facts.points), default=10.0) + 2)
    ends = room_for("100.0 %", size) + 2
    left, room = names, max(10.0, width - names - ends - room_for("000 000", size) - 3)
    most = max((point.value for point in facts.points), default=0.0) or 1.0
    drawn: list[Drawn] = [
        Label(left, 0.0, facts.axis, size, colours.muted, bold=True),
        Label(width, 0.0, text("Together"), size, colours.muted, "end", bold=True),
    ]
    boxes: list[Box] = []
    for at, point in enumerate(facts.points):
        y, long = top + at * row, point.value / most * room
        vital = at < facts.vital
        middle = y + row / 2 - high * 0.6
        drawn += [
            Label(left - 1.5, middle, point.label, size, colours.ink, "end", width=names - 2),
            Area(left, y + row * 0.14, max(0.3, long), row * 0.72, fill=colours.accent if vital else colours.bar),
            Label(left + long + 1.2, middle, figure(point.value), size, colours.ink, bold=vital),
            Label(width, middle, figure(point.centre, percent=True), size, colours.muted, "end"),
        ]
        boxes.append((left + long / 2, y + row / 2, 0.0, y, width, row))
    if 0 < facts.vital < len(facts.points):
        y = top + facts.vital * row
        drawn += [
            Stroke(((0.0, y), (width, y)), colours.poor, 0.3, dashed=True),
            Point(width - ends, y, 1.6, colours.poor, "diamond"),
        ]
    return drawn, boxes
