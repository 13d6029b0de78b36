"""A drawing as plain shapes, in millimetres from its top and from the side where reading begins.

Charts, maps and heat maps are made of these once; the printed page, the window and picture files each paint them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Role = str
"""A colour by its role (`ROLES`), so that it is right on paper, on a light and on a dark screen; or `#RRGGBB`."""

ROLES = (
    *("ink", "muted", "line", "edge", "card", "raised", "accent", "accent_soft"),
    *("good", "good_soft", "fair", "fair_soft", "poor", "poor_soft", "plain_soft"),
)
"""What a colour may be called: the window's tokens of these names."""

Mark = Literal["dot", "ring", "square", "diamond", "triangle", "cross"]
"""Points are told apart by their shape, never by colour alone."""


CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1), (1, 1), (-1, 1)),
}
"""Of the marks that have corners: where, around the middle, in halves of their size; others are round or crossed."""


class Stroke(msgspec.Struct, frozen=True, tag="stroke"):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: Role
    thick: float = 0.3
    dashed: bool = False


class Area(msgspec.Struct, frozen=True, tag="area"):
    """A filled or outlined rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: Role = ""
    edge: Role = ""


class Shape(msgspec.Struct, frozen=True, tag="shape"):
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    fill: Role


class Point(msgspec.Struct, frozen=True, tag="point"):
    """A marked point."""

    x: float
    y: float
    size: float
    """Across, millimetres."""
    colour: Role
    mark: Mark = "dot"


class Label(msgspec.Struct, frozen=True, tag="label"):
    """Words on one line; what is longer than `width` is cut with an ellipsis."""

    x: float
    """Where they begin, end or have their middle, as `align` says."""
    y: float
    """Of their top."""
    words: str
    size: float
    """Of the type, points."""
    colour: Role
    align: Literal["start", "end", "centre"] = "start"
    bold: bool = False
    width: float = 0.0
    """Room, millimetres; 0 for no limit."""


Drawn = Stroke | Area | Shape | Point | Label


class PictureFacts(msgspec.Struct, frozen=True):
    """A drawing."""

    width: float
    height: float
    shapes: tuple[Drawn, ...]
    spoken: str = ""
    """What it shows, in a sentence, for those who do not see it."""
    mirrored: bool = True
    """Turned around where reading begins at the right; charts over time are not."""
