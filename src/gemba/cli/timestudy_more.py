"""`gemba timestudy change|go-on|feed|print`: what is said of a study, what the map gets of it, and its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli.map_naming import map_named
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.timestudy import StudyArgument, fed, words_of
from gemba.cli.world import desk_at
from gemba.domain.time_studies import TimeStudy
from gemba.wording import plural, text
from gemba.work import time_studies
from gemba.work.durations import seconds_of
from gemba.work.time_facts import facts_of
from gemba.work.time_feeding import change_rows, feeding
from gemba.work.time_sheet import print_study

_Words = Annotated[str | None, typer.Option(show_default=False)]
_Duration = Annotated[str | None, typer.Option(help="For example 7.5 h; empty for none.")]


def register(commands: typer.Typer) -> None:
    """Put the commands into the group."""
    commands.command("change")(change)
    commands.command("go-on")(go_on)
    commands.command("feed")(feed)
    commands.command("print")(print_)


def change(
    context: typer.Context,
    study: StudyArgument,
    title: _Words = None,
    role: Annotated[str | None, typer.Option(help="The role that is watched; no name.")] = None,
    note: _Words = None,
    process_map: Annotated[str | None, typer.Option("--map", help="Title or uid of the process map.")] = None,
    demand: Annotated[float | None, typer.Option(help="Pieces asked for in the available time.")] = None,
    available: _Duration = None,
    lead_time: _Duration = None,
    precision: Annotated[float | None, typer.Option(help="Wanted, as a share of the mean.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what is said of a study; its times stay."""
    said: dict[str, Any] = {"title": title, "role": role, "note": note, "demand": demand, "precision": precision}
    said = {name: value for name, value in said.items() if value is not None}
    said |= {
        name: seconds_of(value)
        for name, value in (("available", available), ("lead_time", lead_time))
        if value is not None
    }
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
            if process_map is not None:
                said["process_map"] = map_named(reader, process_map).uid
        time_studies.change(desk, about.uid, **said)
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    say(facts, words_of(facts), as_json=as_json)


def go_on(context: typer.Context, study: StudyArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take up a study again that had ended."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
        time_studies.go_on(desk, about.uid)
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    say(facts, text("{number} goes on.", number=about.number), as_json=as_json)


def feed(
    context: typer.Context,
    study: StudyArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give the medians to the steps of the map."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
            changes = feeding(reader, about.uid)
        if not dry_run:
            changes = fed(desk, about.uid)
    heads = [text(name) for name in ("Step", "Time", "On the map", "From the study")]
    rows = change_rows(changes)
    words = table(rows, heads) if rows else text("The map says so already.")
    if not dry_run:
        told = plural("{n} step of the map has its times.", "{n} steps of the map have their times.", len(changes))
        words = f"{words}\n\n{told}"
    say({"steps": changes, "taken_over": not dry_run}, words, as_json=as_json)


def print_(
    context: typer.Context,
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Print what a study tells."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
        rendered = print_study(desk, about.uid, out)
    say({"file": out, "warnings": rendered.warnings}, text("Wrote {file}.", file=out), as_json=as_json)
