"""How alike two pictures look: a difference hash of 64 bits.

Each bit says whether a spot of a very small, slightly blurred grey copy is darker than its right neighbour (a "dHash").
Copies that were resized, compressed again or slightly cropped differ in few bits; other photos in about half of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WITHIN = 10
"""Bits in which copies of one picture differ at most, found with cameras' photos resized, recompressed and cropped."""
_WIDE, _HIGH = 9, 8
_STEP = 1
"""Of brightness, by which the right neighbour must be lighter: plain walls and skies tip over for less."""
_FLAT = 6
"""Steps of brightness; a picture with less difference than this in it looks like every other such picture."""


def likeness_of(image: Image) -> str:
    """The likeness of an upright picture, 16 hexadecimal digits; empty for one in which nothing can be told."""
    from PIL import Image, ImageFilter

    grey = image.convert("L").resize((_WIDE * 8, _HIGH * 8), Image.Resampling.BOX)
    grey = grey.filter(ImageFilter.GaussianBlur(2)).resize((_WIDE, _HIGH), Image.Resampling.BOX)
    spots = grey.tobytes()
    if max(spots) - min(spots) < _FLAT:
        return ""
    bits = 0
    for row in range(_HIGH):
        for column in range(_WIDE - 1):
            at = row * _WIDE + column
            bits = bits << 1 | (spots[at + 1] - spots[at] > _STEP)
    return f"{bits:016x}"


def bits_apart(one: str, other: str) -> int:
    """In how many bits two likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
