"""`gemba walk routes|route|stop ...`: routes with their stops and schedules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli.naming import template_named
from gemba.cli.programme_options import Days, day_of, person_of
from gemba.cli.rotation_options import place_known
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.walk_showing import route_words, routes_table
from gemba.cli.world import desk_at
from gemba.domain.programmes import WorkingDay
from gemba.domain.record import Uid
from gemba.domain.walks import RouteStop
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import route_stops, schedules
from gemba.work import routes as work
from gemba.work.desk import Desk
from gemba.work.route_facts import route_facts
from gemba.work.route_sheet import route_pdf
from gemba.work.route_stops import StopDraft
from gemba.work.routes import RouteDraft, route_named

route = typer.Typer(no_args_is_help=True, help="A route: made, changed, scheduled, taken out of use.")
stop = typer.Typer(no_args_is_help=True, help="The stops of a route.")

_Route = Annotated[str, typer.Argument(help="Title or uid of the route.", show_default=False)]
_Stop = Annotated[str, typer.Argument(help="Uid of the stop, or its beginning.", show_default=False)]
_Words = Annotated[str | None, typer.Option(show_default=False)]
_Walker = Annotated[
    list[str] | None, typer.Option("--walker", help="Name or uid of a leader; repeatable, in order of turns.")
]
_Turns = Annotated[
    bool | None, typer.Option("--in-turns/--all-walk", help="They take turns, or each of them walks at every date.")
]
_SHORTEST = 4


def register(group: typer.Typer) -> None:
    """Put the commands into `gemba walk`."""
    group.command("routes")(routes_)
    group.add_typer(route, name="route")
    group.add_typer(stop, name="stop")


def routes_(
    context: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Also those out of use.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List routes with the next date of each."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = [route_facts(reader, one) for one in work.routes(reader, retired=retired)]
    say(found, routes_table(found), as_json=as_json)


@route.command("show")
def show(
    context: typer.Context,
    name: _Route,
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write: a blank sheet to walk with.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show a route with its stops, or print a sheet to walk with."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = route_named(reader, name).uid
        if out is not None:
            route_pdf(desk, uid, out)
        _tell(desk, uid, as_json=as_json, instead=text("Wrote {file}.", file=out) if out else "")


@route.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="By which people know it.", show_default=False)],
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place.", show_default=False)],
    template: Annotated[str, typer.Option("--template", help="Checklist that is conducted on the way.")] = "",
    layer: _Words = None,
    purpose: _Words = None,
    walker: _Walker = None,
    in_turns: _Turns = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make a route."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            said = _fields(reader, layer=layer, purpose=purpose, walker=walker, in_turns=in_turns)
            where = place_known(reader, place)
            checklist = template_named(reader, template).uid if template else None
        draft = RouteDraft(title=title, place=where, template=checklist, **said)
        _tell(desk, work.add_route(desk, draft).uid, as_json=as_json)


@route.command("change")
def change(
    context: typer.Context,
    name: _Route,
    title: _Words = None,
    template: _Words = None,
    layer: _Words = None,
    purpose: _Words = None,
    walker: _Walker = None,
    in_turns: _Turns = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a route; what was expected until today stays as it was."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = route_named(reader, name).uid
            said = _fields(reader, title=title, layer=layer, purpose=purpose, walker=walker, in_turns=in_turns)
            if template is not None:
                said["template"] = template_named(reader, template).uid if template else None
        work.change_route(desk, uid, said)
        _tell(desk, uid, as_json=as_json)


@route.command("retire")
def retire(context: typer.Context, name: _Route, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a route out of use; what was walked stays."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = route_named(reader, name).uid
        work.retire_route(desk, uid)
        _tell(desk, uid, as_json=as_json)


@route.command("schedule")
def schedule(
    context: typer.Context,
    name: _Route,
    rule: Annotated[str, typer.Option("--rule", help="FREQ=WEEKLY;BYDAY=TU (RFC 5545).", show_default=False)],
    starts: Annotated[datetime | None, typer.Option(formats=Days, help="Today when left out.")] = None,
    ends: Annotated[datetime | None, typer.Option(formats=Days, show_default=False)] = None,
    at: Annotated[str, typer.Option("--at", help="Time of day, 09:30; empty for the whole day.")] = "",
    minutes: Annotated[int | None, typer.Option("--minutes", help="How long it takes.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Europe/Berlin; that of the place when left out.")] = "",
    grace: Annotated[int, typer.Option("--grace", help="Days after the date within which it counts.")] = 0,
    spread: Annotated[int, typer.Option("--spread", help="Random days, up to so many, that each date is moved.")] = 0,
    working_day: Annotated[WorkingDay, typer.Option("--working-day", help="Dates on other days.")] = WorkingDay.NEXT,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say when a route is walked; said again, it holds from today on."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = route_named(reader, name).uid
        draft = schedules.Draft(
            title="",
            rule=rule,
            starts=day_of(starts) or desk.clock().date(),
            ends=day_of(ends),
            at=at,
            minutes=minutes,
            zone=zone,
            grace_days=grace,
            spread_days=spread,
            working_day=working_day,
        )
        work.schedule_route(desk, uid, draft)
        _tell(desk, uid, as_json=as_json)


@stop.command("add")
def add_stop(
    context: typer.Context,
    name: _Route,
    title: Annotated[str, typer.Argument(help="Where one stands, or what happens there.", show_default=False)],
    look_for: Annotated[str, typer.Option("--look-for", help="What to see and what to ask.")] = "",
    minutes: Annotated[int | None, typer.Option("--minutes", help="Planned there.")] = None,
    step: Annotated[str, typer.Option("--step", help="Code or title of the step of the work.")] = "",
    place: Annotated[str, typer.Option("--place", help="Area of the route's place.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put a stop at the end of a route."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = route_named(reader, name).uid
            area = place_known(reader, place) if place else None
        draft = StopDraft(title=title, look_for=look_for, minutes=minutes, step=step, place=area)
        route_stops.add_stop(desk, uid, draft)
        _tell(desk, uid, as_json=as_json)


@stop.command("change")
def change_stop(
    context: typer.Context,
    uid: _Stop,
    title: _Words = None,
    look_for: _Words = None,
    minutes: Annotated[int | None, typer.Option("--minutes", help="Planned there; 0 for none.")] = None,
    step: _Words = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a stop."""
    said: dict[str, Any] = {"title": title, "look_for": look_for, "step": step}
    fields = {key: value for key, value in said.items() if value is not None}
    if minutes is not None:
        fields["minutes"] = minutes or None
    with desk_at(context, store, make=False) as desk:
        found = _found(desk, uid)
        route_stops.change_stop(desk, found.uid, fields)
        _tell(desk, found.route, as_json=as_json)


@stop.command("move")
def move(
    context: typer.Context,
    uid: _Stop,
    by: Annotated[int, typer.Option("--by", help="Places further; negative for back.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move a stop within its route."""
    with desk_at(context, store, make=False) as desk:
        found = _found(desk, uid)
        route_stops.move_stop(desk, found.uid, by)
        _tell(desk, found.route, as_json=as_json)


@stop.command("remove")
def remove(context: typer.Context, uid: _Stop, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a stop out; walks that noted something there keep it."""
    with desk_at(context, store, make=False) as desk:
        found = _found(desk, uid)
        route_stops.remove_stop(desk, found.uid)
        _tell(desk, found.route, as_json=as_json)


def stop_named(reader: Reader, name: str) -> RouteStop:
    """The stop that is meant by its uid or the beginning of it.

    Raises:
        Refusal: there is none, or several.
    """
    whole = reader.get(RouteStop, name)
    found = [whole] if whole else reader.beginning(RouteStop, "uid", name.lower()) if len(name) >= _SHORTEST else []
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="stop", name=name)
    return found[0]


def _found(desk: Desk, name: str) -> RouteStop:
    with desk.reader() as reader:
        return stop_named(reader, name)


def _tell(desk: Desk, uid: Uid, *, as_json: bool, instead: str = "") -> None:
    with desk.reader() as reader:
        facts = route_facts(reader, route_named(reader, uid), 3)
    say(facts, instead or route_words(facts), as_json=as_json)


def _fields(reader: Reader, *, walker: list[str] | None, **said: Any) -> dict[str, Any]:
    fields = {name: value for name, value in said.items() if value is not None}
    if walker is not None:
        fields["walkers"] = tuple(person_of(reader, each) for each in walker)
    return fields
