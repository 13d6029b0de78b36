"""The heat map of drift: goals by places, each cell judged by the spread that its own number of decisions has.

A cell is marked only where it lies beyond three sigmas of what the goal shows at all places together (Wilson's interval
at 99.73 %), as sites are in a funnel plot; below five judged decisions it says "too few" and is never coloured.
"""

from __future__ import annotations

import msgspec

from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store.alignment_counts import Tallies, Tally
from gemba.wording import text
from gemba.work.alignment_facts import FEWEST, Question, Rate, rate_of, tallied
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk

ALL = ""
"""Key of the row of all places and the column of all goals."""
THREE_SIGMAS = 0.9973
LEVELS = ("site", "region")


class HeatCell(msgspec.Struct, frozen=True, kw_only=True):
    """One goal at one place."""

    place: str
    goal: str
    rate: Rate
    mark: str
    """`below` or `above` what is usual, `like` it, `few` decisions, or `none` at all."""


class HeatRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place, or all of them."""

    key: str
    title: str
    region: str
    """Title of the region it lies in; empty for a region itself."""
    cells: tuple[HeatCell, ...]
    """All goals together first, then each column."""


class HeatMap(msgspec.Struct, frozen=True, kw_only=True):
    """Places by goals."""

    level: str
    """`site` or `region`."""
    quarters: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    """Code and title of each column after the first."""
    rows: tuple[HeatRow, ...]
    """All places together first."""

    def cell(self, place: str, goal: str) -> HeatCell:
        """One cell; `ALL` for all places or goals."""
        return next(one for row in self.rows if row.key == place for one in row.cells if one.goal == goal)

    def by_chance(self) -> float:
        """How many cells of single places and goals chance alone would mark, were all alike."""
        told = sum(one.rate.rate is not None for row in self.rows[1:] for one in row.cells[1:])
        return told * (1 - THREE_SIGMAS)

    def marked(self) -> list[HeatCell]:
        """Cells of single places and goals that are marked, the furthest from the usual first."""
        usual = {one.goal: one.rate.rate or 0.0 for one in self.rows[0].cells} if self.rows else {}
        found = [
            one
            for row in self.rows[1:]
            for one in row.cells[1:]
            if one.mark in ("below", "above") and one.rate.rate is not None
        ]
        return sorted(found, key=lambda one: (one.mark != "below", -abs((one.rate.rate or 0) - usual[one.goal])))


def heat_map(desk: Desk, question: Question, level: str = "site") -> HeatMap:
    """The heat map of some decisions.

    Args:
        desk: where the records are.
        question: which decisions.
        level: `site` or `region`: what a row is.

    Raises:
        Refusal: `work.drift_by`.
    """
    if level not in LEVELS:
        raise Refusal("work.drift_by", given=level, known=", ".join(LEVELS))
    with desk.reader() as reader:
        scene = Scene(reader)
        counted = tallied(reader, scene, question, (level, "goal"))
    return _laid_out(scene, counted, question.quarters, level)


def _laid_out(scene: Scene, counted: Tallies, quarters: tuple[str, ...], level: str) -> HeatMap:
    by_goal, by_place, whole = _margins(counted)
    goals = scene.order("goal", set(by_goal))
    usual = {ALL: whole, **by_goal}
    rows = [_row(scene, ALL, level, [whole, *(by_goal[goal] for goal in goals)], goals, dict.fromkeys(usual, whole))]
    for place in scene.order(level, set(by_place)):
        told = [by_place[place], *(counted.get((place, goal), Tally()) for goal in goals)]
        rows.append(_row(scene, place, level, told, goals, usual))
    titles = scene.goal_titles
    return HeatMap(
        level=level,
        quarters=quarters,
        goals=tuple((goal, titles.get(goal, goal)) for goal in goals),
        rows=tuple(rows) if whole.whole else (),
    )


def _margins(counted: Tallies) -> tuple[dict[str, Tally], dict[str, Tally], Tally]:
    by_goal: dict[str, Tally] = {}
    by_place: dict[str, Tally] = {}
    whole = Tally()
    for (place, goal), tally in counted.items():
        by_goal[goal] = by_goal.get(goal, Tally()) + tally
        by_place[place] = by_place.get(place, Tally()) + tally
        whole += tally
    return by_goal, by_place, whole


def _row(scene: Scene, place: str, level: str, told: list[Tally], goals: list[str], usual: dict[str, Tally]) -> HeatRow:
    title = scene.title(level, place) if place else text("All places")
    region = scene.title("region", scene.region_of.get(place, "")) if place and level == "site" else ""
    cells = tuple(
        HeatCell(place=place, goal=goal, rate=rate_of(goal, title, tally), mark=mark(tally, usual[goal]))
        for goal, tally in zip([ALL, *goals], told, strict=True)
    )
    return HeatRow(key=place, title=title, region="" if region == title else region, cells=cells)


def mark(tally: Tally, usual: Tally) -> str:
    """How a cell stands to what is usual."""
    if not tally.whole:
        return "none"
    if tally.judged < FEWEST:
        return "few"
    interval, share = wilson(tally.aligned, tally.judged, THREE_SIGMAS), usual.aligned / usual.judged
    return "below" if interval.high < share else "above" if interval.low > share else "like"


def heat_csv_rows(made: HeatMap) -> list[list[str]]:
    """The heat map as rows of a table of values, one a cell, heads first."""
    heads = ["place", "goal", "aligned", "part", "contrary", "cannot_tell", "rate", "low", "high", "mark"]
    rows = [heads]
    for row in made.rows:
        for one in row.cells:
            rate = one.rate
            counts = (rate.aligned, rate.part, rate.contrary, rate.cannot_tell)
            shares = ("" if value is None else f"{value:.4f}" for value in (rate.rate, rate.low, rate.high))
            rows.append([row.title, one.goal, *map(str, counts), *shares, one.mark])
    return rows
