"""A paragraph of text. It holds no markup: every character of a user's text is only ever drawn."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from gemba.reports.paper.blocks import Block
from gemba.reports.paper.pen import Pen
from gemba.reports.typeset.bidi import base_level
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.lines import Line, Setter
from gemba.reports.typeset.pieces import Span, cleaned

Align = Literal["start", "centre", "end"]


class Paragraph(Block):
    """Spans of text, set when the width is known.

    It runs as its first letter does, whatever the document does, and begins at the side where it is read from.

    Args:
        book: the document's fonts.
        spans: in reading order.
        rtl: the document is read from right to left; decides for text without letters.
        align: where lines stand; `start` and `end` as the document is read when set as a label or figure.
        gap: space above.
        own_side: text of the other direction begins at its own side of the column.
    """

    def __init__(
        self,
        book: FontBook,
        spans: Sequence[Span],
        *,
        rtl: bool,
        align: Align = "start",
        gap: float = 0.0,
        own_side: bool = True,
    ) -> None:
        self._book = book
        self._spans = cleaned(spans)
        self._rtl = rtl
        self._align = align
        self.gap = gap
        self._own_side = own_side
        self._base = base_level("".join(span.text for span in self._spans), int(rtl))
        self._lines: tuple[float, list[Line]] = (-1.0, [])
        self._outline: tuple[str, str, int] | None = None
        self._anchor = ""
        self._link = ""

    def leading(self) -> Paragraph:
        """The same paragraph, staying with what follows."""
        self.keep_next = True
        return self

    def outlined(self, title: str, key: str, level: int) -> Paragraph:
        """The same paragraph, listed in the reader's contents."""
        self._outline = title, key, level
        return self

    def anchored(self, key: str) -> Paragraph:
        """The same paragraph, a place that links lead to."""
        self._anchor = key
        return self

    def linked(self, key: str) -> Paragraph:
        """The same paragraph, leading to an anchor."""
        self._link = key
        return self

    def height(self, width: float) -> float:
        return sum(line.height for line in self._set(width))

    def widest(self, width: float) -> float:
        """Millimetres of its longest line."""
        return max(line.width for line in self._set(width)) + 0.01

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        lines = self._set(width)
        if self.height(width) <= room + 0.01:
            return self, None
        fitting, used = 0, 0.0
        while used + lines[fitting].height <= room + 0.01:
            used += lines[fitting].height
            fitting += 1
        if len(lines) - fitting == 1:
            fitting -= 1  # no single line at the head of a page
        if fitting < 2:
            return None, self
        cut = lines[fitting].start
        return self._part(0, cut, head=True), self._part(cut, None, head=False)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        if self._outline:
            pen.outline(*self._outline, y)
        if self._anchor:
            pen.anchor(self._anchor, y)
        if self._link:
            pen.link(self._link, x, y, width, self.height(width))
        for line in self._set(width):
            pen.line(line, x + self._indent(line, width), y)
            y += line.height

    def _indent(self, line: Line, width: float) -> float:
        if self._align == "centre":
            return (width - line.width) / 2
        turned = self._own_side and bool(self._base) != self._rtl
        return width - line.width if (self._align == "end") != turned else 0.0

    def _part(self, start: int, end: int | None, *, head: bool) -> Paragraph:
        """The text between two characters as a paragraph of its own that runs the same way."""
        spans, at = [], 0
        for span in self._spans:
            piece = span.text[max(0, start - at) : None if end is None else max(0, end - at)]
            at += len(span.text)
            if piece:
                spans.append(Span(piece, span.style))
        part = Paragraph(self._book, spans or self._spans[-1:], rtl=self._rtl, own_side=self._own_side)
        part._base, part._align = self._base, self._align
        if head:
            part._outline, part._anchor, part.gap = self._outline, self._anchor, self.gap
        return part

    def _set(self, width: float) -> list[Line]:
        if self._lines[0] != width:
            self._lines = width, Setter(self._spans, self._book, self._base).lines(width)
        return self._lines[1]
