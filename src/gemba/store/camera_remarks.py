"""What a camera says within a photo (EXIF 2.32): when, where and with what it was taken."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Exif

_EXIF, _GPS = 0x8769, 0x8825
_MAKE, _MODEL, _DATE_TIME = 0x010F, 0x0110, 0x0132
_TAKEN, _MADE, _OFFSET, _OFFSET_TAKEN = 0x9003, 0x9004, 0x9010, 0x9011
_KEPT = (_TAKEN, _MADE, _OFFSET, _OFFSET_TAKEN, 0x9012)
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
_LONGEST = 80


class Position(msgspec.Struct, frozen=True):
    """A place on the earth (WGS 84)."""

    latitude: float
    """Degrees, north positive."""
    longitude: float
    """Degrees, east positive."""
    altitude: float | None = None
    """Metres above the sea."""
    accuracy: float | None = None
    """Metres, when it was told."""


class Remarks(msgspec.Struct, frozen=True):
    """The remarks of a camera."""

    taken: datetime | None = None
    """Without a zone when the camera told none."""
    position: Position | None = None
    device: str = ""

    def taken_at(self, zone: tzinfo) -> datetime | None:
        """When it was taken; a camera that told no zone is believed to go by this one."""
        if self.taken is None:
            return None
        return self.taken if self.taken.tzinfo is not None else self.taken.replace(tzinfo=zone)


def remarks_of(data: bytes) -> Remarks:
    """The remarks of a photo; whatever is missing, broken or senseless counts as not said."""
    exif = _exif(data)
    if exif is None:
        return Remarks()
    within, where = _part(exif, _EXIF), _part(exif, _GPS)
    names = [_word(exif.get(_MAKE)), _word(exif.get(_MODEL))]
    if names[0] and names[1].startswith(names[0]):
        names[0] = ""
    return Remarks(_taken(exif, within), _position(where), " ".join(name for name in names if name))


def position_remarks(data: bytes) -> bytes:
    """An EXIF block with nothing but time, place and device of a photo, for a copy that may carry them."""
    from PIL import Image

    exif, kept = _exif(data), Image.Exif()
    if exif is None:
        return b""
    for tag in (_MAKE, _MODEL, _DATE_TIME):
        if exif.get(tag):
            kept[tag] = exif[tag]
    within = {tag: value for tag, value in _part(exif, _EXIF).items() if tag in _KEPT}
    for number, part in ((_EXIF, within), (_GPS, _part(exif, _GPS))):
        if part:
            kept.get_ifd(number).update(part)
    try:
        return kept.tobytes()
    except _UNREADABLE:
        return b""


def _exif(data: bytes) -> Exif | None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP", "TIFF")) as image:
            return image.getexif()
    except (*_UNREADABLE, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def _part(exif: Exif, number: int) -> Mapping[int, Any]:
    try:
        return dict(exif.get_ifd(number))
    except _UNREADABLE:
        return {}


def _taken(exif: Exif, within: Mapping[int, Any]) -> datetime | None:
    said = _word(within.get(_TAKEN)) or _word(within.get(_MADE)) or _word(exif.get(_DATE_TIME))
    try:
        taken = datetime.strptime(said[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the offset is told apart, below
    except ValueError:
        return None
    offset = _offset(_word(within.get(_OFFSET_TAKEN)) or _word(within.get(_OFFSET)))
    return taken if offset is None else taken.replace(tzinfo=timezone(offset))


def _offset(said: str) -> timedelta | None:
    """Of `+02:00` or `Z`."""
    if said == "Z":
        return timedelta()
    sign, hours, colon, minutes = said[:1], said[1:3], said[3:4], said[4:6]
    if sign not in {"+", "-"} or colon != ":" or not (hours.isdecimal() and minutes.isdecimal()):
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return (-offset if sign == "-" else offset) if offset <= timedelta(hours=14) else None


def _position(where: Mapping[int, Any]) -> Position | None:
    latitude, longitude = _degrees(where.get(2), where.get(1), "S"), _degrees(where.get(4), where.get(3), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    if latitude == 0 and longitude == 0:
        return None  # what a camera writes that has not found itself yet
    altitude = _number(where.get(6))
    if altitude is not None and where.get(5) in {1, b"\x01"}:
        altitude = -altitude
    return Position(latitude, longitude, altitude, _number(where.get(31)))


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (_number(part) for part in parts)
    except (TypeError, ValueError):
        return None
    if degrees is None:
        return None
    whole = degrees + (minutes or 0.0) / 60 + (seconds or 0.0) / 3600
    return -whole if _word(side).upper() == negative else whole


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _word(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value.strip("\0 \t\r\n")[:_LONGEST] if isinstance(value, str) else ""
