"""Figures with how far they may be off, one a line: a mark, its interval, and a line where nothing could be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.reports.chart_numbers import figure, ticks
from gemba.reports.matrix_shapes import WIDE, two_lines
from gemba.reports.picture_facts import Drawn, Label, Mark, PictureFacts, Point, Stroke

_NAMES, _TOLD, _ROW = 54.0, 40.0, 9.0
_SIZE, _SMALL = 7.5, 7.0


class Span(msgspec.Struct, frozen=True):
    """One figure."""

    title: str
    told: str
    """The figure in words, or why there is none; over two lines where a line break says so."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    colour: str = "accent"
    mark: Mark = "dot"


def draw_spans(
    spans: Sequence[Span],
    low: float,
    high: float,
    *,
    line: float | None = None,
    percent: bool = False,
    spoken: str = "",
    width: float = WIDE,
) -> PictureFacts:
    """Draw figures below one another on one scale.

    Args:
        spans: the figures in order.
        low: at the beginning of the scale.
        high: at its end.
        line: the value that says nothing; none when left out.
        percent: the scale is told in percent of 1.
        spoken: what it shows, in a sentence.
        width: millimetres.
    """
    scale = _Scale(low, high, _NAMES, width - _TOLD)
    foot = len(spans) * _ROW
    shapes = [*_axis(scale, foot, line, percent=percent)]
    for at, span in enumerate(spans):
        shapes += _span(span, scale, at * _ROW, width)
    return PictureFacts(width, foot + 6.0, tuple(shapes), spoken, mirrored=False)


class _Scale(msgspec.Struct, frozen=True):
    """From values to millimetres."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def _axis(scale: _Scale, foot: float, line: float | None, *, percent: bool) -> Iterator[Drawn]:
    for mark in ticks(scale.low, scale.high, 5):
        x = scale.x(mark)
        yield Stroke(((x, 0.0), (x, foot)), "line", 0.15)
        yield Label(x, foot + 1.0, figure(mark, percent=percent), _SMALL, "muted", "centre")
    if line is not None:
        x = scale.x(line)
        yield Stroke(((x, 0.0), (x, foot)), "ink", 0.3, dashed=True)


def _span(span: Span, scale: _Scale, top: float, width: float) -> Iterator[Drawn]:
    lines = two_lines(span.title, _NAMES)
    for at, words in enumerate(lines):
        yield Label(0.0, top + (_ROW - 3.6 * len(lines)) / 2 + at * 3.6, words, _SIZE, "ink", width=_NAMES - 3)
    middle = top + _ROW / 2
    if span.low is not None and span.high is not None:
        left, right = scale.x(span.low), scale.x(span.high)
        yield Stroke(((left, middle), (right, middle)), span.colour, 0.6)
        for x in (left, right):
            yield Stroke(((x, middle - 1.0), (x, middle + 1.0)), span.colour, 0.4)
    if span.value is not None:
        yield Point(scale.x(span.value), middle, 2.6, span.colour, span.mark)
    told = span.told.split("\n")[:2] if "\n" in span.told else two_lines(span.told, _TOLD - 3, _SMALL)
    for at, words in enumerate(told):
        y = top + (_ROW - 3.4 * len(told)) / 2 + at * 3.4
        yield Label(width - _TOLD + 3, y, words, _SMALL, "ink" if span.value is not None else "muted", width=_TOLD - 3)
