"""Paints a drawing of plain shapes as a PNG."""

from __future__ import annotations

import itertools
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gemba import wording
from gemba.reports.files import written
from gemba.reports.paper.look import colour_of
from gemba.reports.picture_facts import CORNERS, Area, Label, PictureFacts, Point, Shape, Stroke
from gemba.reports.picture_words import Lettering, ink

if TYPE_CHECKING:
    from PIL.Image import Image

_FINE = 3
"""Drawn so much larger and then made smaller: Pillow draws no soft edges."""
_AIR = 4.0
"""Millimetres around the drawing."""


def picture_png(facts: PictureFacts, out: Path, *, dots: int = 160) -> int:
    """Write a drawing as PNG on white; in a language that is read from right to left it is turned as on paper.

    Args:
        facts: the drawing.
        out: the file; it appears whole or not at all.
        dots: to the inch.

    Returns:
        Bytes of the file.

    Raises:
        Trouble: the file cannot be written, as for a report.
    """
    from PIL import Image

    scale = dots / 25.4 * _FINE
    size = (round((facts.width + 2 * _AIR) * scale), round((facts.height + 2 * _AIR) * scale))
    image = Image.new("RGB", size, "#FFFFFF")
    brush = _Brush(image, scale, facts)
    for shape in facts.shapes:
        brush.paint(shape)
    small = image.resize((size[0] // _FINE, size[1] // _FINE), Image.Resampling.LANCZOS)
    made = BytesIO()
    small.save(made, "PNG", optimize=True, dpi=(dots, dots))

    def write(file: BinaryIO) -> None:
        file.write(made.getvalue())

    return written(out, write)


class _Brush:
    """Draws the shapes of a picture at a scale."""

    def __init__(self, image: Image, scale: float, facts: PictureFacts) -> None:
        from PIL import ImageDraw

        rtl = wording.right_to_left()
        self._image, self._draw, self._scale = image, ImageDraw.Draw(image), scale
        self._lettering = Lettering(wording.language(), rtl=rtl)
        self._width = facts.width
        self._turned = rtl and facts.mirrored

    def paint(self, shape: Stroke | Area | Shape | Point | Label) -> None:
        """Draw one shape."""
        if isinstance(shape, Stroke):
            self._stroke(shape)
        elif isinstance(shape, Area):
            left = shape.x + shape.width if self._turned else shape.x
            right = shape.x if self._turned else shape.x + shape.width
            box = (*self._at(left, shape.y), *self._at(right, shape.y + shape.height))
            width = max(1, round(0.2 * self._scale))
            fill, edge = colour_of(shape.fill) or None, colour_of(shape.edge) or None
            self._draw.rectangle(box, fill=fill, outline=edge, width=width)
        elif isinstance(shape, Shape):
            self._draw.polygon([self._at(*point) for point in shape.points], fill=colour_of(shape.fill))
        elif isinstance(shape, Point):
            self._point(shape)
        else:
            self._label(shape)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        across = self._width - x if self._turned else x
        return (across + _AIR) * self._scale, (y + _AIR) * self._scale

    def _stroke(self, stroke: Stroke) -> None:
        width, colour = max(1, round(stroke.thick * self._scale)), colour_of(stroke.colour)
        points = [self._at(*point) for point in stroke.points]
        for part in _dashes(points, 1.4 * self._scale, 1.0 * self._scale) if stroke.dashed else [points]:
            self._draw.line(part, fill=colour, width=width, joint="curve")

    def _point(self, point: Point) -> None:
        x, y = self._at(point.x, point.y)
        half, colour = point.size / 2 * self._scale, colour_of(point.colour)
        corners = CORNERS.get(point.mark)
        width = max(1, round(half / 2.5))
        if corners is not None:
            self._draw.polygon([(x + dx * half, y + dy * half) for dx, dy in corners], fill=colour)
        elif point.mark == "cross":
            for across in (1, -1):
                self._draw.line(
                    [(x - half, y - half * across), (x + half, y + half * across)], fill=colour, width=width
                )
        else:
            box = (x - half, y - half, x + half, y + half)
            self._draw.ellipse(box, fill=colour if point.mark == "dot" else None, outline=colour, width=width)

    def _label(self, label: Label) -> None:
        line = self._lettering.line(label)
        seen = ink(line, self._scale)
        if seen is None:
            return
        x, y = self._at(label.x, label.y)
        align = {"start": "end", "end": "start"}.get(label.align, "centre") if self._turned else label.align
        x -= {"start": 0.0, "centre": 0.5, "end": 1.0}[align] * line.width * self._scale
        foot = y + line.baseline * self._scale
        self._image.paste(colour_of(label.colour), (round(x) + seen.left, round(foot) - seen.above), seen.mask)


def _dashes(points: list[tuple[float, float]], on: float, off: float) -> list[list[tuple[float, float]]]:
    """A line through points cut into dashes; the pattern goes on around its corners."""
    parts: list[list[tuple[float, float]]] = []
    begun = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        for number in range(int((length + begun) / (on + off)) + 1 if length else 0):
            at = number * (on + off) - begun
            ends = max(0.0, at), min(length, at + on)
            if ends[1] > ends[0]:
                parts.append([(x0 + (x1 - x0) * t / length, y0 + (y1 - y0) * t / length) for t in ends])
        begun = (begun + length) % (on + off)
    return parts
