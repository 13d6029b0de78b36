"""Sets texts for all parts of one report: the fonts, the direction and the notation in one hand."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from gemba.reports.facts import PhotoFacts, Tone
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.look import BODY, HEADING, LABEL, QUIET, TONES, in_colour
from gemba.reports.paper.paragraph import Align, Paragraph
from gemba.reports.paper.pen import Pen
from gemba.reports.paper.pictures import Picture
from gemba.reports.parts.notation import Notation
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.pieces import Span, Style


class Compositor:
    """Makes blocks of text.

    Args:
        book: the document's fonts.
        notation: how numbers and dates are written.
    """

    def __init__(self, book: FontBook, notation: Notation) -> None:
        self.book = book
        self.notation = notation

    def text(self, shown: str, style: Style = BODY, *, gap: float = 0.0) -> Paragraph:
        """A short text: it stands where the document is read from, whatever its letters."""
        return self.spans([Span(shown, style)], gap=gap)

    def spans(self, spans: Sequence[Span], *, gap: float = 0.0) -> Paragraph:
        """A short text of several styles."""
        return Paragraph(self.book, spans, rtl=self.notation.rtl, gap=gap, own_side=False)

    def prose(self, shown: str, style: Style = BODY, *, gap: float = 0.0) -> Paragraph:
        """Somebody's sentences: they begin at the side where their own letters are read from."""
        return Paragraph(self.book, [Span(shown, style)], rtl=self.notation.rtl, gap=gap)

    def figure(self, shown: str, style: Style, *, align: Align = "end") -> Paragraph:
        """A number, code or name that is lined up."""
        return Paragraph(self.book, [Span(shown, style)], rtl=self.notation.rtl, align=align, own_side=False)

    def label(self, shown: str, *, gap: float = 0.0, align: Align = "start") -> Paragraph:
        """A small title over something; stays with it."""
        spans = [Span(shown, LABEL)]
        return Paragraph(self.book, spans, rtl=self.notation.rtl, align=align, gap=gap, own_side=False).leading()

    def heading(self, shown: str, key: str, *, style: Style = HEADING, level: int = 0, gap: float = 9.0) -> Paragraph:
        """A title that the reader's contents list; stays with what follows."""
        made = Paragraph(self.book, [Span(shown, style)], rtl=self.notation.rtl, gap=gap, own_side=False)
        return made.leading().outlined(shown, key, level)

    def picture(self, photo: PhotoFacts, tallest: float, *, gap: float = 0.0) -> Picture:
        """A photo with its caption."""
        caption = self.text(photo.caption, QUIET) if photo.caption else None
        return Picture(photo, tallest, caption, gap=gap)

    def pill(self, shown: str, tone: Tone, style: Style = LABEL, *, gap: float = 0.0) -> Pill:
        """A grade in its colour, with its mark."""
        return Pill(self.figure(shown, in_colour(style, TONES[tone][0]), align="start"), tone, gap=gap)


class Pill(Block):
    """A short text on a ground of its tone, with the tone's mark before it: told apart without colour, too.

    Args:
        text: what it says.
        tone: how it is meant.
        gap: space above.
    """

    _SIDE, _AIR, _MARK = 1.6, 0.7, 2.6

    def __init__(self, text: Paragraph, tone: Tone, *, gap: float = 0.0) -> None:
        self._text = text
        self._tone = tone
        self.gap = gap

    def height(self, width: float) -> float:
        return self._text.height(self._inner(width)) + 2 * self._AIR

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        high = self.height(width)
        wide = min(width, self._text.widest(self._inner(width)) + self._before + self._SIDE)
        pen.rounded(x, y, wide, high, fill=TONES[self._tone][1])
        pen.mark(self._tone, x + self._SIDE, y + self._AIR + 0.55, self._MARK)
        self._text.draw(pen, x + self._before, y + self._AIR, wide - self._before - self._SIDE)

    @property
    def _before(self) -> float:
        return self._SIDE + self._MARK + 1.2

    def _inner(self, width: float) -> float:
        return width - self._before - self._SIDE


class Marked(Block):
    """A block with the mark of a tone at one side of it.

    Args:
        block: what is marked.
        tone: decides the mark.
        size: of the mark, millimetres.
        side: where the mark stands, as the document is read.
    """

    def __init__(self, block: Block, tone: Tone, *, size: float, side: Literal["start", "end"]) -> None:
        self._block = block
        self._tone = tone
        self._size = size
        self._side = side

    def height(self, width: float) -> float:
        return self._block.height(width)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        at = x if self._side == "start" else x + width - self._size
        pen.mark(self._tone, at, y + (self.height(width) - self._size) / 2, self._size)
        self._block.draw(pen, x, y, width)
