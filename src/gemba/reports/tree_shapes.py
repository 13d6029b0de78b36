"""A tree of what is critical to quality, as a drawing: need, drivers, measures, targets, and whether each is met.

Where there is room it grows sideways, a column for each stage; where there is not, it grows downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from gemba.reports.picture_facts import Area, Drawn, Label, Mark, PictureFacts, Point, Stroke
from gemba.wording import plural, text

_MM = 0.3528
"""To the point."""
_SIZE, _SMALL = 8.5, 7.5
"""Points, sideways: a printed page has room for little."""
_LARGE, _LESS = 10.5, 9.5
"""Points, downwards: as the window's own type."""
_AIR = 2.2
_APART = 3.0
"""Millimetres between boxes."""
_STEM = 4.0
_SIDEWAYS = 130.0
"""From this width on it grows sideways."""
_MARKS: dict[str, Mark] = {"good": "dot", "poor": "triangle", "plain": "ring"}


class Leaf(msgspec.Struct, frozen=True):
    """One branch, in the person's language."""

    driver: str
    measured_by: str
    target: str
    now: str
    word: str
    """Whether the target is met, in a word or two."""
    tone: str
    """`good`, `poor`, or `plain` where it cannot be told."""


class DrawnTree(msgspec.Struct, frozen=True):
    """A tree as it is drawn."""

    title: str
    need: str
    leaves: tuple[Leaf, ...]


def draw_tree(tree: DrawnTree, width: float) -> PictureFacts:
    """Draw a tree.

    Args:
        tree: what it tells.
        width: millimetres.
    """
    shapes, height = _sideways(tree, width) if width >= _SIDEWAYS else _downwards(tree, max(width, 50.0))
    return PictureFacts(width, height, tuple(shapes), spoken(tree))


def spoken(tree: DrawnTree) -> str:
    """What a tree shows, for those who do not see it."""
    met = sum(leaf.tone == "good" for leaf in tree.leaves)
    branches = plural("{n} requirement", "{n} requirements", len(tree.leaves))
    told = [f"{leaf.driver}: {leaf.target}, {leaf.now} ({leaf.word})" for leaf in tree.leaves]
    return text(
        "{title}: {branches}, {met} of them met. {each}",
        title=tree.title,
        branches=branches,
        met=met,
        each="; ".join(told),
    ).strip()


def wrapped(words: str, width: float, size: float, most: int) -> list[str]:
    """Words in lines about as wide as there is room; what does not fit into `most` lines is cut with dots."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and _wide(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines += [line] if line else []
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return lines


def _sideways(tree: DrawnTree, width: float) -> tuple[list[Drawn], float]:
    """Four columns: need, driver, measure, target and value."""
    gap = 7.0
    shares = (0.24, 0.2, 0.3, 0.26)
    wide = [(width - 3 * gap) * share for share in shares]
    at = [sum(wide[:number]) + number * gap for number in range(4)]
    rows = [_columns(leaf, wide) for leaf in tree.leaves]
    heights = [max(box.height for box in row) for row in rows]
    need = _box([(text("Need of the customer"), _SMALL, "muted", False), (tree.need, _SIZE, "ink", True)], wide[0], 9)
    below = max(need.height, sum(heights) + _APART * max(0, len(rows) - 1))
    shapes: list[Drawn] = []
    y = (below - sum(heights) - _APART * max(0, len(rows) - 1)) / 2
    for row, height, leaf in zip(rows, heights, tree.leaves, strict=True):
        middle = y + height / 2
        bend = wide[0] + gap / 2
        shapes.append(Stroke(((wide[0], below / 2), (bend, below / 2), (bend, middle), (at[1], middle)), "edge", 0.4))
        shapes += [Stroke(((at[n] + wide[n], middle), (at[n + 1], middle)), "edge", 0.4) for n in (1, 2)]
        for number, box in enumerate(row, 1):
            tone = leaf.tone if number == 3 else ""
            shapes += _put(box, at[number], y, wide[number], height, tone)
        y += height + _APART
    shapes += _put(need, 0, (below - need.height) / 2, wide[0], need.height, "accent")
    return shapes, below + 0.4


def _downwards(tree: DrawnTree, width: float) -> tuple[list[Drawn], float]:
    """The need above, each branch below it and indented."""
    need = _box([(text("Need of the customer"), _LESS, "muted", False), (tree.need, _LARGE, "ink", True)], width, 6)
    shapes: list[Drawn] = []
    indent, y, last = 2 * _STEM, need.height + _APART, 0.0
    for leaf in tree.leaves:
        driver, measured, value = _columns(leaf, [0.0, *([width - indent] * 3)], _LARGE, _LESS)
        upper = _Box([*driver.lines, *measured.lines])
        height = upper.height + value.height
        last = y + upper.height / 2
        shapes.append(Stroke(((_STEM, last), (indent, last)), "edge", 0.4))
        shapes += _put(upper, indent, y, width - indent, upper.height, "")
        shapes += _put(value, indent, y + upper.height, width - indent, value.height, leaf.tone)
        y += height + _APART
    if tree.leaves:
        shapes.append(Stroke(((_STEM, need.height), (_STEM, last)), "edge", 0.4))
    shapes += _put(need, 0, 0, width, need.height, "accent")
    return shapes, y - _APART + 0.4


class _Box(msgspec.Struct):
    """Lines of a box: words, size, colour, bold."""

    lines: Sequence[tuple[str, float, str, bool]]

    @property
    def height(self) -> float:
        return sum(_line(size) for _, size, _, _ in self.lines) + 2 * _AIR


def _columns(leaf: Leaf, wide: Sequence[float], size: float = _SIZE, small: float = _SMALL) -> tuple[_Box, _Box, _Box]:
    return (
        _box([(leaf.driver, size, "ink", True)], wide[1], 4),
        _box([(leaf.measured_by, small, "ink", False)], wide[2], 6),
        _box(
            [(leaf.word, size, "ink", True), (leaf.target, small, "ink", False), (leaf.now, small, "muted", False)],
            wide[3],
            2,
        ),
    )


def _box(parts: Sequence[tuple[str, float, str, bool]], width: float, most: int) -> _Box:
    room = width - 2 * _AIR
    return _Box(
        [
            (line, size, colour, bold)
            for words, size, colour, bold in parts
            for line in wrapped(words, room, size * (1.06 if bold else 1), most)
        ]
    )


def _put(box: _Box, x: float, y: float, width: float, height: float, tone: str) -> Iterator[Drawn]:
    """A box with its lines in the middle of its height; one with a verdict begins with its mark."""
    ground = {"accent": "accent_soft", "good": "good_soft", "poor": "poor_soft", "plain": "plain_soft"}.get(
        tone, "card"
    )
    yield Area(x, y, width, height, fill=ground, edge="edge")
    if tone == "accent":
        yield Stroke(((x, y), (x, y + height)), "accent", 0.9)
    at = y + (height - sum(_line(size) for _, size, _, _ in box.lines)) / 2
    for number, (words, size, colour, bold) in enumerate(box.lines):
        begin = x + _AIR
        if number == 0 and tone in _MARKS:
            ink = "muted" if tone == "plain" else tone
            yield Point(begin + 1.2, at + _line(size) / 2, 2.4, ink, _MARKS[tone])
            begin += 4.0
        yield Label(begin, at, words, size, colour, bold=bold, width=width - (begin - x) - 1.0)
        at += _line(size)


def _line(size: float) -> float:
    """Height of a line of type, millimetres."""
    return size * _MM * 1.38


def _wide(words: str, size: float) -> float:
    """About how wide words are, millimetres."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.52 for sign in words)
    return ems * size * _MM
