"""`gemba follow discrepancies`, `note` and `settle`: what customers tell against what a system has logged."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.follow_showing import gap, interval, number, percent
from gemba.cli.listing import PlaceFilter, query
from gemba.cli.naming import named, place_for
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaints import Complaint
from gemba.domain.follow_through import Discrepancy
from gemba.methods.proportions import Interval
from gemba.wording import text
from gemba.work import discrepancies as work


def register(commands: typer.Typer) -> None:
    """Put these commands among others."""
    commands.command("discrepancies")(list_)
    commands.command("note")(note)
    commands.command("settle")(settle)


def list_(
    context: typer.Context,
    place: PlaceFilter = None,
    only_open: Annotated[bool, typer.Option("--open", help="Only what is not explained yet.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what customers told against what was logged, with the median difference."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
        lines = work.discrepancies(desk, place=at, only_open=only_open)
    summaries = work.summaries(lines)
    rows = [
        (
            line.discrepancy.uid[:13],
            line.discrepancy.what,
            gap(line.discrepancy),
            line.place,
            line.number,
            line.discrepancy.explanation or text("open"),
        )
        for line in lines
    ]
    heads = [text(name) for name in ("Uid", "What", "Told / logged", "Place", "Complaint", "Explanation")]
    totals = [
        (
            one.what,
            one.n,
            one.open,
            f"{number(one.median)} {one.unit}".rstrip(),
            interval(None if one.low is None or one.high is None else Interval(one.low, one.high), 1),
            percent(one.told_more / one.n),
        )
        for one in summaries
    ]
    total_heads = [text("What"), "n", text("Open"), text("Median difference"), text("Interval"), text("Told more")]
    words = table(rows, heads) + "\n\n" + table(totals, total_heads)
    say({"lines": lines, "summaries": summaries}, words, as_json=as_json)


def note(
    context: typer.Context,
    what: Annotated[str, typer.Option("--what", help="What is compared: waiting time.", show_default=False)],
    told: Annotated[float, typer.Option("--told", help="What the customer says.", show_default=False)],
    logged: Annotated[float, typer.Option("--logged", help="What the system says.", show_default=False)],
    unit: Annotated[str, typer.Option("--unit", help="Unit of both.")] = "",
    complaint: Annotated[str, typer.Option("--complaint", help="Uid or number of the complaint.")] = "",
    place: Annotated[str, typer.Option("--place", help="Name of the place; that of the complaint when left out.")] = "",
    step: Annotated[str, typer.Option("--step", help="Code of the process step.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Note what a customer told against what was logged."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, complaint).uid if complaint else None
        at = place_for(desk, place)[0].uid if place else None
        uid = work.note(desk, work.Told(what, told, logged, unit, about, at, step)).uid
        with desk.reader() as reader:
            made = reader.get(Discrepancy, uid)
    say(made, uid, as_json=as_json)


def settle(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid of the discrepancy.", show_default=False)],
    explanation: Annotated[str, typer.Option("--explanation", help="Why both differ.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what explains a difference."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Discrepancy, uid)
        work.settle(desk, about.uid, explanation)
        with desk.reader() as reader:
            now = reader.get(Discrepancy, about.uid)
    say(now, text("Settled."), as_json=as_json)
