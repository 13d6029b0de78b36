"""Places on earth: area(), distance(), geofence().

A point is "latitude longitude altitude accuracy"; points of a line or shape are parted by `;`.

Formulas and earth's radius as in JavaRosa's GeoUtils.
"""

from __future__ import annotations

import math
from itertools import pairwise

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import Value, number_from

FUNCTIONS = Shelf()
_RADIUS = 6_378_100.0
_DEGREE = 2 * _RADIUS * math.pi / 360
Point = tuple[float, float]


@FUNCTIONS.add("area", "enclosed-area", low=1)
def _area(context: Context, value: Value) -> float:
    points = _points(context, (value,))
    if len(points) < 3:
        return 0.0
    return _on_plane(points) if context.dialect.plane_areas else _to_hundredths(_on_sphere(points))


def _on_plane(points: list[Point]) -> float:
    (lat0, lon0), rest = points[0], points[1:]
    flat = [((lon - lon0) * _DEGREE * math.cos(math.radians(lat)), (lat - lat0) * _DEGREE) for lat, lon in rest]
    return abs(math.fsum((y1 * x2 - x1 * y2) / 2 for (x1, y1), (x2, y2) in pairwise(flat)))


def _on_sphere(points: list[Point]) -> float:
    ring = [(math.radians(lat), math.radians(lon)) for lat, lon in [*points, points[0]]]
    around = ((lon2 - lon1) * (2 + math.sin(lat2) + math.sin(lat1)) for (lat1, lon1), (lat2, lon2) in pairwise(ring))
    return abs(sum(around)) * _RADIUS**2 / 2


def _to_hundredths(number: float) -> float:
    return math.floor(number * 100 + 0.5) / 100


@FUNCTIONS.add("distance", low=1, high=MANY)
def _distance(context: Context, *values: Value) -> float:
    points = _points(context, values)
    total = math.fsum(_between(one, other) for one, other in pairwise(points))
    return total if context.dialect.plane_areas else _to_hundredths(total)


@FUNCTIONS.add("geofence", low=2)
def _geofence(context: Context, point: Value, shape: Value) -> bool:
    """JavaRosa takes a point that is not answered yet for the one at 0, 0."""
    stops = context.dialect.stops
    if stops and not isinstance(shape, list):
        raise Quit("geofence() needs an answer that is a shape")
    places, ring = _points(context, (point,)), _points(context, (shape,))
    if not places and stops:
        places = [(0.0, 0.0)]
    if len(places) != 1:
        return False
    return (stops or ring[:1] == ring[-1:]) and _inside(places[0], ring)


def _inside(point: Point, ring: list[Point]) -> bool:
    lat, lon = point
    inside = False
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):  # a shape ends where it began
        if (lon1 > lon) != (lon2 > lon) and lat < (lat2 - lat1) * (lon - lon1) / (lon2 - lon1) + lat1:
            inside = not inside
    return inside


def _between(one: Point, other: Point) -> float:
    lat1, lat2 = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(across)
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS if one != other else 0.0


def _points(context: Context, values: tuple[Value, ...]) -> list[Point]:
    """The points of all `values`; none when one of them is no point.

    Raises:
        Quit: in that case, where the dialect stops at it.
    """
    texts: list[str] = []
    for value in values:
        texts += [node.text() for node in value] if isinstance(value, list) else [context.text(value)]
    pieces = [piece.strip() for text in texts for piece in text.split(";")]
    points = [_point(piece, limited=not context.dialect.stops) for piece in pieces if piece]
    if None in points and context.dialect.stops:
        raise Quit("this is no place: a latitude and a longitude are needed")
    return [] if None in points else [point for point in points if point is not None]


def _point(text: str, *, limited: bool) -> Point | None:
    numbers = [number_from(part) for part in text.split()]
    if len(numbers) < 2 or any(math.isnan(number) for number in numbers[:2]):
        return None
    beyond = limited and (abs(numbers[0]) > 90 or abs(numbers[1]) > 180)
    return None if beyond else (numbers[0], numbers[1])
