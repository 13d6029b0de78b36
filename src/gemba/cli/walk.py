"""`gemba walk`: what leaders' standard work asks for, what was kept of it, and what a walk is asked to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named, template_named
from gemba.cli.programme_options import person_of
from gemba.cli.rotation_options import place_known
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.walk_showing import adherence_words, carried_table, plan_table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work import carried_in, walk_adherence, walk_plan
from gemba.work.go_and_see import carried
from gemba.work.route_walks import start_walk
from gemba.work.routes import route_named
from gemba.work.walk_adherence_files import adherence_file

commands = typer.Typer(no_args_is_help=True)

_Layer = Annotated[str, typer.Option("--layer", help="Only routes of this layer.")]
_Leader = Annotated[str, typer.Option("--leader", help="Name or uid: only walks of this leader.")]
_Route = Annotated[str, typer.Option("--route", help="Title or uid of a route.")]
RouteArgument = Annotated[str, typer.Argument(help="Title or uid of the route.", show_default=False)]
_Days = Annotated[int, typer.Option("--days", min=1, max=walk_plan.LONGEST, help="How many days ahead.")]
_Out = Annotated[Path | None, typer.Option("--out", help="Write a .csv, .png or .pdf file.", show_default=False)]


@commands.command("plan")
def plan(
    context: typer.Context,
    days: _Days = walk_plan.DAYS,
    layer: _Layer = "",
    leader: _Leader = "",
    route: _Route = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """The next walks by layer with their windows, whose turn it is, and what is late."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            who = person_of(reader, leader) if leader else ""
            on = route_named(reader, route).uid if route else ""
        found = walk_plan.walk_plan(desk, days=days, layer=layer, leader=who, route=on)
    say(found, plan_table(found), as_json=as_json)


@commands.command("alerts")
def alerts(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place that is walked.")] = "",
    route: _Route = "",
    walk: Annotated[str, typer.Option("--walk", help="Number or uid of a walk: what it carries.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What a walk can be asked to look at: questions, signals, promises and actions of the place."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            if walk:
                found = carried(reader, named(reader, Assessment, walk).uid)
                rows = [(each.uid[:13], each.state.value, each.question, each.seen) for each in found]
                heads = [text(head) for head in ("Alert", "State", "Question", "Seen")]
                say(found, table(rows, heads), as_json=as_json)
                return
            if not place and not route:
                raise Refusal("cli.walk_where")
            where = route_named(reader, route).place if route else place_known(reader, place)
        waiting = carried_in.carried_in(desk, where)
    say(waiting, carried_table(waiting), as_json=as_json)


@commands.command("start")
def start(
    context: typer.Context,
    route: RouteArgument,
    carry: Annotated[
        list[str] | None, typer.Option("--carry", help="Key from `gemba walk alerts`; repeatable; `all` for all.")
    ] = None,
    template: Annotated[str, typer.Option("--template", help="Checklist; the route's when left out.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin a walk on a route, carrying in what is named."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = route_named(reader, route)
            checklist = template_named(reader, template).uid if template else None
        keys = carry or []
        if keys == ["all"]:
            keys = [one.key for one in carried_in.carried_in(desk, about.place)]
        uid = start_walk(desk, about.uid, keys, template=checklist).uid
        with desk.reader() as reader:
            walk = named(reader, Assessment, uid)
    say(walk, text("{number}: {title}", number=walk.number, title=walk.title), as_json=as_json)


@commands.command("adherence")
def adherence(
    context: typer.Context,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=walk_adherence.LONGEST, help="How many, this one among them.")
    ] = walk_adherence.WEEKS,
    layer: _Layer = "",
    leader: _Leader = "",
    out: _Out = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Leaders' standard work by week: expected, walked in the window, late, missed."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            who = person_of(reader, leader) if leader else ""
        made = walk_adherence.walk_adherence(desk, weeks=weeks, layer=layer, leader=who)
        if out is not None:
            adherence_file(desk, made, out)
    say(made, adherence_words(made) + (f"\n{out}" if out else ""), as_json=as_json)
