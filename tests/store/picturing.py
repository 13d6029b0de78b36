"""Pictures for tests, made on the spot."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFilter


def scene(seed: int, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A picture with large and small things in it; another seed, another picture."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        wide, tall = chance.randrange(size[0] // 30, size[0] // 2), chance.randrange(size[1] // 30, size[1] // 2)
        colour = tuple(chance.randrange(256) for _ in range(3))
        chance.choice((pen.rectangle, pen.ellipse))(
            (x - wide // 2, y - tall // 2, x + wide // 2, y + tall // 2), colour
        )
    return image.filter(ImageFilter.GaussianBlur(2))


def as_file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def camera_photo(
    *,
    size: tuple[int, int] = (640, 480),
    taken: str = "2026:03:02 14:30:05",
    offset: str = "",
    position: tuple[float, float, float] | None = None,
    orientation: int = 1,
    seed: int = 1,
) -> bytes:
    """A JPEG with the remarks of a camera."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Ficta", "Ficta One", orientation
    within = exif.get_ifd(0x8769)
    within[0x9003], within[0xA430] = taken, "Owner of the camera"
    if offset:
        within[0x9011] = offset
    if position is not None:
        exif.get_ifd(0x8825).update(_gps(*position))
    return as_file(scene(seed, size), exif=exif, quality=90)


def _gps(latitude: float, longitude: float, altitude: float) -> dict[int, Any]:
    return {
        1: "N" if latitude >= 0 else "S", 2: _parts(latitude), 3: "E" if longitude >= 0 else "W", 4: _parts(longitude),
        5: b"\0" if altitude >= 0 else b"\1", 6: abs(altitude), 31: 4.5,
    }  # fmt: skip


def _parts(degrees: float) -> tuple[float, float, float]:
    degrees = abs(degrees)
    minutes = degrees % 1 * 60
    return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 4)
