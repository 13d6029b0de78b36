"""Paints a drawing of plain shapes on the printed page."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from gemba.reports.paper.blocks import Block
from gemba.reports.paper.look import colour_of
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.shortening import shortened
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Point, Shape, Stroke
from gemba.reports.typeset.pieces import Style


class DrawnPicture(Block):
    """A drawing, made smaller when the page is narrower than it.

    Args:
        facts: the drawing.
        hand: sets its words.
        gap: space above.
    """

    def __init__(self, facts: PictureFacts, hand: Compositor, *, gap: float = 3.0) -> None:
        self._facts = facts
        self._hand = hand
        self.gap = gap

    def height(self, width: float) -> float:
        return self._facts.height * self._scale(width)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        scale = self._scale(width)
        turned = pen.rtl and not self._facts.mirrored
        for shape in self._facts.shapes:
            self._paint(pen, shape, x, y, scale, turned=turned)

    def _scale(self, width: float) -> float:
        return min(1.0, width / self._facts.width)

    def _paint(self, pen: Pen, shape: Drawn, x: float, y: float, scale: float, *, turned: bool) -> None:
        full = self._facts.width

        def across(place: float, wide: float = 0.0) -> float:
            return x + (full - place - wide if turned else place) * scale

        if isinstance(shape, Stroke):
            points = [(across(px), y + py * scale) for px, py in shape.points]
            pen.path(points, colour_of(shape.colour), thick=shape.thick * scale, dashed=shape.dashed)
        elif isinstance(shape, Area):
            left = across(shape.x, shape.width)
            pen.box(
                left,
                y + shape.y * scale,
                shape.width * scale,
                shape.height * scale,
                fill=colour_of(shape.fill),
                edge=colour_of(shape.edge),
            )
        elif isinstance(shape, Shape):
            pen.polygon([(across(px), y + py * scale) for px, py in shape.points], colour_of(shape.fill))
        elif isinstance(shape, Point):
            pen.sign(shape.mark, across(shape.x), y + shape.y * scale, shape.size * scale, colour_of(shape.colour))
        else:
            self._write(pen, shape, across(shape.x), y + shape.y * scale, scale, turned=turned)

    def _write(self, pen: Pen, label: Label, x: float, y: float, scale: float, *, turned: bool) -> None:
        style = Style(
            label.size * scale, label.size * scale * 1.25, "bold" if label.bold else "regular", colour_of(label.colour)
        )
        words = shortened(label.words, self._hand, label.width * scale, style) if label.width else label.words
        room = label.width * scale or 200.0
        align = label.align
        if turned and align != "centre":
            align = "end" if align == "start" else "start"
        before = {"start": 0.0, "centre": room / 2, "end": room}[align]
        self._hand.figure(words, style, align=align).draw(pen, x - before, y, room)
