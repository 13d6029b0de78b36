"""Spans of text into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gemba.reports.typeset import bidi
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.breaking import good_break, words
from gemba.reports.typeset.cleaning import clusters
from gemba.reports.typeset.pieces import MM, Piece, Runs, Span, width

_LONGEST = 256
"""Characters that any line can carry; longer words are broken without looking at the rest of them."""


class Line(NamedTuple):
    """One line."""

    pieces: tuple[Piece, ...]
    """From left to right."""
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
        self._runs = Runs(spans, book)
        self._base = base
        self._text = "".join(span.text for span in spans)

    def lines(self, room: float) -> list[Line]:
        """All lines, none wider than `room` millimetres."""
        found: list[Line] = []
        start = 0
        for part in self._text.split("\n"):
            found += self._paragraph(start, part, room)
            start += len(part) + 1
        return found

    def _paragraph(self, offset: int, text: str, room: float) -> Iterator[Line]:
        """Words one after the other while they fit."""
        levels = bidi.levels(text, self._base)

        def cut(start: int, end: int) -> list[Piece]:
            return self._runs.pieces(text[start:end], levels[start:end], offset + start)

        row: list[Piece] = []
        blanks: list[Piece] = []
        used, begun = 0.0, 0
        for first, ink, end in words(text):
            start = first
            pieces = cut(start, min(ink, start + _LONGEST))
            wide = width(pieces)
            if row and used + width(blanks) + wide > room:
                yield self._line(row, offset + begun)
                row, blanks, used, begun = [], [], 0.0, start
            while not row and (wide > room or ink - start > _LONGEST):
                fitting = self._fitting(text[start : min(ink, start + _LONGEST)], levels[start:], offset + start, room)
                if start + fitting >= ink:
                    break
                yield self._line(cut(start, start + fitting), offset + start)
                start = begun = start + fitting
                pieces = cut(start, min(ink, start + _LONGEST))
                wide = width(pieces)
            used += width(blanks) + wide
            row += [*blanks, *pieces]
            blanks = cut(ink, end)
        yield self._line(row, offset + begun)

    def _fitting(self, word: str, levels: Sequence[int], at: int, room: float) -> int:
        """How many characters of a word too long for a line go on it; at least one cluster."""
        parts = clusters(word)
        low, high = 1, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            length = sum(map(len, parts[:middle]))
            if width(self._runs.pieces(word[:length], levels[:length], at)) <= room:
                low = middle
            else:
                high = middle - 1
        return sum(map(len, parts[: good_break(parts, low)]))

    def _line(self, pieces: Sequence[Piece], start: int) -> Line:
        styles = {piece.style for piece in pieces} or {self._runs.style(start)}
        leading, size = max(style.leading for style in styles), max(style.size for style in styles)
        levels = [piece.level for piece in pieces]
        ordered = bidi.visual(pieces, levels) if any(levels) else pieces
        baseline = (leading - size) / 2 + size * 0.86
        return Line(tuple(ordered), width(pieces), leading / MM, baseline / MM, start)
