"""Times of a study as drawings: a point for every reading, and the one path by what it is for the customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from gemba.reports.matrix_shapes import WIDE, two_lines
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Point, Stroke

_ROW, _HEAD = 11.0, 2.0
_SIZE, _SMALL = 8.5, 8.0
_NARROW = 120.0
"""Millimetres below which names take less room."""
_BAR = 7.0
_LEGEND = 5.4
_LETTER = 1.55
"""Millimetres of a letter of the legend."""


class DotRow(msgspec.Struct, frozen=True):
    """One element."""

    title: str
    under: str
    """What it is for the customer."""
    counted: tuple[float, ...]
    """Times that count, in the order in which they were taken."""
    left_out: tuple[float, ...]
    median: float | None
    told: str
    """Median and range in words; on two lines where a line break says so."""
    colour: str = "accent"


class Slice(msgspec.Struct, frozen=True):
    """A part of the path."""

    title: str
    seconds: float
    told: str
    fill: str
    edge: str = ""


def draw_dots(rows: Sequence[DotRow], spoken: str, width: float = WIDE) -> PictureFacts:
    """Draw every time of every element on one scale that begins at 0.

    Args:
        rows: the elements in order.
        spoken: what it shows, in a sentence.
        width: millimetres.
    """
    names, told = (54.0, 40.0) if width >= _NARROW else (36.0, 32.0)
    most = max((each for row in rows for each in (*row.counted, *row.left_out)), default=1.0)
    shapes: list[Drawn] = []
    for at, row in enumerate(rows):
        shapes += _dots(row, _HEAD + at * _ROW, (names, width - told), most, width)
    return PictureFacts(width, _HEAD + _ROW * len(rows) + 1.0, tuple(shapes), spoken)


def draw_path(
    slices: Sequence[Slice],
    work: tuple[float, str],
    takt: tuple[float, str] | None,
    spoken: str,
    width: float = WIDE,
) -> PictureFacts:
    """Draw the path as one bar of its parts, and below it the work on one piece against the takt.

    Args:
        slices: parts of the path; those of no time are left out.
        work: seconds of work on one piece, and in words.
        takt: seconds and words; `None` where customers' demand is not known.
        spoken: what it shows, in a sentence.
        width: millimetres.
    """
    parts = [each for each in slices if each.seconds > 0]
    path = sum(each.seconds for each in parts)
    scale = width / (max(path, takt[0] * 1.08 if takt is not None else 0.0) or 1.0)
    shapes: list[Drawn] = []
    across = 0.0
    for each in parts:
        shapes.append(Area(across, 0.0, each.seconds * scale, _BAR, each.fill, each.edge or "card"))
        across += each.seconds * scale
    foot, legend = _legend(parts, _BAR + 1.8, width)
    shapes += legend
    if takt is not None:
        shapes += _against_takt(work, takt, scale, foot + 2.0, width)
        foot += _BAR + 9.0
    return PictureFacts(width, foot, tuple(shapes), spoken)


def _dots(row: DotRow, top: float, room: tuple[float, float], most: float, width: float) -> Iterator[Drawn]:
    left, right = room
    middle = top + _ROW / 2
    yield Label(0.0, top + 1.2, row.title, _SIZE, "ink", width=left - 3)
    yield Label(0.0, top + 5.4, row.under, _SMALL, "muted", width=left - 3)
    scale = (right - left - 4) / most
    yield Stroke(((left, middle), (right - 2, middle)), "line", 0.2)
    if row.counted:
        low, high = min(row.counted), max(row.counted)
        yield Stroke(((left + low * scale, middle), (left + high * scale, middle)), row.colour, 0.5)
    for at, each in enumerate(row.counted):
        yield Point(left + each * scale, middle + _beside(at), 1.9, row.colour)
    for at, each in enumerate(row.left_out):
        yield Point(left + each * scale, middle + _beside(at), 1.9, "muted", "cross")
    if row.median is not None:
        x = left + row.median * scale
        yield Stroke(((x, middle - 3.6), (x, middle + 3.6)), "ink", 0.6)
    lines = row.told.split("\n")[:2] if "\n" in row.told else two_lines(row.told, width - right - 3, _SMALL)
    for at, words in enumerate(lines):
        y = top + (_ROW - 3.6 * len(lines)) / 2 + at * 3.6
        colour = "ink" if row.median is not None and not at else "muted"
        yield Label(right + 2, y, words, _SMALL, colour, width=width - right - 2)


def _beside(at: int) -> float:
    """Points of like times stand beside each other, always in the same way."""
    return (0.0, -1.3, 1.3, -2.4, 2.4)[at % 5]


def _legend(parts: Sequence[Slice], top: float, width: float) -> tuple[float, list[Drawn]]:
    """Each part with its figure; gives where it ends."""
    shapes: list[Drawn] = []
    x, y = 0.0, top
    for each in parts:
        words = f"{each.title}  {each.told}"
        wide = 5.0 + len(words) * _LETTER + 4.0
        if x and x + wide > width:
            x, y = 0.0, y + _LEGEND
        shapes.append(Area(x, y + 0.5, 2.6, 2.6, each.fill, each.edge))
        shapes.append(Label(x + 4.0, y, words, _SMALL, "ink", width=max(20.0, width - x - 4.0)))
        x += wide
    return y + _LEGEND, shapes


def _against_takt(
    work: tuple[float, str], takt: tuple[float, str], scale: float, top: float, width: float
) -> Iterator[Drawn]:
    over = work[0] > takt[0]
    line = takt[0] * scale
    yield Area(0.0, top + 4.5, work[0] * scale, _BAR - 2, "poor_soft" if over else "plain_soft", "poor" if over else "")
    yield Label(1.5, top + 5.2, work[1], _SMALL, "ink", width=max(30.0, width / 2))
    yield Stroke(((line, top + 3.6), (line, top + _BAR + 3.4)), "ink", 0.5, dashed=True)
    side: Literal["start", "end"] = "end" if line > width / 2 else "start"
    yield Label(line, top, takt[1], _SMALL, "ink", side)
