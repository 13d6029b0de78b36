"""Draws on one page, in millimetres from its top and from the side where reading begins.

Reading from right to left is a matter of the pen alone: it turns every place around, so that no part of a report
has to know. Text and photos keep their own direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from gemba.reports.facts import Tone
from gemba.reports.paper.document import Document
from gemba.reports.paper.embedding import EmbeddedFont, Row
from gemba.reports.paper.look import TONES
from gemba.reports.picture_facts import CORNERS
from gemba.reports.typeset.cleaning import invisible, one_line
from gemba.reports.typeset.lines import Line
from gemba.reports.typeset.pieces import MM, Piece


class Pen:
    """A pen for the pages of one document.

    Args:
        document: where it draws.
        width: of the page.
        height: of the page.
        rtl: read from right to left.
    """

    def __init__(self, document: Document, width: float, height: float, *, rtl: bool) -> None:
        self._document = document
        self._canvas = document.canvas
        self._width = width
        self._height = height
        self.rtl = rtl

    def line(self, line: Line, x: float, y: float) -> None:
        """A line of text whose beginning is at `x` and whose top is at `y`."""
        left, foot = self._left(x, line.width), self._height - y - line.baseline
        if line.pieces:
            self._canvas.addLiteral("\n".join(self._text(line, left * MM, foot * MM)))

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", edge: str = "") -> None:
        """A filled or outlined rectangle."""
        self._paint(fill, edge)
        self._canvas.rect(*self._rectangle(x, y, width, height), stroke=int(bool(edge)), fill=int(bool(fill)))

    def rounded(self, x: float, y: float, width: float, height: float, *, fill: str = "", edge: str = "") -> None:
        """A rectangle with round corners."""
        radius = min(1.4, height / 2, width / 2) * MM
        self._paint(fill, edge)
        place = self._rectangle(x, y, width, height)
        self._canvas.roundRect(*place, radius, stroke=int(bool(edge)), fill=int(bool(fill)))

    def rule(self, x: float, y: float, length: float, colour: str, *, thick: float = 0.2) -> None:
        """A level line."""
        self.box(x, y - thick / 2, length, thick, fill=colour)

    def ring(self, x: float, y: float, radius: float, share: float, colours: tuple[str, str]) -> None:
        """A ring around (x, y), filled clockwise from the top for `share` of its way, the rest in the second colour."""
        centre, foot, reach = self._left(x, 0) * MM, (self._height - y) * MM, radius * MM
        self._canvas.saveState()
        self._canvas.setLineWidth(3.2 * MM)
        self._canvas.setStrokeColor(colours[1])
        self._canvas.circle(centre, foot, reach, stroke=1, fill=0)
        if share > 0:
            self._canvas.setStrokeColor(colours[0])
            turn = 359.99 * min(share, 1.0) * (1 if self.rtl else -1)
            self._canvas.arc(centre - reach, foot - reach, centre + reach, foot + reach, 90, turn)
        self._canvas.restoreState()

    def mark(self, tone: Tone, x: float, y: float, size: float) -> None:
        """The sign of a tone, told apart by its shape as well: ring with tick, triangle, diamond, ring."""
        ink = TONES[tone][0]
        left, foot, side = self._left(x, size) * MM, (self._height - y - size) * MM, size * MM
        self._paint(ink, ink)
        if tone == "fair":
            self._shape([(left, foot), (left + side, foot), (left + side / 2, foot + side)])
        elif tone == "poor":
            half = side / 2
            corners = [(0, half), (half, 0), (side, half), (half, side)]
            self._shape([(left + dx, foot + dy) for dx, dy in corners])
        else:
            filled = tone == "good"
            self._canvas.setLineWidth(0.35 * MM)
            self._canvas.circle(left + side / 2, foot + side / 2, side * 0.44, stroke=1, fill=int(filled))
            if filled:
                self._tick(left, foot, side)

    def path(self, points: Sequence[tuple[float, float]], colour: str, *, thick: float, dashed: bool = False) -> None:
        """A line through points."""
        if len(points) < 2:
            return
        self._canvas.saveState()
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thick * MM)
        self._canvas.setLineJoin(1)
        if dashed:
            self._canvas.setDash(1.4 * MM, 1.0 * MM)
        path = self._canvas.beginPath()
        path.moveTo(*self._spot(*points[0]))
        for point in points[1:]:
            path.lineTo(*self._spot(*point))
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.restoreState()

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """A filled shape."""
        self._canvas.setFillColor(fill)
        self._shape([self._spot(*point) for point in points])

    def sign(self, mark: str, x: float, y: float, size: float, colour: str) -> None:
        """A point of a drawing around (x, y), told apart by its shape (`gemba.reports.picture_facts.Mark`)."""
        half = size / 2
        corners = CORNERS.get(mark)
        self._paint(colour, colour)
        if corners is not None:
            self._shape([self._spot(x + dx * half, y + dy * half) for dx, dy in corners])
        elif mark == "cross":
            for across in (1, -1):
                self.path([(x - half, y - half * across), (x + half, y + half * across)], colour, thick=size / 5)
        else:
            self._canvas.setLineWidth(size / 5 * MM)
            centre = self._spot(x, y)
            self._canvas.circle(*centre, half * MM, stroke=1, fill=int(mark == "dot"))

    def photo(self, source: bytes | Path, x: float, y: float, width: float, height: float) -> None:
        """A photo that fills the given rectangle, which has the photo's own shape."""
        left, foot, wide, high = self._rectangle(x, y, width, height)
        self._canvas.addLiteral(f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {foot:.2f} cm")
        self._canvas.doForm(self._document.photo(source))
        self._canvas.addLiteral("Q")

    def unreadable(self, source: bytes | Path) -> None:
        """Take note of a photo that could not be drawn."""
        self._document.unreadable.append(source)

    def slanted(self, line: Line, x: float, y: float, degrees: float) -> None:
        """A line of text around (x, y), turned."""
        self._canvas.saveState()
        self._canvas.translate(self._left(x, 0) * MM, (self._height - y) * MM)
        self._canvas.rotate(-degrees if self.rtl else degrees)
        self._canvas.addLiteral("\n".join(self._text(line, -line.width / 2 * MM, -line.height / 4 * MM)))
        self._canvas.restoreState()

    def outline(self, title: str, key: str, level: int, y: float) -> None:
        """An entry in the reader's list of contents that leads to `y` on this page."""
        self.anchor(key, y)
        self._canvas.addOutlineEntry(one_line(title), key, level, closed=level > 0)

    def anchor(self, key: str, y: float) -> None:
        """A place that links may lead to."""
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=(self._height - y + 4) * MM, zoom=0)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to an anchor."""
        left, foot, wide, high = self._rectangle(x, y, width, height)
        self._canvas.linkRect("", key, (left, foot, left + wide, foot + high), Border="[0 0 0]")

    def turn_page(self) -> None:
        """Finish the page and begin the next."""
        self._canvas.showPage()

    def _left(self, x: float, width: float) -> float:
        return self._width - x - width if self.rtl else x

    def _spot(self, x: float, y: float) -> tuple[float, float]:
        """A place in points from the foot at the left."""
        return self._left(x, 0) * MM, (self._height - y) * MM

    def _rectangle(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Left, foot, width and height in points."""
        return self._left(x, width) * MM, (self._height - y - height) * MM, width * MM, height * MM

    def _paint(self, fill: str, edge: str) -> None:
        if fill:
            self._canvas.setFillColor(fill)
        if edge:
            self._canvas.setStrokeColor(edge)
            self._canvas.setLineWidth(0.2 * MM)

    def _shape(self, corners: Sequence[tuple[float, float]]) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _tick(self, left: float, foot: float, side: float) -> None:
        path = self._canvas.beginPath()
        path.moveTo(left + side * 0.30, foot + side * 0.50)
        path.lineTo(left + side * 0.45, foot + side * 0.34)
        path.lineTo(left + side * 0.71, foot + side * 0.66)
        self._canvas.setStrokeColor("#FFFFFF")
        self._canvas.setLineWidth(side * 0.1)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _text(self, line: Line, left: float, foot: float) -> Iterator[str]:
        """The operators that show a line (ISO 32000-1, 9.4); words of one font and style in one go."""
        yield "BT"
        x = left
        for _, run in groupby(
            line.pieces, key=lambda piece: (piece.face, piece.style, piece.shaped.plain or id(piece))
        ):
            pieces = list(run)
            style, font = pieces[0].style, self._document.font(pieces[0].face)
            yield f"{_colour(style.colour)} rg /{font.code} {style.size:g} Tf 1 0 0 1 {x:.2f} {foot:.2f} Tm"
            yield from _spoken(pieces[0], font, pieces)
            x += sum(piece.width for piece in pieces) * MM
        yield "ET"


@cache
def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _spoken(first: Piece, font: EmbeddedFont, pieces: Sequence[Piece]) -> Iterator[str]:
    """Glyphs that do not read as their text carry it along, for searching, copying and reading aloud.

    Not so from right to left: readers of PDF turn such lines around themselves, and the text with them.
    """
    shown = _shown([row for piece in pieces for row in font.rows(piece.shaped)], first.style.size)
    if first.shaped.plain or first.level % 2:
        yield from shown
        return
    words = "".join(char for char in first.text if not invisible(char))
    yield f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"
    yield from shown
    yield "EMC"


def _shown(rows: Sequence[Row], size: float) -> Iterator[str]:
    """Rows of glyphs, raised where marks stand high or low."""
    for rise, group in groupby(rows, key=lambda row: row.rise):
        codes = "".join([row.codes for row in group]).replace("><", "")
        yield f"{rise * size / 1000:.3f} Ts [{codes}] TJ 0 Ts" if rise else f"[{codes}] TJ"
