"""Many small charts over the same quarters: a rate with its interval in each, all to one scale."""

from __future__ import annotations

import msgspec

from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Point, Stroke

_HIGH, _GAP, _HEAD, _FOOT = 30.0, 6.0, 7.5, 4.5
_SIDE = 8.0
_TYPE = 6.8


class SmallPoint(msgspec.Struct, frozen=True):
    """One quarter; without a value nothing is drawn but the name."""

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


class SmallChart(msgspec.Struct, frozen=True):
    """One of them."""

    title: str
    points: tuple[SmallPoint, ...]
    note: str = ""
    """Beside the title: the last figure in words."""


class SmallPlan(msgspec.Struct, frozen=True):
    """A drawing, and where each chart is: left, top, width, height."""

    picture: PictureFacts
    boxes: tuple[tuple[float, float, float, float], ...]


def small_multiples(charts: tuple[SmallChart, ...], spoken: str, width: float = 174.0, columns: int = 3) -> SmallPlan:
    """Draw them in rows, from 0 to 100 %."""
    wide = (width - _GAP * (columns - 1)) / columns
    drawn: list[Drawn] = []
    boxes = []
    for at, chart in enumerate(charts):
        down, across = divmod(at, columns)
        x, y = across * (wide + _GAP), down * (_HIGH + _GAP)
        drawn += _chart(chart, x, y, wide)
        boxes.append((x, y, wide, _HIGH))
    rows = (len(charts) + columns - 1) // columns
    high = max(1.0, rows * (_HIGH + _GAP) - _GAP)
    return SmallPlan(PictureFacts(width, high, tuple(drawn), spoken, mirrored=False), tuple(boxes))


def _chart(chart: SmallChart, x: float, y: float, wide: float) -> list[Drawn]:
    left, top = x + _SIDE, y + _HEAD
    room, high = wide - _SIDE, _HIGH - _HEAD - _FOOT
    drawn: list[Drawn] = [
        Label(x, y, chart.title, _TYPE + 0.6, "ink", bold=True, width=wide * 0.68),
        Label(x + wide, y + 0.2, chart.note, _TYPE - 0.4, "muted", "end", width=wide * 0.31),
    ]
    for share in (0.0, 0.5, 1.0):
        at = top + high * (1 - share)
        drawn.append(Stroke(((left, at), (left + room, at)), "line", 0.2))
        drawn.append(Label(left - 1.0, at - 1.3, f"{100 * share:.0f}", _TYPE - 1.2, "muted", "end"))
    step = room / max(1, len(chart.points))
    line: list[tuple[float, float]] = []
    for at, point in enumerate(chart.points):
        middle = left + (at + 0.5) * step
        if at == 0:
            drawn.append(Label(left, top + high + 1.0, point.label, _TYPE - 1.2, "muted"))
        elif at == len(chart.points) - 1:
            drawn.append(Label(left + room, top + high + 1.0, point.label, _TYPE - 1.2, "muted", "end"))
        if point.value is None:
            _draw_line(drawn, line)
            line = []
            continue
        spot = middle, top + high * (1 - point.value)
        if point.low is not None and point.high is not None:
            above = top + high * (1 - point.high)
            drawn.append(Area(middle - 0.9, above, 1.8, high * (point.high - point.low), fill="accent_soft"))
        line.append(spot)
        drawn.append(Point(*spot, 1.5, "accent"))
    _draw_line(drawn, line)
    return drawn


def _draw_line(drawn: list[Drawn], line: list[tuple[float, float]]) -> None:
    if len(line) > 1:
        drawn.append(Stroke(tuple(line), "accent", 0.35))
