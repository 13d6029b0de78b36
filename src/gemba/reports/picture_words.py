"""Words of a drawing as glyphs and as pixels: the same fonts, the same order of reading as on the printed page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gemba.reports.paper.look import colour_of
from gemba.reports.picture_facts import Label
from gemba.reports.typeset.bidi import base_level
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.cleaning import clean
from gemba.reports.typeset.lines import Line, Setter
from gemba.reports.typeset.pieces import Span, Style

if TYPE_CHECKING:
    from PIL.Image import Image

_ENDLESS = 10_000.0
"""Millimetres of a line that nothing breaks."""
_LEADING = 1.25
_DOTS = " …"


class Ink(NamedTuple):
    """The pixels of a line of words."""

    mask: Image
    """How much of each pixel is covered, 0 to 255."""
    left: int
    """Pixels from where the words begin to the left of the mask."""
    above: int
    """Pixels from the baseline up to the top of the mask."""


class Lettering:
    """Sets the words of a drawing.

    Args:
        language: BCP 47 tag of the drawing.
        rtl: it is read from right to left; decides for words without letters.
    """

    def __init__(self, language: str, *, rtl: bool) -> None:
        self._book = FontBook(language)
        self._rtl = rtl

    def line(self, label: Label) -> Line:
        """The words of a label on one line, cut with an ellipsis where its room ends."""
        words = clean(label.words).replace("\n", " ")
        style = Style(label.size, label.size * _LEADING, "bold" if label.bold else "regular", colour_of(label.colour))
        whole = self._set(words, style)[0]
        if not label.width or whole.width <= label.width:
            return whole
        room = label.width - self._set(_DOTS, style)[0].width
        lines = self._set(words, style, max(room, 0.1))
        kept = words[: lines[1].start] if len(lines) > 1 else ""
        return self._set(kept.rstrip() + _DOTS, style, base=base_level(words, int(self._rtl)))[0]

    def _set(self, words: str, style: Style, room: float = _ENDLESS, base: int | None = None) -> list[Line]:
        first = base_level(words, int(self._rtl)) if base is None else base
        return Setter([Span(words, style)], self._book, first).lines(room)


def ink(line: Line, scale: float) -> Ink | None:
    """The pixels of a line.

    Args:
        line: the words.
        scale: pixels of a millimetre.

    Returns:
        `None` when nothing of it is seen: blanks have no pixels.
    """
    import uharfbuzz
    from PIL import Image

    brush, across = uharfbuzz.RasterDraw(), 0.0
    for piece in line.pieces:
        pixel = piece.style.size / 72 * 25.4 * scale / 1000
        unit = pixel * piece.face.scale
        for glyph in piece.shaped.glyphs:
            brush.transform = (unit, 0.0, 0.0, unit, across + glyph.dx * pixel, glyph.dy * pixel)
            brush.draw_glyph(piece.face.font, glyph.number)
            across += glyph.advance * pixel
    made = brush.render()
    if made is None or not made.extents.width or not made.extents.height:
        return None
    box = made.extents
    mask = Image.frombuffer("L", (box.width, box.height), made.buffer, "raw", "L", box.stride, -1)
    return Ink(mask, box.x_origin, box.y_origin + box.height)
