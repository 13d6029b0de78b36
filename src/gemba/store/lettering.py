"""Words set in the bundled bold fonts, each run of letters in the font that has them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from gemba.shipped import resource

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_LATIN = "NotoSans-Bold.ttf"
_FACES = (("\u0590", "\u05ff", "NotoSansHebrew-Bold.ttf"), ("\u0600", "\u08ff", "NotoSansArabic-Bold.ttf"))
_LINE = 1.25
"""Distance of lines, in letters' heights."""


class Lettering:
    """Words measured once and drawn anywhere.

    Args:
        words: may have several lines.
        size: of the letters in pixels.
    """

    def __init__(self, words: str, size: int) -> None:
        self._size = max(6, size)
        self._lines = [[(run, _font(file, self._size)) for run, file in runs(line)] for line in words.split("\n")]
        self.width = max(_width(line) for line in self._lines)
        """Pixels."""
        self.height = self._size * (1 + _LINE * (len(self._lines) - 1))

    def draw(self, pen: ImageDraw, at: tuple[float, float], colour: str = "#FFFFFF") -> None:
        """Draw with the upper left corner here; each line stands in the middle."""
        for number, line in enumerate(self._lines):
            x = at[0] + (self.width - _width(line)) / 2
            foot = at[1] + self._size * (0.86 + _LINE * number)
            for run, font in line:
                pen.text((x, foot), run, font=font, fill=colour, anchor="ls")
                x += font.getlength(run)


def runs(line: str) -> list[tuple[str, str]]:
    """A line in runs of one font each, in the order in which they are seen from left to right."""
    found: list[tuple[str, str]] = []
    for letter in line:
        file = _face(letter, found[-1][1] if found else _LATIN)
        if found and found[-1][1] == file:
            found[-1] = (found[-1][0] + letter, file)
        else:
            found.append((letter, file))
    right_to_left = next((_face(letter, "") for letter in line if letter.isalpha()), _LATIN) != _LATIN
    return found[::-1] if right_to_left else found


def _face(letter: str, before: str) -> str:
    """The font of a letter; what belongs to no script stays with what stands before it."""
    for first, last, file in _FACES:
        if first <= letter <= last:
            return file
    return _LATIN if letter.isalnum() or not before else before


def _width(line: list[tuple[str, FreeTypeFont]]) -> float:
    return sum(font.getlength(run) for run, font in line)


@cache
def _font(file: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(resource("fonts", file).read_bytes()), size)
