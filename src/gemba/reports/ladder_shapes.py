"""Two ways side by side as a drawing: the steps of one at the left, of the other at the right, and which are mates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from gemba.reports.matrix_shapes import WIDE, two_lines
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Stroke

_BOX, _ROW, _HEAD = 64.0, 11.0, 6.5
_SIZE, _SMALL = 7.5, 7.0


class Rung(msgspec.Struct, frozen=True):
    """A step of one side."""

    title: str
    stands: Literal["mate", "alone", "excused"]
    """Whether it has a mate; one without is told in words, too. `excused`: none is needed."""
    note: str = ""


class Tie(msgspec.Struct, frozen=True):
    """Two mates, by their places on either side."""

    left: int
    right: int
    leaks: bool = False


def draw_ladder(
    left: Sequence[Rung],
    right: Sequence[Rung],
    ties: Sequence[Tie],
    *,
    heads: tuple[str, str],
    spoken: str,
    width: float = WIDE,
) -> PictureFacts:
    """Draw two ways and the lines between their mates.

    Args:
        left: steps of the one in order.
        right: of the other.
        ties: mates.
        heads: what the sides are called.
        spoken: what it shows, in a sentence.
        width: millimetres.
    """
    edge = width - _BOX
    shapes: list[Drawn] = [
        Label(0.0, 0.6, heads[0], _SIZE, "ink", bold=True, width=_BOX),
        Label(edge, 0.6, heads[1], _SIZE, "ink", bold=True, width=_BOX),
    ]
    for tie in ties:
        ends = ((_BOX, _middle(tie.left)), (edge, _middle(tie.right)))
        shapes.append(Stroke(ends, "poor" if tie.leaks else "accent", 0.7 if tie.leaks else 0.4, dashed=tie.leaks))
    for x, side in ((0.0, left), (edge, right)):
        for at, rung in enumerate(side):
            shapes += _rung(rung, x, _HEAD + at * _ROW)
    return PictureFacts(width, _HEAD + max(len(left), len(right), 1) * _ROW, tuple(shapes), spoken)


def _middle(at: int) -> float:
    return _HEAD + (at + 0.5) * _ROW - 0.5


def _rung(rung: Rung, x: float, top: float) -> Iterator[Drawn]:
    fill, edge = {"mate": ("card", "edge"), "alone": ("poor_soft", "poor"), "excused": ("plain_soft", "line")}[
        rung.stands
    ]
    yield Area(x, top, _BOX, _ROW - 1.6, fill=fill, edge=edge)
    lines = [(words, "ink") for words in two_lines(rung.title, _BOX)[: 1 if rung.note else 2]]
    if rung.note:
        lines.append((rung.note, "poor" if rung.stands == "alone" else "muted"))
    for at, (words, colour) in enumerate(lines):
        y = top + (_ROW - 1.6 - 3.5 * len(lines)) / 2 + at * 3.5
        yield Label(x + 2, y, words, _SIZE if at == 0 else _SMALL, colour, bold=at == 0, width=_BOX - 4)
