"""Words into runs of one font, style and direction, each with its glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from gemba.reports.typeset.book import FontBook, Weight
from gemba.reports.typeset.cleaning import REPLACEMENT, clean, clusters
from gemba.reports.typeset.faces import Face
from gemba.reports.typeset.shaping import Shaped

MM = 72 / 25.4
"""Points in a millimetre."""


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


class Piece(NamedTuple):
    """Glyphs of one font, style and direction."""

    face: Face
    style: Style
    shaped: Shaped
    text: str
    level: int
    width: float
    """Millimetres."""


class Runs:
    """The spans of one paragraph, cut into pieces on demand.

    Args:
        spans: cleaned spans, one after the other.
        book: the document's fonts.
    """

    def __init__(self, spans: Sequence[Span], book: FontBook) -> None:
        self._book = book
        self._spans = spans
        self._styles = [span.style for span in spans for _ in span.text] if len(spans) > 1 else []
        self._known: dict[Any, list[Piece]] = book.words.setdefault(spans[-1].style, {})

    def style(self, index: int) -> Style:
        """The style of a character of the whole text."""
        return self._styles[index] if index < len(self._styles) else self._spans[-1].style

    def pieces(self, text: str, levels: Sequence[int], at: int) -> list[Piece]:
        """The runs of a word.

        Args:
            text: the word.
            levels: of its characters.
            at: index of its first character in the whole text.
        """
        if self._styles or (levels and min(levels) != max(levels)):
            return self._cut(text, levels, at)
        key = text, levels[0] if levels else 0
        found = self._known.get(key)
        if found is None:  # words come again and again
            found = self._known[key] = self._cut(text, levels, at)
        return found

    def _cut(self, text: str, levels: Sequence[int], at: int) -> list[Piece]:
        marked: list[tuple[str, Face, Style, int]] = []
        done = 0
        for cluster in clusters(text):
            style = self.style(at + done)
            marked += [(shown, face, style, levels[done]) for shown, face in self._fonts(cluster, style.weight)]
            done += len(cluster)
        pieces = []
        for (face, style, level), run in groupby(marked, key=lambda mark: mark[1:]):
            shown = "".join(mark[0] for mark in run)
            shaped = self._book.shaped(face, shown, rtl=level % 2 == 1)
            pieces.append(Piece(face, style, shaped, shown, level, shaped.width * style.size / 1000 / MM))
        return pieces

    def _fonts(self, cluster: str, weight: Weight) -> Iterator[tuple[str, Face]]:
        """The font of a cluster; a character that none can write becomes the replacement mark."""
        whole = self._book.face_for(cluster, weight)
        if whole:
            yield cluster, whole
            return
        face = self._book.face_for(cluster[0], weight)
        yield (cluster[0], face) if face else (REPLACEMENT, self._book.plain)


def cleaned(spans: Sequence[Span]) -> list[Span]:
    """Spans ready for setting."""
    return [Span(clean(span.text), span.style) for span in spans]


def width(pieces: Sequence[Piece]) -> float:
    """Millimetres of pieces beside one another."""
    return sum([piece.width for piece in pieces])
