"""A WebP without remarks, its picture unchanged to the bit (RFC 9649)."""

from __future__ import annotations

_REMARKS = 0x04 | 0x08
"""Flags of the extended header: EXIF and XMP follow."""
_MOVING = 0x02
_PICTURES = {b"VP8 ", b"VP8L"}


def plain_webp(data: bytes) -> bytes | None:
    """The picture without EXIF, XMP, unknown chunks and whatever was hung behind its end.

    The colour profile stays. `None` when it has an odd shape, moves, or has parts that can be seen through: what such a
    file shows is not one picture. The way the camera was held is a remark, too: ask before.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kept: list[bytes] = []
    at, end, pictures = 12, 8 + int.from_bytes(data[4:8], "little"), 0
    if end > len(data):
        return None
    while at + 8 <= end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + size]
        if at + 8 + size > end or name in {b"ANIM", b"ANMF", b"ALPH"}:
            return None
        if name == b"VP8X":
            if size < 10 or content[0] & _MOVING:
                return None
            content = bytes([content[0] & ~_REMARKS]) + content[1:10]
        if name in {b"VP8X", b"ICCP", *_PICTURES}:
            kept.append(name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2))
            pictures += name in _PICTURES
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body if pictures == 1 else None
