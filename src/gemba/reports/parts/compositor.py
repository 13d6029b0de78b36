"""Sets texts for all parts of one report: the fonts, the direction and the notation in one hand."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Sequence

from gemba.reports.facts import PhotoFacts, Tone
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.look import BODY, HEADING, LABEL, QUIET, TONES, in_colour
from gemba.reports.paper.paragraph import Align, Paragraph
from gemba.reports.paper.pen import Pen
from gemba.reports.paper.pictures import Picture
from gemba.reports.parts.notation import Notation
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.lines import Span, Style


class Compositor:
    """Makes blocks of text.

    Args:
        book: the document's fonts.
        notation: how numbers and dates are written.
    """

    def __init__(self, book: FontBook, notation: Notation) -> None:
        self.book = book
        self.notation = notation

    def text(self, shown: str, style: Style = BODY, *, align: Align = "start", gap: float = 0.0) -> Paragraph:
        """A paragraph."""
        return self.spans([Span(shown, style)], align=align, gap=gap)

    def spans(self, spans: Sequence[Span], *, align: Align = "start", gap: float = 0.0) -> Paragraph:
        """A paragraph of several styles."""
        return Paragraph(self.book, spans, rtl=self.notation.rtl, align=align, gap=gap)

    def figure(self, shown: str, style: Style, *, align: Align = "end") -> Paragraph:
        """A number or code: it stands where the document's direction puts it, whatever its letters."""
        return Paragraph(self.book, [Span(shown, style)], rtl=self.notation.rtl, align=align, own_side=False)

    def label(self, shown: str, *, gap: float = 0.0, align: Align = "start") -> Paragraph:
        """A small title over something; stays with it."""
        spans = [Span(shown, LABEL)]
        return Paragraph(self.book, spans, rtl=self.notation.rtl, align=align, gap=gap).leading()

    def heading(self, shown: str, key: str, *, style: Style = HEADING, level: int = 0, gap: float = 9.0) -> Paragraph:
        """A title that the reader's contents list; stays with what follows."""
        made = Paragraph(self.book, [Span(shown, style)], rtl=self.notation.rtl, gap=gap)
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
