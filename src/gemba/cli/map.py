"""`gemba map`: the way of the work as a value-stream map."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli import map_pains, map_steps
from gemba.cli.map_naming import BeginsOption, EndsOption, MapArgument, PlaceOption, day, map_named, place_uid
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.process_maps import ProcessMap
from gemba.errors import Refusal
from gemba.reports.chart_numbers import percent
from gemba.wording import sentences, text
from gemba.work import durations
from gemba.work.map_csv import StepsTaken, export_steps, import_steps
from gemba.work.map_facts import MapFacts, map_facts, out_of_date
from gemba.work.map_print import gap_lines, print_map
from gemba.work.process_maps import change_map, make_map, maps

commands = typer.Typer(no_args_is_help=True)
commands.add_typer(map_steps.commands, name="step")
map_pains.register(commands)

_OwnerOption = Annotated[str | None, typer.Option("--owner", help="Who answers for it, by role.")]
_ReviewOption = Annotated[
    datetime | None, typer.Option("--review-by", formats=["%Y-%m-%d"], help="After this day it is out of date.")
]
_DemandOption = Annotated[float | None, typer.Option("--demand", help="Pieces asked for in the available time.")]
_AvailableOption = Annotated[str | None, typer.Option("--available", help="Available time, for example 7 h.")]
_BeginsWith = Annotated[str | None, typer.Option("--begins-with", help="Scope: what sets it off.")]
_EndsWith = Annotated[str | None, typer.Option("--ends-with", help="Scope: what ends it.")]


@commands.command("list")
def list_(
    context: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Those that were taken off the list, too.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the maps."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = maps(reader, retired=retired)
        today = reader.clock().date()
    rows = [
        (each.title, each.owner or text("no owner"), each.review_by, text("out of date") * out_of_date(each, today))
        for each in found
    ]
    heads = [text("Map"), text("Owner"), text("Review by"), ""]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, name: MapArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a map: its steps, its times along the path, and what is missing on it."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = map_named(reader, name).uid
        facts = map_facts(desk, uid)
    say(facts, _shown(facts), as_json=as_json)


@commands.command("make")
def make(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="Title of the map.", show_default=False)],
    place: Annotated[str | None, typer.Option("--place", help="Name of the place that it is about.")] = None,
    begins_with: _BeginsWith = None,
    ends_with: _EndsWith = None,
    owner: _OwnerOption = None,
    review_by: _ReviewOption = None,
    demand: _DemandOption = None,
    available: _AvailableOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make a map."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place)
        said = _said(begins_with, ends_with, owner, review_by, demand, available)
        change = make_map(desk, title, **said, **({} if where is None else {"place": where}))
        facts = map_facts(desk, change.uid)
    say(facts.map, text("Made the map {title}.", title=facts.map.title) + f"\n{change.uid}", as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    name: MapArgument,
    title: Annotated[str | None, typer.Option("--title", help="Another title.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Name of the place that it is about.")] = None,
    begins_with: _BeginsWith = None,
    ends_with: _EndsWith = None,
    owner: _OwnerOption = None,
    review_by: _ReviewOption = None,
    demand: _DemandOption = None,
    available: _AvailableOption = None,
    retired: Annotated[bool | None, typer.Option("--retired/--in-use", help="Take it off the list, or back.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what is said of a map."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid, where = map_named(reader, name).uid, place_uid(reader, place)
        said = _said(begins_with, ends_with, owner, review_by, demand, available)
        said |= {
            key: value for key, value in (("title", title), ("place", where), ("retired", retired)) if value is not None
        }
        change_map(desk, uid, **said)
        facts = map_facts(desk, uid)
    say(facts.map, text("Changed the map {title}.", title=facts.map.title), as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    name: MapArgument,
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv for the steps, .pdf for the drawing.")],
    place: PlaceOption = None,
    begins: BeginsOption = None,
    ends: EndsOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the steps as CSV, or the map with its pains as PDF."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid, where = map_named(reader, name).uid, place_uid(reader, place)
        if out.suffix.casefold() == ".csv":
            facts: dict[str, Any] = {"file": str(out), "steps": export_steps(desk, uid, out)}
        elif out.suffix.casefold() == ".pdf":
            rendered = print_map(desk, uid, out, place=where, begins=day(begins), ends=day(ends))
            facts = {"file": str(out), "pages": rendered.pages, "warnings": rendered.warnings}
        else:
            raise Refusal("cli.map_file", file=out.name)
    say(facts, text("Wrote {file}.", file=out), as_json=as_json)


@commands.command("import")
def import_(
    context: typer.Context,
    name: MapArgument,
    file: Annotated[Path, typer.Argument(help="CSV file with the steps.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come of it.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take the steps of a map from a CSV file, in its order."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = map_named(reader, name).uid
        taken = import_steps(desk, uid, file, dry_run=dry_run)
    say(taken, _taken(taken), as_json=as_json)


def _said(
    begins_with: str | None,
    ends_with: str | None,
    owner: str | None,
    review_by: datetime | None,
    demand: float | None,
    available: str | None,
) -> dict[str, Any]:
    """What was said of a map, by field."""
    said = {
        "begins_with": begins_with,
        "ends_with": ends_with,
        "owner": owner,
        "review_by": day(review_by),
        "demand": demand,
        "available": None if available is None else durations.seconds_of(available),
    }
    return {name: value for name, value in said.items() if value is not None}


def _shown(facts: MapFacts) -> str:
    lines = [_head(facts.map, facts), ""]
    rows = [
        (
            step.code,
            step.title,
            step.sort.value,
            step.owner or text("no owner"),
            durations.shown(step.wait),
            durations.shown(step.cycle),
            durations.shown(step.value_adding),
            "" if step.rework is None else percent(step.rework),
        )
        for step in facts.steps
    ]
    heads = ("Code", "Step", "Sort", "Owner", "Wait", "Cycle", "Value-adding", "Rework")
    return "\n".join([*lines, table(rows, [text(head) for head in heads]), "", _flow(facts), *gap_lines(facts)])


def _head(found: ProcessMap, facts: MapFacts) -> str:
    parts = [found.title, facts.place, found.owner or text("no owner")]
    if found.review_by is not None:
        parts.append(text("review by {day}", day=found.review_by))
    if facts.out_of_date:
        parts.append(text("out of date"))
    return " · ".join(part for part in parts if part)


def _flow(facts: MapFacts) -> str:
    flow = facts.flow
    parts = [text("Lead time {time}", time=durations.shown(flow.lead))]
    if flow.untimed:
        parts.append(text("at least: {n:step|steps} without a time", n=flow.untimed))
    if flow.efficiency is not None:
        parts.append(text("value-adding {share} of it", share=percent(flow.efficiency, 1)))
    if flow.takt is not None:
        parts.append(text("takt {time}", time=durations.shown(flow.takt)))
    return ", ".join(parts) + "."


def _taken(taken: StepsTaken) -> str:
    said = text(
        "{added} added, {changed} changed, {unchanged} unchanged, {refused} refused.",
        added=taken.added,
        changed=taken.changed,
        unchanged=taken.unchanged,
        refused=len(taken.refused),
    )
    lines = [
        text("Row {row}: {why}", row=row.row, why=sentences().get(row.code, row.code).format_map(row.facts))
        for row in taken.refused
    ]
    return "\n".join([said, *lines])
