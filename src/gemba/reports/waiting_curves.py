"""Curves of what is still open after so many days (Kaplan-Meier), with their bands, for paper and window alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from gemba.reports.chart_lines import Colours
from gemba.reports.chart_numbers import figure, percent, ticks
from gemba.reports.chart_plot import room_for
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Stroke
from gemba.wording import text

_MM = 0.3528
PRINT = Colours()


class CurvePoint(msgspec.Struct, frozen=True):
    """The curve from a day on."""

    days: float
    open: float
    """Share that is not through yet, 0 to 1."""
    low: float | None = None
    high: float | None = None


class WaitingCurve(msgspec.Struct, frozen=True):
    """One curve: it begins with all open on day 0."""

    title: str
    points: tuple[CurvePoint, ...]
    n: int
    still_open: int
    median: float | None = None
    last: float = 0.0
    """Day to which the axis goes at least."""

    def at(self, days: float) -> CurvePoint:
        """The curve on a day."""
        found = CurvePoint(0.0, 1.0, 1.0, 1.0)
        for point in self.points:
            if point.days > days:
                break
            found = point
        return found

    def told(self, days: float) -> str:
        """What the curve says of a day, in a sentence."""
        point = self.at(days)
        share = figure(point.open, percent=True)
        if point.low is None or point.high is None:
            return text("After {days:day|days} {share} are still open.", days=figure(days), share=share)
        return text(
            "After {days:day|days} {share} are still open ({low} – {high}).",
            days=figure(days),
            share=share,
            low=figure(point.low, percent=True),
            high=figure(point.high, percent=True),
        )


class CurvePlot(msgspec.Struct, frozen=True):
    """A drawing of a curve, and where its days lie."""

    picture: PictureFacts
    left: float
    right: float
    top: float
    foot: float
    days: float
    """At the right edge."""

    def day_at(self, x: float) -> float:
        """The day under a place across, millimetres."""
        share = (x - self.left) / (self.right - self.left)
        return min(max(share, 0.0), 1.0) * self.days

    def x(self, days: float) -> float:
        """Where a day lies."""
        return self.left + min(days / self.days, 1.0) * (self.right - self.left)

    def y(self, share: float) -> float:
        """Where a share lies."""
        return self.foot - share * (self.foot - self.top)


def spoken(curve: WaitingCurve) -> str:
    """What a curve shows, for those who do not see it."""
    middle = (
        text("half are through after {days} days", days=figure(curve.median))
        if curve.median is not None
        else text("fewer than half are through so far")
    )
    return text(
        "{title}: {n:complaint|complaints}, {open} of them still open; {middle}.",
        title=curve.title,
        n=curve.n,
        open=curve.still_open,
        middle=middle,
    )


def draw_curve(
    curve: WaitingCurve, width: float, height: float, *, size: float = 7.5, colours: Colours = PRINT
) -> CurvePlot:
    """Draw a curve with its band and its median.

    Args:
        curve: what is still open.
        width: millimetres.
        height: millimetres.
        size: of the type, points.
        colours: what it is drawn in.
    """
    line = size * _MM * 1.6
    longest = max([curve.last, *(point.days for point in curve.points)], default=1.0) or 1.0
    marks = [mark for mark in ticks(0.0, longest, max(3, int(width / 22))) if mark >= 0]
    plot = CurvePlot(
        PictureFacts(width, height, ()),
        room_for("100 %", size) + 3.0,
        width - room_for(figure(marks[-1]), size) / 2 - 1.0,
        line * 1.5,
        height - line * 2.4,
        marks[-1],
    )
    shapes = (
        *_axes(plot, marks, width, size, colours),
        *_band(curve, plot, colours),
        *_line(curve, plot, colours),
        *_median(curve, plot, size, colours),
    )
    picture = PictureFacts(width, height, shapes, spoken(curve), mirrored=False)
    return msgspec.structs.replace(plot, picture=picture)


def _axes(plot: CurvePlot, marks: Sequence[float], width: float, size: float, colours: Colours) -> Iterator[Drawn]:
    high = size * _MM
    yield Label(0.0, 0.0, text("Still open"), size, colours.muted, bold=True)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = plot.y(share)
        yield Stroke(((plot.left, y), (plot.right, y)), colours.line, 0.15)
        yield Label(plot.left - 1.5, y - high * 0.6, percent(share), size, colours.muted, "end")
    yield Stroke(((plot.left, plot.foot), (plot.right, plot.foot)), colours.muted, 0.25)
    for mark in marks:
        x = plot.x(mark)
        yield Stroke(((x, plot.foot), (x, plot.foot + 0.9)), colours.muted, 0.2)
        yield Label(x, plot.foot + 1.4, figure(mark), size, colours.muted, "centre")
    yield Label(width, plot.foot + 1.4 + high * 1.5, text("Days"), size, colours.muted, "end", bold=True)


def _band(curve: WaitingCurve, plot: CurvePlot, colours: Colours) -> Iterator[Drawn]:
    for point, after in pairwise((*curve.points, CurvePoint(curve.last or plot.days, 0.0))):
        if point.low is None or point.high is None:
            continue
        left, right = plot.x(point.days), plot.x(after.days)
        top, foot = plot.y(point.high), plot.y(point.low)
        if right > left and foot > top:
            yield Area(left, top, right - left, foot - top, fill=colours.bar)


def _line(curve: WaitingCurve, plot: CurvePlot, colours: Colours) -> Iterator[Drawn]:
    way = [(plot.x(0.0), plot.y(1.0))]
    for point in curve.points:
        way += [(plot.x(point.days), way[-1][1]), (plot.x(point.days), plot.y(point.open))]
    if curve.last:
        way.append((plot.x(curve.last), way[-1][1]))
    yield Stroke(tuple(way), colours.accent, 0.5)


def _median(curve: WaitingCurve, plot: CurvePlot, size: float, colours: Colours) -> Iterator[Drawn]:
    if curve.median is None:
        return
    x, y = plot.x(curve.median), plot.y(0.5)
    yield Stroke(((plot.left, y), (x, y), (x, plot.foot)), colours.ink, 0.25, dashed=True)
    words = text("half after {days} days", days=figure(curve.median))
    at_end = x + room_for(words, size) + 2 > plot.right
    yield Label(
        x - 1.5 if at_end else x + 1.5, y - size * _MM * 1.5, words, size, colours.ink, "end" if at_end else "start"
    )
