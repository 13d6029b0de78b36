"""Spans of text into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gemba.reports.typeset import bidi
from gemba.reports.typeset.book import FontBook, Weight
from gemba.reports.typeset.breaking import good_break, words
from gemba.reports.typeset.cleaning import REPLACEMENT, clean, clusters
from gemba.reports.typeset.faces import Face
from gemba.reports.typeset.shaping import Shaped

MM = 72 / 25.4
"""Points in a millimetre."""
_LONGEST = 256
"""Characters that any line can carry; longer words are broken without looking at the rest of them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a span looks; size and leading in points, colour as `#rrggbb`."""

    size: float
    leading: float
    weight: Weight = "regular"
    colour: str = "#14211F"


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one font, style and direction; `x` is its left edge in millimetres from the line's."""

    face: Face
    style: Style
    shaped: Shaped
    text: str
    level: int
    x: float = 0.0

    @property
    def width(self) -> float:
        """Millimetres."""
        return self.shaped.width * self.style.size / 1000 / MM


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its pieces from left to right."""

    pieces: tuple[Piece, ...]
    width: float
    """Millimetres of ink."""
    height: float
    """Millimetres from the last line's foot to this one's."""
    baseline: float
    """Millimetres from the top of the line."""
    start: int
    """Index of its first character in the whole text."""


class Setter:
    """Sets one paragraph; hard line breaks in the text begin a new line.

    Args:
        spans: cleaned spans, one after the other.
        book: the document's fonts.
        base: 0 when the paragraph runs from left to right, 1 from right to left.
    """

    def __init__(self, spans: Sequence[Span], book: FontBook, base: int) -> None:
        self._book = book
        self._base = base
        self._text = "".join(span.text for span in spans)
        self._styles = [span.style for span in spans for _ in span.text]
        self._last_style = spans[-1].style

    def lines(self, width: float) -> list[Line]:
        """All lines, none wider than `width` millimetres."""
        found: list[Line] = []
        start = 0
        for part in self._text.split("\n"):
            found += self._paragraph(start, part, width)
            start += len(part) + 1
        return found

    def _paragraph(self, offset: int, text: str, width: float) -> Iterator[Line]:
        """Words one after the other while they fit."""
        levels = bidi.levels(text, self._base)
        row: list[Piece] = []
        blanks: list[Piece] = []
        used, begun = 0.0, 0
        for first, ink, end in words(text):
            start = first
            pieces = self._pieces(offset, text, levels, start, min(ink, start + _LONGEST))
            if row and used + _width(blanks) + _width(pieces) > width:
                yield self._line(row, offset + begun)
                row, blanks, used, begun = [], [], 0.0, start
            while not row and (_width(pieces) > width or ink - start > _LONGEST):
                cut = start + self._fitting(offset, text, levels, start, ink, width)
                if cut >= ink:
                    break
                yield self._line(self._pieces(offset, text, levels, start, cut), offset + start)
                start = begun = cut
                pieces = self._pieces(offset, text, levels, start, min(ink, start + _LONGEST))
            row += [*blanks, *pieces]
            used = _width(row)
            blanks = self._pieces(offset, text, levels, ink, end)
        yield self._line(row, offset + begun)

    def _pieces(self, offset: int, text: str, levels: Sequence[int], start: int, end: int) -> list[Piece]:
        """Runs of one font, style and level."""
        marked: list[tuple[str, Face, Style, int]] = []
        at = start
        for cluster in clusters(text[start:end]):
            style = self._styles[offset + at]
            marked += [(shown, face, style, levels[at]) for shown, face in self._fonts(cluster, style.weight)]
            at += len(cluster)
        pieces = []
        for (face, style, level), run in groupby(marked, key=lambda mark: mark[1:]):
            shown = "".join(mark[0] for mark in run)
            pieces.append(Piece(face, style, self._book.shaped(face, shown, rtl=level % 2 == 1), shown, level))
        return pieces

    def _fonts(self, cluster: str, weight: Weight) -> Iterator[tuple[str, Face]]:
        """The font of a cluster; a character that none can write becomes the replacement mark."""
        whole = self._book.face_for(cluster, weight)
        if whole:
            yield cluster, whole
            return
        face = self._book.face_for(cluster[0], weight)
        yield (cluster[0], face) if face else (REPLACEMENT, self._book.plain)

    def _fitting(self, offset: int, text: str, levels: Sequence[int], start: int, end: int, width: float) -> int:
        """How many characters of a word too long for a line go on it; at least one cluster."""
        parts = clusters(text[start : min(end, start + _LONGEST)])
        low, high = 1, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            length = sum(map(len, parts[:middle]))
            if _width(self._pieces(offset, text, levels, start, start + length)) <= width:
                low = middle
            else:
                high = middle - 1
        return sum(map(len, parts[: good_break(parts, low)]))

    def _line(self, pieces: Sequence[Piece], start: int) -> Line:
        styles = [piece.style for piece in pieces] or [self._style_at(start)]
        leading, size = max(style.leading for style in styles), max(style.size for style in styles)
        placed: list[Piece] = []
        x = 0.0
        for piece in bidi.visual(pieces, [piece.level for piece in pieces]):
            placed.append(Piece(piece.face, piece.style, piece.shaped, piece.text, piece.level, x))
            x += piece.width
        baseline = (leading - size) / 2 + size * 0.86
        return Line(tuple(placed), x, leading / MM, baseline / MM, start)

    def _style_at(self, index: int) -> Style:
        return self._styles[index] if index < len(self._styles) else self._last_style


def cleaned(spans: Sequence[Span]) -> list[Span]:
    """Spans ready for setting."""
    return [Span(clean(span.text), span.style) for span in spans]


def _width(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces)
