"""`gemba measure`: what is charted over time, its values, baselines and thresholds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.measures import Measure, MeasureSort, Period
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import baselines, measure_values, measures, thresholds
from gemba.work.chart_words import period_title
from gemba.work.frozen_limits import frozen
from gemba.work.places import place_named

commands = typer.Typer(no_args_is_help=True)
baseline = typer.Typer(help="Frozen limits that later points are judged by.", no_args_is_help=True)
commands.add_typer(baseline, name="baseline")

CodeArgument = Annotated[str, typer.Argument(help="Code or uid of the measure.", show_default=False)]
RulesOption = Annotated[str, typer.Option("--rules", help="Rules, with commas: N1,Anhøj; the default set when empty.")]
_DAY = ["%Y-%m-%d"]


@commands.command("add")
def add(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Short name.", show_default=False)],
    title: Annotated[str, typer.Option(help="What people call it.")] = "",
    of_values: Annotated[bool, typer.Option("--values", help="Values are entered or imported, not counted.")] = False,
    filters: Annotated[str, typer.Option("--filter", help="Complaints counted: cause=late,product=loan|card.")] = "",
    of: Annotated[
        str | None, typer.Option("--of", help="Of which complaints it is a share; all for all.", show_default=False)
    ] = None,
    exposure: Annotated[
        str | None, typer.Option("--exposure", help="Measure that it is charted per.", show_default=False)
    ] = None,
    place: Annotated[str | None, typer.Option(help="Name of a place; what is below it counts.")] = None,
    period: Annotated[Period, typer.Option(help="How long a point is.")] = Period.WEEK,
    unit: Annotated[str, typer.Option(help="Unit of the values; % for shares.")] = "",
    up: Annotated[bool, typer.Option("--up", help="More is better.")] = False,
    operations: Annotated[bool, typer.Option("--operations", help="Measured by operations, not by customers.")] = False,
    chart: Annotated[str, typer.Option(help="A chart's code; auto for the one that fits.")] = "auto",
    rules: RulesOption = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a measure."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = None if place is None else _place(reader, place)
            per = None if exposure is None else measures.measure_named(reader, exposure).uid
        new = measures.NewMeasure(
            code=code,
            title=title,
            sort=MeasureSort.VALUES if of_values else MeasureSort.COMPLAINTS,
            place=where,
            filters=measures.read_filters(filters),
            of=None if of is None else measures.read_filters("" if of == "all" else of),
            exposure=per,
            period=period,
            unit=unit,
            direction="up" if up else "down",
            is_customer=not operations,
            chart=chart,
            rules=_rules(rules),
        )
        change = measures.add(desk, new)
        with desk.reader() as reader:
            made = reader.get(Measure, change.uid)
    say(made, text("Added {measure}.", measure=code), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    retired: Annotated[bool, typer.Option("--all", help="Also those that are retired.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the measures."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = measures.measures(reader, retired=retired)
    rows = [(each.code, each.title, each.sort, period_title(each.period), each.chart, _alarms(each)) for each in found]
    heads = [text(name) for name in ("Code", "Title", "From", "Period", "Chart", "False alarms")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("retire")
def retire(context: typer.Context, code: CodeArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Stop charting a measure; what is known of it stays."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = measures.measure_named(reader, code)
        measures.retire(desk, found.uid)
    say({"uid": found.uid, "code": found.code, "retired": True}, text("Retired {measure}.", measure=found.code),
        as_json=as_json)  # fmt: skip


@commands.command("value")
def value(
    context: typer.Context,
    code: CodeArgument,
    day: Annotated[str, typer.Argument(help="2026-03-09, 2026-03, 2026-W11 or 2026-Q1.", show_default=False)],
    number: Annotated[float, typer.Argument(help="The value.", show_default=False)],
    size: Annotated[float | None, typer.Option(help="What it is based on.", show_default=False)] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Enter the value of a period, or correct it."""
    begins = measure_values.read_day(day)
    if begins is None:
        raise Refusal("cli.bad_day", day=day)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = measures.measure_named(reader, code)
        measure_values.enter(desk, found.uid, begins, number, size)
    say({"measure": found.uid, "begins": begins, "value": number, "size": size}, text("Kept."), as_json=as_json)


@commands.command("import")
def import_(
    context: typer.Context,
    code: CodeArgument,
    file: Annotated[Path, typer.Argument(help="CSV with titles in its first row.", show_default=False)],
    day: Annotated[str, typer.Option("--day", help="Column of the periods; the first one else.")] = "",
    column: Annotated[str, typer.Option("--value", help="Column of the values; the second one else.")] = "",
    size: Annotated[str, typer.Option("--size", help="Column of what they are based on.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take values in; doing it again changes nothing that is the same."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = measures.measure_named(reader, code)
        done = measure_values.import_values(desk, found.uid, file, day=day, value=column, size=size)
    words = text("{added} added, {changed} changed, {unchanged} unchanged.",
                 added=done.added, changed=done.changed, unchanged=done.unchanged)  # fmt: skip
    for line, problem in done.refused:
        words += "\n" + text("Line {line} is refused: its {what} cannot be read.", line=line, what=problem)
    say(
        {"added": done.added, "changed": done.changed, "unchanged": done.unchanged, "refused": done.refused},
        words,
        as_json=as_json,
    )


@commands.command("threshold")
def threshold(
    context: typer.Context,
    code: CodeArgument,
    rules: RulesOption = "",
    points: Annotated[int, typer.Option(help="Over so many points.")] = thresholds.POINTS,
    keep: Annotated[bool, typer.Option("--set", help="Keep it: signals then ask for a review.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Simulate how often a threshold cries wolf, and keep it."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = measures.measure_named(reader, code)
        told = thresholds.simulate(desk, found.uid, _rules(rules), points)
        if keep:
            thresholds.set_threshold(desk, found.uid, _rules(rules), points=points)
    rows = [(each.name, f"{100 * each.share:.1f} %", f"{100 * each.low:.1f} – {100 * each.high:.1f} %")
            for each in (told.chosen, *told.others)]  # fmt: skip
    heads = [text("Threshold"), text("False alarms"), text("95 % interval")]
    say(told, "\n".join([told.line, told.note, table(rows, heads)]), as_json=as_json)


@baseline.command("freeze")
def freeze(
    context: typer.Context,
    code: CodeArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why now.", show_default=False)],
    begins: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First period.")] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last period.")] = None,
    holds: Annotated[datetime | None, typer.Option("--holds-from", formats=_DAY, help="First period judged.")] = None,
    kind: Annotated[str, typer.Option(help="A chart's code; auto for the one that fits.")] = "auto",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Freeze the limits; a second baseline takes over from its day on."""
    days = [None if each is None else each.date() for each in (begins, ends, holds)]
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = measures.measure_named(reader, code)
        baselines.freeze(desk, found.uid, reason=reason, begins=days[0], ends=days[1], holds_from=days[2], kind=kind)
        with desk.reader() as reader:
            made = frozen(reader, found.uid)[-1]
    words = plural("Frozen from {n} point.", "Frozen from {n} points.", made.points)
    if made.provisional:
        words += " " + text("Provisional: fewer than 20.")
    say(made, words, as_json=as_json)


@baseline.command("list")
def list_baselines(
    context: typer.Context, code: CodeArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """List the baselines of a measure."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = frozen(reader, measures.measure_named(reader, code).uid)
    rows = [(each.holds_from, each.chart, each.points, each.begins, each.ends, each.reason) for each in found]
    heads = [text(name) for name in ("Holds from", "Chart", "Points", "From", "To", "Reason")]
    say(found, table(rows, heads), as_json=as_json)


def _rules(said: str) -> tuple[str, ...]:
    return tuple(rule.strip().replace("Anhoej", "Anhøj") for rule in said.split(",") if rule.strip())


def _alarms(measure: Measure) -> str:
    return "" if measure.false_alarms is None else f"{100 * measure.false_alarms:.1f} % / {measure.false_alarm_points}"


def _place(reader: Reader, name: str) -> str:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid
