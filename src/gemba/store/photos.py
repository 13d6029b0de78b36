"""Photos as they come from cameras and phones, made ready to be looked at: upright, small, and safe to decode.

The original bytes are evidence and are kept untouched elsewhere; what is made here is only for screens and reports.
It is made once, when a photo is added, so that no list, page or report ever decodes twelve megapixels again.
"""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from gemba.errors import Refusal
from gemba.store.likeness import likeness_of

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose

PRINT = 1600
"""Longest edge in pixels for the viewer and for printed reports."""
THUMBNAIL = 320
"""Longest edge in pixels for lists and strips."""
MOST_PIXELS = 50_000_000
"""More than this is refused from the header alone: no camera of the field makes it, a decompression bomb does."""

_MEDIA_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_QUALITY = {PRINT: 85, THUMBNAIL: 80}
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ZeroDivisionError, struct.error)
"""What Pillow lets out for bytes that are no sound picture (found by feeding it altered ones)."""


class Photo(msgspec.Struct, frozen=True):
    """What a photo is, and the upright JPEGs made from it."""

    media_type: str
    """Of the original bytes."""
    width: int
    """Pixels of the original as a person sees it, upright."""
    height: int
    sizes: dict[int, bytes]
    """JPEG bytes by longest edge (`PRINT`, `THUMBNAIL`); a smaller photo is never enlarged."""
    likeness: str = ""
    """Perceptual hash (`gemba.store.likeness`)."""


def prepare(data: bytes) -> Photo:
    """Check a photo and make its upright JPEGs.

    Args:
        data: the original file, JPEG, PNG or WebP; of an animation the first frame counts.

    Raises:
        Refusal: `photo.empty` (no bytes), `photo.not_image`, `photo.too_large` (told from the header, nothing is
            decoded), `photo.damaged` (cut short or broken inside).
    """
    if not data:
        raise Refusal("photo.empty")
    image = _opened(data)
    media_type = _MEDIA_TYPES[image.format or ""]
    try:
        return _prepared(image, media_type)
    except _UNREADABLE as error:
        raise Refusal("photo.damaged") from error


def upright(data: bytes) -> Image:
    """A whole photo as a person sees it: upright, in plain red, green and blue, at its full size.

    Raises:
        Refusal: as `prepare`.
    """
    image = _opened(data)
    try:
        image.load()
        turned = _turned(_flat(image), _orientation(image))
    except _UNREADABLE as error:
        raise Refusal("photo.damaged") from error
    turned.info.clear()
    return turned


def smaller(jpeg: bytes, longest: int) -> bytes:
    """An upright picture with at most this longest edge, as JPEG without remarks."""
    image = upright(jpeg)
    return _jpeg(_shrunk(image, image.size, longest), longest)


@cache
def _pillow() -> ModuleType:
    """Pillow's image module with its limits set for the whole process, so that no thread can run without them."""
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # broken remarks of sound pictures
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    return Image


def _opened(data: bytes) -> Image:
    """The picture with its header read and nothing decoded."""
    pillow = _pillow()
    try:
        image: Image = pillow.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except (pillow.DecompressionBombError, pillow.DecompressionBombWarning) as error:
        raise Refusal("photo.too_large", limit=MOST_PIXELS // 1_000_000) from error
    except _UNREADABLE as error:
        raise Refusal("photo.not_image") from error
    if image.width * image.height > MOST_PIXELS:  # the filter above may be lifted by others; this stands
        raise Refusal("photo.too_large", limit=MOST_PIXELS // 1_000_000)
    return image


def _prepared(image: Image, media_type: str) -> Photo:
    """Decode no larger than needed, shrink, then turn: turning last moves the fewest pixels."""
    width, height = image.size
    # JPEG halves while decoding; it chooses by the size named, which must have the photo's own aspect.
    image.draft(None, _within(image.size, PRINT))
    image.load()
    orientation = _orientation(image)
    large = _turned(_shrunk(_flat(image), (width, height), PRINT), orientation)
    small = _shrunk(large, large.size, THUMBNAIL)
    if orientation in _SIDEWAYS:
        width, height = height, width
    sizes = {PRINT: _jpeg(large, PRINT), THUMBNAIL: _jpeg(small, THUMBNAIL)}
    return Photo(media_type, width, height, sizes, likeness_of(large))


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` shrunk to a longest edge, aspect kept, never enlarged, never thinner than a pixel."""
    width, height = size
    scale = min(1.0, longest / max(size))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _orientation(image: Image) -> int:
    """The way the camera was held, 1 to 8; 1 when nothing sensible is said."""
    try:
        said = image.getexif().get(_ORIENTATION, 1)
    except _UNREADABLE:
        return 1  # a photo with broken remarks is still a photo
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def _flat(image: Image) -> Image:
    """The picture in plain red, green and blue: transparency on white paper, 16 bits as 8, inks as light."""
    if image.mode.startswith("I"):
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    if image.has_transparency_data:
        paper = _pillow().new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    return image.convert("RGB")


def _shrunk(image: Image, original: tuple[int, int], longest: int) -> Image:
    """`image` at the size that `original` has within a longest edge."""
    size = _within(original, longest)
    if image.size == size:
        return image
    return image.resize(size, _pillow().Resampling.BICUBIC, reducing_gap=2.0)


def _turned(image: Image, orientation: int) -> Image:
    """`image` upright; `orientation` is EXIF's (1 as it stands, 2 to 8 mirrored or turned)."""
    turn = _turns().get(orientation)
    return image if turn is None else image.transpose(turn)


@cache
def _turns() -> dict[int, Transpose]:
    """What makes each EXIF orientation upright (Exif 2.32, tag 0x0112)."""
    turn = _pillow().Transpose
    return {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_270,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_90,
    }


def _jpeg(image: Image, size: int) -> bytes:
    """`image` as JPEG without the camera's remarks (place, device, owner stay with the original)."""
    out = BytesIO()
    clean = image.copy()
    clean.info.clear()
    clean.save(out, "JPEG", quality=_QUALITY.get(size, _QUALITY[PRINT]))
    return out.getvalue()
