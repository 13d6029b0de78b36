"""A JPEG without the camera's remarks, its picture unchanged to the bit (ITU-T T.81, annex B)."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JFIF, _PROFILE, _ADOBE = 0xE0, 0xE2, 0xEE


def plain_jpeg(data: bytes) -> bytes | None:
    """The picture without EXIF, comments and whatever was hung behind its end; `None` when it has an odd shape.

    The colour profile and what tells the colours stay. The way the camera was held is a remark, too: ask before.
    """
    if data[:2] != b"\xff\xd8":
        return None
    kept, at = [data[:2]], 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            return b"".join((*kept, data[at : at + 2]))
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            found = _MARKER.search(data, end)
            if found is None:
                return None
            end = found.start()
        if _is_kept(marker, data[at + 4 : end]):
            kept.append(data[at:end])
        at = end
    return None


def _is_kept(marker: int, content: bytes) -> bool:
    if marker == _PROFILE:
        return content.startswith(b"ICC_PROFILE\0")
    remark = 0xE1 <= marker <= 0xEF or marker == 0xFE
    return not remark or (marker == _ADOBE and content.startswith(b"Adobe")) or marker == _JFIF
