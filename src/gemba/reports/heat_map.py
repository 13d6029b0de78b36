"""A heat map as a drawing: every cell has its number, and a mark besides its colour."""

from __future__ import annotations

import msgspec

from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Shape, Stroke

_FILL = {"below": "poor_soft", "above": "good_soft", "like": "plain_soft"}
_SIGN = {"below": "poor", "above": "good"}
_HIGH, _HEAD, _GAP = 6.2, 7.0, 0.5
"""Millimetres: of a row, of the head, between cells."""
_TYPE = 7.2
_MM = 0.3528
"""Millimetres to the point."""


class HeatLine(msgspec.Struct, frozen=True):
    """One row: its title, the small words above it where a group begins, and words and mark of each cell."""

    title: str
    cells: tuple[tuple[str, str], ...]
    """Words and mark (`below`, `above`, `like`, `few`, `none`)."""
    group: str = ""


class HeatFacts(msgspec.Struct, frozen=True):
    """What is drawn."""

    heads: tuple[str, ...]
    lines: tuple[HeatLine, ...]
    spoken: str
    strong: int = 1
    """Rows and columns at the beginning that tell of all together; a line sets them off."""


class HeatPlan(msgspec.Struct, frozen=True):
    """A drawing, and where its cells are."""

    picture: PictureFacts
    left: float
    wide: float
    """Of a cell, with the gap."""
    tops: tuple[float, ...]
    """Of each row."""

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column under a place of the drawing; `None` beside the cells."""
        across = int((x - self.left) // self.wide) if x >= self.left else -1
        down = next((at for at, top in enumerate(self.tops) if top <= y < top + _HIGH), -1)
        columns = round((self.picture.width - self.left) / self.wide)
        return (down, across) if 0 <= across < columns and down >= 0 else None

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a cell."""
        return self.left + column * self.wide, self.tops[row], self.wide - _GAP, _HIGH - _GAP


def heat_drawing(facts: HeatFacts, width: float = 174.0, *, narrowest: float = 10.0, names: float = 38.0) -> HeatPlan:
    """Draw it.

    Args:
        facts: what is drawn.
        width: millimetres; more where the cells need it.
        narrowest: millimetres of a cell.
        names: millimetres for the titles of rows.
    """
    columns = max(1, len(facts.heads))
    wide = max(narrowest, min(20.0, (width - names) / columns))
    drawn: list[Drawn] = [
        Label(names + (at + 0.5) * wide, 1.2, head, _TYPE - 0.4, "muted", "centre", bold=at < facts.strong, width=wide)
        for at, head in enumerate(facts.heads)
    ]
    tops: list[float] = []
    y = _HEAD
    for at, line in enumerate(facts.lines):
        if line.group:
            drawn.append(Label(0.0, y + 1.6, line.group, _TYPE - 0.4, "muted", bold=True, width=names + 60))
            y += _HIGH
        tops.append(y)
        drawn += _line(line, y, names, wide, strong=at < facts.strong, first=facts.strong)
        y += _HIGH + (1.2 if at == facts.strong - 1 else 0.0)
    if facts.lines and 0 < facts.strong < len(facts.lines):
        rule = tops[facts.strong] - 0.9 - (_HIGH if facts.lines[facts.strong].group else 0.0)
        drawn.append(Stroke(((0.0, rule), (names + columns * wide, rule)), "edge", 0.25))
    picture = PictureFacts(names + columns * wide, y + 0.5, tuple(drawn), facts.spoken)
    return HeatPlan(picture, names, wide, tuple(tops))


def _line(line: HeatLine, y: float, names: float, wide: float, *, strong: bool, first: int) -> list[Drawn]:
    middle = y + (_HIGH - _GAP) / 2 - _TYPE * _MM * 0.62
    drawn: list[Drawn] = [Label(0.0, middle, line.title, _TYPE, "ink", bold=strong, width=names - 2)]
    for at, (words, mark) in enumerate(line.cells):
        x = names + at * wide
        if fill := _FILL.get(mark, ""):
            drawn.append(Area(x, y, wide - _GAP, _HIGH - _GAP, fill=fill))
        elif mark == "few":
            drawn.append(Area(x, y, wide - _GAP, _HIGH - _GAP, edge="line"))
        quiet = mark in ("few", "none")
        size, ink = (_TYPE - 1.2, "muted") if quiet else (_TYPE, "ink")
        room = wide - _GAP - 0.6
        bold = strong or at < first or mark in _SIGN
        drawn.append(
            Label(x + (wide - _GAP) / 2, middle, words, size, ink, "centre", bold=bold and not quiet, width=room)
        )
        drawn += _sign(x, y, wide, mark)
    return drawn


def _sign(x: float, y: float, wide: float, mark: str) -> list[Drawn]:
    """A triangle in the corner: downwards for below, upwards for above."""
    if mark not in _SIGN:
        return []
    right, top, size = x + wide - _GAP - 0.5, y + 0.5, 1.5
    if mark == "below":
        corners = ((right - size, top), (right, top), (right - size / 2, top + size))
    else:
        corners = ((right - size / 2, top), (right, top + size), (right - size, top + size))
    return [Shape(corners, _SIGN[mark])]
