"""What one can draw with, and how each tool is called, shown and reached by a key."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gemba.domain.evidence import MarkShape
from gemba.wording import text

WIDTHS = (0.003, 0.006, 0.012)
"""Of lines, thin to thick, as fractions of the longer side."""


class Tool(StrEnum):
    """A tool of the canvas. `CHOOSE` takes hold of marks; the others draw."""

    CHOOSE = "choose"
    ARROW = "arrow"
    BOX = "box"
    CIRCLE = "circle"
    PEN = "pen"
    TEXT = "text"
    NUMBER = "number"
    HIDE = "hide"
    BLUR = "blur"


class Look(msgspec.Struct, frozen=True):
    """How a tool is shown."""

    icon: str
    key: str
    shape: MarkShape | None = None


LOOKS = {
    Tool.CHOOSE: Look("mouse-pointer-2", "V"),
    Tool.ARROW: Look("move-up-right", "A", MarkShape.ARROW),
    Tool.BOX: Look("square", "B", MarkShape.BOX),
    Tool.CIRCLE: Look("circle", "C", MarkShape.CIRCLE),
    Tool.PEN: Look("pencil", "P", MarkShape.PEN),
    Tool.TEXT: Look("type", "T", MarkShape.TEXT),
    Tool.NUMBER: Look("hash", "N", MarkShape.NUMBER),
    Tool.HIDE: Look("eye-off", "H", MarkShape.REDACTION),
    Tool.BLUR: Look("grid-3x3", "X", MarkShape.REDACTION),
}
"""In the order of the tool bar."""


def title_of(tool: Tool) -> str:
    """What a tool does, in words."""
    return {
        Tool.CHOOSE: text("Choose and move"),
        Tool.ARROW: text("Arrow"),
        Tool.BOX: text("Box"),
        Tool.CIRCLE: text("Circle"),
        Tool.PEN: text("Pen"),
        Tool.TEXT: text("Text"),
        Tool.NUMBER: text("Numbered marker"),
        Tool.HIDE: text("Hide with a solid block"),
        Tool.BLUR: text("Hide with coarse blocks"),
    }[tool]


def shape_words(shape: MarkShape) -> str:
    """What a mark is called."""
    return {
        MarkShape.ARROW: text("Arrow"),
        MarkShape.BOX: text("Box"),
        MarkShape.CIRCLE: text("Circle"),
        MarkShape.PEN: text("Pen"),
        MarkShape.TEXT: text("Text"),
        MarkShape.NUMBER: text("Number"),
        MarkShape.REDACTION: text("Hidden part"),
    }[shape]


def colour_words(name: str) -> str:
    """What a colour of marks is called."""
    return {
        "mark": text("Eye-catching"),
        "good": text("Good"),
        "fair": text("Fair"),
        "poor": text("Poor"),
    }[name]
