"""Promise, expectation and delivery of a service level as bars against each other."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Stroke

_SIZE = 9.5
"""Points."""
_HIGH, _ROW = 4.6, 13.2
"""Millimetres of a bar, and of a row with its words."""
_AIR = 2.2


class LevelBar(msgspec.Struct, frozen=True):
    """One of the three, in the person's language."""

    title: str
    value: float | None
    amount: str
    role: str
    """Colour of the bar."""


def draw_level(bars: Sequence[LevelBar], width: float, mark: float | None, spoken: str) -> PictureFacts:
    """Draw bars from 0, one below the other, with a line across each at a mark.

    Args:
        bars: what is compared; one without a value has words only.
        width: millimetres.
        mark: what all are held against; `None` for no line.
        spoken: the same in a sentence.
    """
    known = [bar.value for bar in bars if bar.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    reach = (high - low) or 1.0

    def at(value: float) -> float:
        return (value - low) / reach * (width - 1.0)

    shapes: list[Drawn] = []
    for number, bar in enumerate(bars):
        y = number * _ROW
        shapes.append(Label(0, y, bar.title, _SIZE, "muted"))
        shapes.append(Label(width - 0.5, y, bar.amount, _SIZE, "ink", "end", bold=True))
        y += _SIZE * 0.3528 + _AIR
        shapes.append(Area(0, y, width - 1.0, _HIGH, fill="raised"))
        if bar.value is not None:
            begin, end = sorted((at(0.0), at(bar.value)))
            shapes.append(Area(begin, y, max(end - begin, 0.4), _HIGH, fill=bar.role))
        if mark is not None:
            shapes.append(Stroke(((at(mark), y - 0.7), (at(mark), y + _HIGH + 0.7)), "ink", 0.5))
    return PictureFacts(width, len(bars) * _ROW - 1.0, tuple(shapes), spoken)
