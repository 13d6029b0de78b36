"""Photos as JPEG bytes ready to stand in a PDF: passed on as they are, or made smaller first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

LONGEST = 1600
"""Pixels; more does not show on paper and only makes the file large."""
_QUALITY = 82
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SUPPORTED = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what readers of PDF decode."""
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""EXIF orientation to Pillow's transposition that makes the picture upright."""


class Jpeg(NamedTuple):
    """A JPEG stream and what a PDF must say about it."""

    data: bytes
    width: int
    height: int
    grey: bool


def load(source: bytes | Path) -> Jpeg:
    """The upright picture, at most 1,600 pixels long, without camera data such as the position.

    Raises:
        OSError: it cannot be read or is no picture.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    frame = _frame(data)
    if frame is None or not _passes(frame, data):
        return _made_smaller(data)
    return Jpeg(_without_camera_data(data), frame.width, frame.height, frame.components == 1)


def size(source: bytes | Path) -> tuple[int, int]:
    """Upright width and height in pixels, from the head of the file; (0, 0) when it cannot be told."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as image:
            turned = image.getexif().get(0x0112, 1) >= 5
            return (image.height, image.width) if turned else image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return 0, 0


def weight(source: bytes | Path) -> int:
    """About how many bytes the picture will take in a document."""
    try:
        length = len(source) if isinstance(source, bytes) else source.stat().st_size
    except OSError:
        return 0
    return min(length, 600_000)


class _Frame(NamedTuple):
    """The frame header of a JPEG."""

    marker: int
    width: int
    height: int
    components: int


def _passes(frame: _Frame, data: bytes) -> bool:
    """True when the stream can be embedded as it is."""
    small = max(frame.width, frame.height) <= LONGEST and min(frame.width, frame.height) > 0
    return small and frame.marker in _SUPPORTED and frame.components in {1, 3} and not _turned(data)


def _segments(data: bytes) -> list[tuple[int, int, int]]:
    """Marker, start and end of each segment before the picture's data; empty when it is no JPEG."""
    if data[:2] != b"\xff\xd8":
        return []
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((marker, at, end))
        if marker == 0xDA:
            return found
        at = end
    return []


def _frame(data: bytes) -> _Frame | None:
    for marker, start, _ in _segments(data):
        if marker in _FRAMES:
            height = int.from_bytes(data[start + 5 : start + 7], "big")
            width = int.from_bytes(data[start + 7 : start + 9], "big")
            return _Frame(marker, width, height, data[start + 9])
    return None


def _turned(data: bytes) -> bool:
    """True when camera data ask for turning, which readers of PDF ignore."""
    if not any(marker == 0xE1 and data[start + 4 : start + 8] == b"Exif" for marker, start, _ in _segments(data)):
        return False
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return bool(image.getexif().get(0x0112, 1) != 1)


def _without_camera_data(data: bytes) -> bytes:
    """The same picture without application segments and comments; Adobe's stays, it tells the colours."""
    segments = _segments(data)
    kept = [data[a:b] for marker, a, b in segments if not 0xE1 <= marker <= 0xED and marker not in {0xEF, 0xFE}]
    return b"".join((b"\xff\xd8", *kept, data[segments[-1][2] :]))


def _made_smaller(data: bytes) -> Jpeg:
    """Decoded at a fraction of its size, resized, turned upright and encoded again."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            factor = min(1.0, LONGEST / max(image.size))
            target = round(image.width * factor), round(image.height * factor)
            image.draft("RGB", target)
            grey = image.mode in {"1", "L", "I;16"}
            plain = image.convert("L" if grey else "RGB")
            if plain.size != target:
                plain = plain.resize(target, Image.Resampling.BICUBIC)
            turn = _TURNS.get(image.getexif().get(0x0112, 1))
            if turn is not None:
                plain = plain.transpose(Image.Transpose(turn))
            out = io.BytesIO()
            plain.save(out, "JPEG", quality=_QUALITY)
            return Jpeg(out.getvalue(), plain.width, plain.height, grey)
    except (ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise OSError(str(error)) from error
