"""Heat map and trend of drift as drawings, the same in the window, on paper and as a file."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.heat_map import HeatFacts, HeatLine
from gemba.reports.small_multiples import SmallChart, SmallPlan, SmallPoint, small_multiples
from gemba.wording import plural, text
from gemba.work.alignment_facts import Rate
from gemba.work.alignment_words import rate_words
from gemba.work.drift_cells import HeatCell, HeatMap, HeatRow
from gemba.work.drift_trend import Trend


def heat_facts(made: HeatMap, rows: tuple[HeatRow, ...] | None = None, columns: slice = slice(None)) -> HeatFacts:
    """A heat map to be drawn.

    Args:
        made: the whole.
        rows: only these, those of all places first; all when left out.
        columns: of the goals; the column of all goals always stands first.
    """
    goals = made.goals[columns]
    kept = {code for code, _ in goals} | {""}
    shown = made.rows if rows is None else rows
    lines, region = [], ""
    for row in shown:
        begins = row.region if row.region and row.region != region else ""
        region = row.region or region
        cells = tuple((cell_words(one), one.mark) for one in row.cells if one.goal in kept)
        lines.append(HeatLine(row.title, cells, begins))
    heads = (text("All goals"), *(code for code, _ in goals))
    return HeatFacts(heads, tuple(lines), spoken(made))


def cell_words(cell: HeatCell) -> str:
    """What stands in a cell."""
    if cell.mark == "none":
        return "·"
    return text("too few") if cell.rate.rate is None else f"{100 * cell.rate.rate:.0f} %"


def spoken(made: HeatMap) -> str:
    """What the heat map shows, in a few sentences."""
    if not made.rows:
        return text("Nothing is judged yet.")
    marked = made.marked()
    below = [f"{one.rate.title} – {one.goal}: {rate_words(one.rate)}" for one in marked if one.mark == "below"]
    whole = text(
        "{places:place|places} by {goals:goal|goals}; all together {rate} aligned.",
        places=len(made.rows) - 1,
        goals=len(made.goals),
        rate=rate_words(made.rows[0].cells[0].rate),
    )
    if not below:
        return f"{whole} {text('No cell lies beyond what chance makes below the usual.')}"
    told = plural("{n} cell lies below the usual", "{n} cells lie below the usual", len(below))
    return f"{whole} {told}: {'; '.join(below[:3])}."


def trend_drawing(trends: tuple[Trend, ...], width: float = 174.0, columns: int = 3) -> SmallPlan:
    """Small charts of each goal, all to one scale."""
    charts = tuple(SmallChart(one.title, tuple(_points(one)), _last(one)) for one in trends)
    told = " ".join(f"{one.title}: {_quarters(one)}." for one in trends)
    return small_multiples(charts, told or text("Nothing is judged yet."), width, columns)


def _quarters(trend: Trend) -> str:
    return ", ".join(f"{one.key} {rate_words(one)}" for one in trend.quarters if one.judged)


def _points(trend: Trend) -> Iterator[SmallPoint]:
    for one in trend.quarters:
        yield SmallPoint(one.key, one.rate, one.low, one.high)


def _last(trend: Trend) -> str:
    last: Rate = trend.quarters[-1]
    return text("too few to say") if last.rate is None else f"{100 * last.rate:.0f} %"
