"""Charts as facts for SVG: where each mark goes, in a drawing 640 wide. The page draws them and has a table beside it.

Form: one row a region, its label to the left. Scores are dots with their interval on a scale from 0 to 100; findings
are stacked bars by grade; overdue actions are bars of their share.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.domain.findings import FindingGrade
from gemba.hq.regions import RegionLine
from gemba.hq.serve import terms

WIDTH = 640
LEFT = 190
"""Where the scale begins; labels stand before it."""
RIGHT = 590
ROW = 34
TOP = 26
MOST = 40
"""Rows in a chart; the table has them all."""
LONGEST = 24
"""Letters of a label; the table has the whole name."""


class Mark(msgspec.Struct, frozen=True):
    """One piece of a bar."""

    x: float
    width: float
    tone: str
    words: str


class Row(msgspec.Struct, frozen=True):
    """One region's row."""

    y: float
    """Of its middle."""
    label: str
    name: str
    """Whole, for whoever points at it."""
    dot: float | None = None
    low: float | None = None
    high: float | None = None
    marks: tuple[Mark, ...] = ()
    words: str = ""
    """Its figures, at the end of the row."""


class Chart(msgspec.Struct, frozen=True):
    """One chart; `None` where there is nothing to draw would hide the heading, so it has no rows then."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    more: int
    """Regions that only the table shows."""
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP

    @property
    def height(self) -> int:
        """Of the drawing."""
        return TOP + ROW * len(self.rows) + 8


def scores(lines: Sequence[RegionLine]) -> Chart:
    """Average scores with their intervals."""
    shown = [line for line in lines if line.mean is not None]
    rows = []
    for index, line in enumerate(shown[:MOST]):
        low, high = (line.interval.low, line.interval.high) if line.interval else (None, None)
        rows.append(
            Row(
                y=_middle(index),
                label=_short(line.name),
                name=line.name,
                dot=_across(line.mean or 0.0, 100),
                low=None if low is None else _across(low, 100),
                high=None if high is None else _across(high, 100),
                words=f"{line.mean:.0f}",
            )
        )
    return Chart(tuple(rows), _ticks(100, "{} %"), max(0, len(shown) - MOST))


def findings(lines: Sequence[RegionLine]) -> Chart:
    """Findings, stacked by grade."""
    shown = [line for line in lines if line.findings]
    longest = max((sum(line.findings.values()) for line in shown), default=1)
    rows = []
    for index, line in enumerate(shown[:MOST]):
        marks, at = [], 0
        for grade in FindingGrade:
            count = line.findings.get(grade, 0)
            if count:
                start, end = _across(at, longest), _across(at + count, longest)
                words = f"{line.name}: {terms.grade(grade)} {count}"
                marks.append(Mark(start, max(1.0, end - start - 1.0), grade.value, words))
                at += count
        rows.append(
            Row(y=_middle(index), label=_short(line.name), name=line.name, marks=tuple(marks), words=terms.number(at))
        )
    return Chart(tuple(rows), _ticks(longest, "{}"), max(0, len(shown) - MOST))


def overdue(lines: Sequence[RegionLine]) -> Chart:
    """The share of open actions that are overdue."""
    shown = [line for line in lines if line.open]
    rows = []
    for index, line in enumerate(shown[:MOST]):
        share = 100 * line.overdue / line.open
        words = f"{line.overdue}/{line.open}"
        mark = Mark(LEFT, _across(share, 100) - LEFT, "overdue", f"{line.name}: {words}")
        rows.append(
            Row(
                y=_middle(index),
                label=_short(line.name),
                name=line.name,
                marks=(mark,) if line.overdue else (),
                words=words,
            )
        )
    return Chart(tuple(rows), _ticks(100, "{} %"), max(0, len(shown) - MOST))


def _middle(index: int) -> float:
    return TOP + ROW * index + ROW / 2


def _across(value: float, most: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * value / most, 1)


def _ticks(most: float, words: str) -> tuple[tuple[float, str], ...]:
    """Four lines or fewer, at whole numbers."""
    step = max(1, round(most / 4))
    found = list(range(0, int(most) + 1, step))
    return tuple((_across(value, most), words.format(value)) for value in found)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
