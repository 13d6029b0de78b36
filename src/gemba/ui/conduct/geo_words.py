"""Places on the earth as people write, copy and paste them; what the form keeps of them, and how far it is around."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from gemba.store.camera_remarks import Position

_RADIUS = 6_371_008.8
"""Metres; mean radius of the earth (IUGG)."""
_NUMBER = r"[-+−]?\d+(?:[.,]\d+)?"
_POINT_NUMBER = r"[-+−]?\d+(?:\.\d+)?"
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d({_POINT_NUMBER})!4d({_POINT_NUMBER})",
        rf"mlat=({_POINT_NUMBER})&mlon=({_POINT_NUMBER})",
        rf"#map=\d+(?:\.\d+)?/({_POINT_NUMBER})/({_POINT_NUMBER})",
        rf"[?&](?:q|query|ll|sll|center|destination|daddr|cp)=(?:loc:)?({_POINT_NUMBER})(?:,|%2C|~)\+?({_POINT_NUMBER})",
        rf"/@({_POINT_NUMBER}),({_POINT_NUMBER})",
        rf"/({_POINT_NUMBER}),\+?({_POINT_NUMBER})",
        rf"^geo:({_POINT_NUMBER}),({_POINT_NUMBER})",
    )
)
"""Where maps on the web and `geo:` links carry latitude and longitude; the marked place counts before the view."""
_UNCERTAIN = re.compile(r"[;&]u=(\d+(?:\.\d+)?)")
_SIDE = r"[NSEWOnsewo]"
_ANGLE = (
    rf"({_NUMBER})\s*(?:°|º|d|deg)?\s*(?:(\d+(?:[.,]\d+)?)\s*['′’m]\s*)?"
    rf"(?:(\d+(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)\s*)?"
)
_BEFORE = re.compile(rf"(?P<side>{_SIDE})\s*{_ANGLE}(?![A-Za-z])")
_AFTER = re.compile(rf"{_ANGLE}(?P<side>{_SIDE})?(?![A-Za-z])")
_WEST, _NORTH_SOUTH = frozenset("WOwo"), frozenset("NSns")


def read_point(typed: str) -> Position | None:
    """The place that somebody typed or pasted; `None` when it is none.

    Degrees with point or comma, degrees with minutes and seconds, halves of the earth before or after, altitude and
    accuracy in metres behind, or the link of a map.
    """
    typed = typed.strip()
    if "://" in typed or typed.startswith("geo:"):
        return _linked(typed)
    if re.search(_SIDE, typed) or re.search(r"[°º′″'\"]", typed):
        return _with_sides(typed)
    return _plain(typed)


def lexical_point(typed: str) -> str:
    """What the form keeps: latitude, longitude, altitude, accuracy; what is no place is kept as it was typed."""
    if not typed.strip():
        return ""
    point = read_point(typed)
    return typed.strip() if point is None else kept(point)


def kept(point: Position) -> str:
    """A place as XForms writes it; what is not known is 0."""
    parts = (point.latitude, point.longitude, point.altitude or 0.0, point.accuracy or 0.0)
    return " ".join(_short(part, 7 if number < 2 else 2) for number, part in enumerate(parts))


def lexical_line(typed: str) -> str:
    """The points of a line or shape, one a line or parted by semicolons, as the form keeps them."""
    lines = lines_of(typed)
    return "; ".join(lexical_point(line) for line in lines)


def lines_of(typed: str) -> list[str]:
    """The points that were typed, one each, empty ones left out."""
    return [line.strip() for line in re.split(r"[;\n]", typed) if line.strip()]


def shown_line(value: str) -> str:
    """A kept line or shape for typing: one point a line."""
    return "\n".join(lines_of(value))


def points_of(value: str) -> list[Position | None]:
    """The points of a kept line or shape; `None` for each that is none."""
    return [read_point(line) for line in lines_of(value)]


def closed(value: str) -> str:
    """A shape that ends where it began, as the form wants it."""
    lines = lines_of(value)
    if len(lines) >= 3 and lines[0] != lines[-1]:
        lines.append(lines[0])
    return "; ".join(lines)


def length(points: Sequence[Position]) -> float:
    """Metres along points."""
    return math.fsum(_between(one, other) for one, other in pairwise(points))


def area(points: Sequence[Position]) -> float:
    """Square metres within points."""
    if len(points) < 3:
        return 0.0
    around = [*points, points[0]]
    total = math.fsum(
        math.radians(other.longitude - one.longitude)
        * (2 + math.sin(math.radians(one.latitude)) + math.sin(math.radians(other.latitude)))
        for one, other in pairwise(around)
    )
    return abs(total) * _RADIUS**2 / 2


def _linked(link: str) -> Position | None:
    for pattern in _LINKS:
        found = pattern.search(link)
        if found is not None:
            certain = _UNCERTAIN.search(link)
            accuracy = float(certain.group(1)) if certain is not None else None
            return _sound(_number(found.group(1)), _number(found.group(2)), None, accuracy)
    return None


def _plain(typed: str) -> Position | None:
    """Two to four numbers; a comma parts them, or stands for the point where blanks or semicolons part them."""
    if not re.fullmatch(r"[-+−\d.,;\s]+", typed):
        return None
    parts = typed.replace(";", " ; ").split() if ";" in typed else typed.split()
    numbers = [part.strip(",") for part in parts if part not in {";", ","}]
    if len(numbers) == 1 or any(part.count(",") > 1 for part in numbers):
        numbers = [part.strip() for part in typed.split(",")]
    if not 2 <= len(numbers) <= 4 or not all(re.fullmatch(_NUMBER, number) for number in numbers):
        return None
    values = [_number(number) for number in numbers]
    return _sound(*values)


def _with_sides(typed: str) -> Position | None:
    """Degrees, minutes and seconds with their halves of the earth."""
    pattern = _BEFORE if re.match(_SIDE, typed) else _AFTER
    found, rest = list(pattern.finditer(typed)), pattern.sub(" ", typed)
    if len(found) != 2 or re.search(r"[^\s,;]", rest):
        return None
    values = [_degrees(part) for part in found]
    sides = [part["side"] or "" for part in found]
    if None in values:
        return None
    if sides[0] and sides[0] not in _NORTH_SOUTH and sides[1] in _NORTH_SOUTH:
        values.reverse()
    elif any(sides) and not (sides[0] in _NORTH_SOUTH and sides[1] and sides[1] not in _NORTH_SOUTH):
        return None
    return _sound(*values)


def _degrees(part: re.Match[str]) -> float | None:
    first = 2 if part.re is _BEFORE else 1
    degrees, minutes, seconds = part.group(first, first + 1, first + 2)
    whole = _number(degrees)
    small = _number(minutes or "0") / 60 + _number(seconds or "0") / 3600
    if small >= 1 + 1e-9 or (small and whole != int(whole)):
        return None
    value = abs(whole) + small
    side = part["side"] or ""
    return -value if whole < 0 or side in _WEST or side in {"S", "s"} else value


def _sound(
    latitude: float | None, longitude: float | None, altitude: float | None = None, accuracy: float | None = None
) -> Position | None:
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    if accuracy is not None and accuracy < 0:
        return None
    return Position(latitude, longitude, altitude, accuracy)


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


def _short(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") or "0"


def _between(one: Position, other: Position) -> float:
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * across
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
