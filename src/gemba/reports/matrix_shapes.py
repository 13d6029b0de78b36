"""A table of cells as a drawing: each cell says in words what its ground shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.reports.facts import Tone
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts

WIDE = 174.0
"""Millimetres: as wide as a printed page has room."""
_NAMES, _COLUMN, _ROW, _HEAD = 54.0, 19.5, 9.5, 9.5
_ROWS = 22
"""Rows of one drawing, so that a page can end between two."""
_SIZE, _SMALL = 7.5, 7.0
"""Points."""
_GROUNDS: dict[Tone | None, tuple[str, str]] = {
    "good": ("good_soft", "good"),
    "fair": ("fair_soft", "fair"),
    "poor": ("poor_soft", "poor"),
    "plain": ("plain_soft", "ink"),
    None: ("", "muted"),
}


class MatrixCell(msgspec.Struct, frozen=True):
    """What stands in a cell, on up to two lines."""

    words: str = ""
    tone: Tone | None = None
    under: str = ""


class Matrix(msgspec.Struct, frozen=True):
    """Rows by columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    """Row by row."""
    corner: str
    """What the rows are, and what the columns are."""
    spoken: str


def draw_matrix(matrix: Matrix, width: float = WIDE) -> list[PictureFacts]:
    """Draw a matrix; one that is too wide or too long goes on in further drawings.

    Args:
        matrix: what stands in it.
        width: millimetres.
    """
    across = max(1, int((width - _NAMES) // _COLUMN))
    columns = _parts(len(matrix.columns), across)
    rows = _parts(len(matrix.rows), _ROWS)
    return [_drawn(matrix, part, some, width, across) for part in rows for some in columns]


def _parts(count: int, most: int) -> list[range]:
    return [range(first, min(first + most, count)) for first in range(0, count, most)]


def _drawn(matrix: Matrix, rows: Sequence[int], columns: Sequence[int], width: float, across: int) -> PictureFacts:
    # Alike in all drawings of a matrix, and wider where there are few columns.
    wide = (width - _NAMES) / max(3, min(across, len(matrix.columns)))
    shapes = (*_heads(matrix, columns, wide), *_rows(matrix, rows, columns, wide))
    return PictureFacts(width, _HEAD + _ROW * len(rows), shapes, matrix.spoken)


def _heads(matrix: Matrix, columns: Sequence[int], wide: float) -> Iterator[Drawn]:
    yield Label(0.0, 3.0, matrix.corner, _SMALL, "muted", width=_NAMES - 3)
    for place, column in enumerate(columns):
        middle = _NAMES + (place + 0.5) * wide
        for line, words in enumerate(two_lines(matrix.columns[column], wide)):
            yield Label(middle, 0.6 + line * 3.6, words, _SMALL, "ink", "centre", bold=True, width=wide - 2)


def _rows(matrix: Matrix, rows: Sequence[int], columns: Sequence[int], wide: float) -> Iterator[Drawn]:
    for at, row in enumerate(rows):
        top = _HEAD + at * _ROW
        lines = two_lines(matrix.rows[row], _NAMES)
        for line, words in enumerate(lines):
            y = top + (_ROW - 3.6 * len(lines)) / 2 + line * 3.6
            yield Label(0.0, y, words, _SIZE, "ink", width=_NAMES - 3)
        for place, column in enumerate(columns):
            yield from _cell(matrix.cells[row][column], _NAMES + place * wide, top, wide)


def _cell(cell: MatrixCell, x: float, top: float, wide: float) -> Iterator[Drawn]:
    ground, ink = _GROUNDS[cell.tone]
    yield Area(x + 0.4, top + 0.4, wide - 0.8, _ROW - 0.8, fill=ground, edge="line")
    middle, lines = x + wide / 2, [line for line in (cell.words, cell.under) if line]
    for at, words in enumerate(lines):
        y = top + (_ROW - 3.4 * len(lines)) / 2 + at * 3.4
        colour = ink if at == 0 else "muted"
        yield Label(middle, y, words, _SMALL, colour, "centre", bold=at == 0 and cell.tone is not None, width=wide - 2)


def two_lines(words: str, wide: float, size: float = _SIZE) -> list[str]:
    """Words on one line or two; whoever draws them cuts what is longer still.

    Args:
        words: to be set.
        wide: room, millimetres.
        size: of the type, points.
    """
    letters = max(4, int(wide / (size * 0.21)))
    first: list[str] = []
    rest = words.split()
    while rest and (not first or len(" ".join([*first, rest[0]])) <= letters):
        first.append(rest.pop(0))
    return [line for line in (" ".join(first), " ".join(rest)) if line]
