"""A PNG without remarks, its picture unchanged to the bit (ISO/IEC 15948)."""

from __future__ import annotations

import zlib

_SIGN = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
"""What makes the picture and its colours; all else (texts, times, EXIF, further frames) is a remark."""


def plain_png(data: bytes) -> bytes | None:
    """The picture without texts, time, EXIF and whatever was hung behind its end; `None` when it has an odd shape."""
    if not data.startswith(_SIGN):
        return None
    kept, at = [_SIGN], len(_SIGN)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return None
        if name in _KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None
