"""`gemba benchmark`: places side by side, only where they were judged by the same thing."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.drift import GoalOption, QuarterOption, question
from gemba.cli.map_naming import place_uid
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.reports.chart_numbers import figure
from gemba.wording import text
from gemba.work.benchmark import benchmark as compared
from gemba.work.benchmark import demand_compared
from gemba.work.benchmark_lines import BenchLine, Comparison
from gemba.work.benchmark_scores import benchmark_scores


def benchmark(
    context: typer.Context,
    places: Annotated[list[str], typer.Argument(help="Names of two places or more.", show_default=False)],
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    template: Annotated[
        str, typer.Option("--template", help="Form id of a checklist: compare its core scores, not alignment.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Compare places over the same definitions; without them the comparison is refused with the reason."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            wanted = [place_uid(reader, name) or "" for name in places]
            asked = question(reader, quarter, goal, None)
        if template:
            scores = benchmark_scores(desk, wanted, template, asked.quarters)
            if scores.refused:
                raise Refusal("work.benchmark_refused", reason=scores.refused)
            say(scores, comparison_shown(scores, percent=False), as_json=as_json)
            return
        found = compared(desk, wanted, asked)
        demand_compared(found)
    shown = [comparison_shown(one, percent=True) for one in found.comparisons]
    say(found, "\n\n".join([*([found.warning] if found.warning else []), *shown]), as_json=as_json)


def comparison_shown(found: Comparison, *, percent: bool) -> str:
    """One comparison as a table, or why it is refused."""
    if found.refused:
        return text("Not compared: {reason}.", reason=found.refused)
    heads = (text("Place"), "n", text("Value"), text("Interval (95 %)"), text("Rank"))
    rows = [
        [
            *(one.title, figure(one.n), figure(one.value, percent=percent)),
            f"{figure(one.low, percent=percent)} – {figure(one.high, percent=percent)}",
            rank_words(one),
        ]
        for one in found.lines
    ]
    return "\n".join([found.title, table(rows, heads), found.ranking, *found.notes])


def rank_words(one: BenchLine) -> str:
    """The rank, or from where to where."""
    if one.best_rank is None or one.worst_rank is None:
        return "–"
    return str(one.best_rank) if one.best_rank == one.worst_rank else f"{one.best_rank} – {one.worst_rank}"
