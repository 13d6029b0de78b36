"""`gemba chart`: numbers over time, with the chart that fits, its limits and what they show."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.measures import Measure, Period
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.reports.chart_facts import ChartFacts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.chart_facts import facts_of
from gemba.work.chart_files import cells, chart_file, headings, rows
from gemba.work.chart_records import meant, where
from gemba.work.desk import Desk
from gemba.work.measures import measure_named, measure_of_filters
from gemba.work.places import place_named

_SHOWN = 40


def chart(
    context: typer.Context,
    series: Annotated[
        str,
        typer.Argument(
            help="Code of a measure, or complaints by field: cause=late,product=loan|card; all for all.",
            show_default=False,
        ),
    ],
    kind: Annotated[
        str,
        typer.Option(
            help="auto, run, i, p, np, c, u, laney-p, laney-u, g, t, ewma, cusum, pareto or funnel.",
        ),
    ] = "auto",
    by: Annotated[
        str, typer.Option(help="Period of a point (day, week, month, quarter); of a Pareto chart the category.")
    ] = "",
    place: Annotated[str | None, typer.Option(help="Name of a place; what is below it counts.")] = None,
    begins: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.", show_default=False)
    ] = None,
    ends: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.", show_default=False)
    ] = None,
    share: Annotated[bool, typer.Option("--share", help="Chart the share of all complaints, not the count.")] = False,
    spread: Annotated[str, typer.Option(help="Usual moving range of trial limits: mean, screened, median.")] = "mean",
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write: .png, .pdf or .csv.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Chart a measure, or complaints by a filter."""
    if spread not in {"mean", "screened", "median"}:
        raise Refusal("cli.chart_spread", spread=spread)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            measure = _measure(desk, reader, series, by, place, share=share)
            category = by if by not in set(Period) else ""
            facts = facts_of(reader, measure, kind, begins=_day(begins), ends=_day(ends), by=category, spread=spread)
        if out is not None:
            chart_file(desk, facts, out)
        today, days = desk.clock().date(), {"begins": _day(begins), "ends": _day(ends)}
    words = text("Wrote {file}.", file=out) if out is not None else shown(facts)
    told = {**msgspec.to_builtins(facts), "file": None if out is None else str(out)}
    for at, point in enumerate(told["points"]):
        counted = meant(measure, facts, at, today, by=facts.across or "cause", **days)
        point["complaints"] = None if counted is None else where(counted)
    say(told, words, as_json=as_json)


def shown(facts: ChartFacts) -> str:
    """A chart as words and a table."""
    lines = [f"{facts.title} · {facts.kind_title}", *(f"{label}: {value}" for label, value in rows(facts)[1:])]
    lines += [signal.sentence for signal in facts.signals]
    if not facts.signals and facts.points and facts.rules:
        lines.append(text("No rule signals: what is seen is what chance makes."))
    points = list(enumerate(facts.points))[-_SHOWN:]
    told = [[*cells(facts, point), _signs(facts, at)] for at, point in points]
    return "\n".join([*lines, "", table(told, headings(facts)), *(["", *facts.notes] if facts.notes else [])])


def _signs(facts: ChartFacts, at: int) -> str:
    return ", ".join(signal.rule for signal in facts.signals if at in signal.points) or facts.points[at].excluded


def _measure(desk: Desk, reader: Reader, series: str, by: str, place: str | None, *, share: bool) -> Measure:
    where = None if place is None else _place(reader, place)
    period = Period(by) if by in set(Period) else None
    if series == "all" or "=" in series:
        made = measure_of_filters(series, desk, period=period or Period.WEEK, place=where, of=share)
        return msgspec.structs.replace(made, title=made.title or text("All complaints"))
    found = measure_named(reader, series)
    changed = {"period": period or found.period, "place": where or found.place}
    return msgspec.structs.replace(found, **changed)


def _place(reader: Reader, name: str) -> str:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
