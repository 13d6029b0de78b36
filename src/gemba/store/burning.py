"""Marks burned into a picture: what is printed, shown small or given out.

Redactions come first and replace the pixels themselves, so that nothing below them is left in the copy; every other
mark is painted over that, in its order. Everything here is plain Pillow and takes and gives bytes, so that it runs on
any thread or in another process.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from gemba.domain.evidence import Mark, MarkShape
from gemba.store import mark_shapes as shapes
from gemba.store.lettering import Lettering
from gemba.store.mark_shapes import Box, Point

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

QUALITY = 88
_FINE = 3
"""Marks are drawn so many times larger and then shrunk: Pillow itself draws with steps."""
_LEVELS = 16
"""Steps of brightness that an averaged block keeps."""


def burned(jpeg: bytes, marks: Sequence[Mark]) -> bytes:
    """An upright picture with its marks burned in, as JPEG without any remarks.

    Args:
        jpeg: the upright picture, in any format that Pillow reads.
        marks: in their order; without any, the bytes come back as they are.
    """
    if not marks:
        return jpeg
    from PIL import Image

    with Image.open(BytesIO(jpeg)) as image:
        image.load()
        return as_jpeg(painted(image.convert("RGB"), marks))


def as_jpeg(image: Image) -> bytes:
    """A picture as JPEG without any remarks."""
    out = BytesIO()
    clean = image.copy()
    clean.info.clear()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def painted(image: Image, marks: Sequence[Mark]) -> Image:
    """A copy of an upright picture (mode RGB) with its marks."""
    image = image.copy()
    for mark in marks:
        if shapes.is_redaction(mark):
            _hide(image, mark)
    for mark in marks:
        if not shapes.is_redaction(mark):
            _draw(image, mark)
    return image


def _hide(image: Image, mark: Mark) -> None:
    box = shapes.hidden_box(mark, image.size)
    width, height = box[2] - box[0], box[3] - box[1]
    if width <= 0 or height <= 0:
        return
    if mark.text == shapes.PIXELATED:
        image.paste(_averaged(image.crop(box), shapes.cells(width, height)), box)
    else:
        image.paste(shapes.SOLID, box)


def _averaged(part: Image, cells: tuple[int, int]) -> Image:
    """A few blocks, each the average of what it hides in few steps of brightness: no way leads back."""
    from PIL import Image

    step = 256 // _LEVELS
    few = part.resize(cells, Image.Resampling.BOX).point(lambda level: level // step * step + step // 2)
    return few.resize(part.size, Image.Resampling.NEAREST)


def _draw(image: Image, mark: Mark) -> None:
    line = shapes.line_width(mark, image.size)
    points = shapes.spots(mark, image.size)
    if mark.shape in {MarkShape.TEXT, MarkShape.NUMBER}:
        _draw_words(image, mark, points[0])
        return
    around = shapes.halo_width(line)
    box = _spread(shapes.box_of(points), line * 4 + around, image.size)

    def draw(pen: ImageDraw, move: Callable[[Point], Point]) -> None:
        way = [move(point) for point in points]
        for colour, grown in ((shapes.HALO, around), (shapes.colour_of(mark), 0.0)):
            _stroke(pen, mark.shape, way, line * _FINE, grown * _FINE, colour)

    _over(image, box, draw)


def _stroke(pen: ImageDraw, shape: MarkShape, way: list[Point], line: float, grown: float, colour: str) -> None:
    thick = line + 2 * grown
    if shape is MarkShape.ARROW:
        end, head = shapes.arrow_head(way, line)
        _line(pen, [way[0], end], thick, colour)
        if head:
            pen.polygon(head, fill=colour)
            _line(pen, [*head, head[0]], max(1.0, 2 * grown), colour)
    elif shape is MarkShape.PEN:
        _line(pen, way, thick, colour)
    else:
        left, top, right, bottom = shapes.box_of(way)
        frame = (left - thick / 2, top - thick / 2, right + thick / 2, bottom + thick / 2)
        if shape is MarkShape.CIRCLE:
            pen.ellipse(frame, outline=colour, width=round(thick))
        else:
            pen.rounded_rectangle(frame, radius=thick * 0.6, outline=colour, width=round(thick))


def _line(pen: ImageDraw, way: list[Point], thick: float, colour: str) -> None:
    """A line with round joints and ends."""
    pen.line(way, fill=colour, width=max(1, round(thick)), joint="curve")
    half = thick / 2
    for x, y in (way[0], way[-1]):
        pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _draw_words(image: Image, mark: Mark, at: Point) -> None:
    """White words on a ground of the mark's colour; a number stands in a disc around its point."""
    height = shapes.text_height(mark, image.size)
    words = Lettering(mark.text, round(height * _FINE))
    ground = shapes.words_ground(mark, at, height, (words.width / _FINE, words.height / _FINE))
    seam = shapes.seam_width(height)

    def draw(pen: ImageDraw, move: Callable[[Point], Point]) -> None:
        frame = (*move((ground[0], ground[1])), *move((ground[2], ground[3])))
        fill, outline, wide = shapes.colour_of(mark), shapes.HALO, round(seam * _FINE)
        if mark.shape is MarkShape.NUMBER:
            pen.ellipse(frame, fill=fill, outline=outline, width=wide)
        else:
            pen.rounded_rectangle(frame, radius=height * 0.25 * _FINE, fill=fill, outline=outline, width=wide)
        words.draw(pen, ((frame[0] + frame[2] - words.width) / 2, (frame[1] + frame[3] - words.height) / 2))

    _over(image, _spread(ground, seam + 1, image.size), draw)


def _spread(box: Box, by: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box with room around it, in whole pixels of the picture."""
    return (
        max(0, math.floor(box[0] - by)),
        max(0, math.floor(box[1] - by)),
        min(size[0], math.ceil(box[2] + by)),
        min(size[1], math.ceil(box[3] + by)),
    )


def _over(
    image: Image, box: tuple[int, int, int, int], draw: Callable[[ImageDraw, Callable[[Point], Point]], None]
) -> None:
    """Draw finely on a clear sheet over a part of the picture, and lay it down."""
    from PIL import Image, ImageDraw

    width, height = box[2] - box[0], box[3] - box[1]
    if width <= 0 or height <= 0:
        return
    sheet = Image.new("RGBA", (width * _FINE, height * _FINE), (255, 255, 255, 0))
    draw(ImageDraw.Draw(sheet), lambda point: ((point[0] - box[0]) * _FINE, (point[1] - box[1]) * _FINE))
    sheet = sheet.resize((width, height), Image.Resampling.BOX)
    image.paste(sheet.convert("RGB"), box, sheet.getchannel("A"))
