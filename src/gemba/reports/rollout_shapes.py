"""Where to begin, as a drawing: places by what hurts customers there and by how ready they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.reports.matrix_shapes import WIDE
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts

_SIDE, _FOOT, _LINE = 30.0, 10.0, 4.0
_SIZE, _SMALL = 7.5, 7.0
_MOST = 6
"""Names in one field; the table beside the drawing has all of them."""


class Field(msgspec.Struct, frozen=True):
    """One field of the grid."""

    names: tuple[str, ...]
    first: bool = False
    """True where to begin."""
    more: str = ""
    """Words for the names that find no room."""


def draw_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    fields: Sequence[Sequence[Field]],
    *,
    axes: tuple[str, str],
    spoken: str,
    width: float = WIDE,
) -> PictureFacts:
    """Draw the grid.

    Args:
        rows: bands of impact, the highest first.
        columns: levels of readiness, the lowest first.
        fields: row by row.
        axes: what rows and columns are.
        spoken: what it shows, in a sentence.
        width: millimetres.
    """
    wide = (width - _SIDE) / len(columns)
    shapes: list[Drawn] = [Label(0.0, 0.0, axes[0], _SMALL, "muted", bold=True, width=_SIDE - 2)]
    top = 5.0
    for band, row in zip(rows, fields, strict=True):
        high = _LINE * max(3, *(min(len(field.names), _MOST) + bool(field.more) for field in row)) + 3.0
        shapes.append(Label(0.0, top + high / 2 - 1.8, band, _SIZE, "ink", bold=True, width=_SIDE - 3))
        for at, field in enumerate(row):
            shapes += _field(field, _SIDE + at * wide, top, wide, high)
        top += high
    for at, level in enumerate(columns):
        shapes.append(Label(_SIDE + (at + 0.5) * wide, top + 1.0, level, _SMALL, "ink", "centre", width=wide - 2))
    shapes.append(Label(width, top + 5.2, axes[1], _SMALL, "muted", "end", bold=True))
    return PictureFacts(width, top + _FOOT, tuple(shapes), spoken)


def kept_and_rest(names: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The names that a field has room for, and how many it has not."""
    if len(names) <= _MOST:
        return tuple(names), 0
    return tuple(names[: _MOST - 1]), len(names) - _MOST + 1


def _field(field: Field, x: float, top: float, wide: float, high: float) -> Iterator[Drawn]:
    fill, edge = ("accent_soft", "accent") if field.first else ("card", "line")
    yield Area(x + 0.4, top + 0.4, wide - 0.8, high - 0.8, fill=fill, edge=edge)
    lines = [(name, "ink") for name in field.names] + ([(field.more, "muted")] if field.more else [])
    for at, (words, colour) in enumerate(lines):
        yield Label(x + 1.8, top + 1.6 + at * _LINE, words, _SIZE, colour, bold=field.first, width=wide - 3.6)
