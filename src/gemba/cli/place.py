"""`gemba place`: the organisation's places."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.places import Level, Place
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work.places import add_place, place_named

commands = typer.Typer(no_args_is_help=True)


@commands.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the place.", show_default=False)],
    level: Annotated[Level, typer.Option(help="How high it stands.")] = Level.SITE,
    parent: Annotated[str | None, typer.Option(help="Name of the place above it.")] = None,
    zone: Annotated[str, typer.Option(help="IANA time zone; else that of the place above or of this laptop.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a place."""
    with desk_at(context, store) as desk:
        above = None
        if parent is not None:
            with desk.reader() as reader:
                above = place_named(reader, parent)
            if above is None:
                raise Refusal("cli.unknown", noun="place", name=parent)
        change = add_place(desk, name, level=level, parent=above.uid if above else None, zone=zone)
    say({"uid": change.uid, "name": name}, text("Added {name}.", name=name), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List all places."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        places = sorted(reader.find(Place), key=lambda place: place.name.casefold())
    names = {place.uid: place.name for place in places}
    rows = [(place.name, place.level, names.get(place.parent or "", ""), place.zone) for place in places]
    say(places, table(rows, [text(name) for name in ("Name", "Level", "Under", "Time zone")]), as_json=as_json)
