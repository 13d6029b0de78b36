"""`gemba place`: the organisation's places."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.places import Level, Place
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.place_merging import merge_place, part_place
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


@commands.command("merge")
def merge(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="Name or uid of the place that goes on in another.", show_default=False)],
    into: Annotated[str, typer.Option("--into", help="Name or uid of the other.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let a place go on in another: new work follows, what was recorded keeps its name."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            old, new = _known(reader, place), _known(reader, into)
        merge_place(desk, old.uid, new.uid)
        with desk.reader() as reader:
            merged = reader.get(Place, old.uid)
    words = text(
        "{name} goes on in {into}: new work is done there, and its lists hold both.", name=old.name, into=new.name
    )
    say(merged, words, as_json=as_json)


@commands.command("part")
def part(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="Name or uid of a place that goes on in another.", show_default=False)],
    parent: Annotated[str, typer.Option("--parent", help="Place above it; else that of its successor.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a merger back: the place stands by itself again."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            old = _known(reader, place)
            above = _known(reader, parent).uid if parent else None
        part_place(desk, old.uid, above)
        with desk.reader() as reader:
            parted = reader.get(Place, old.uid)
    say(parted, text("{name} stands by itself again.", name=old.name), as_json=as_json)


def _known(reader: Reader, name: str) -> Place:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun=text("place"), name=name)
    return found


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List all places."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        places = sorted(reader.find(Place), key=lambda place: place.name.casefold())
    names = {place.uid: place.name for place in places}
    rows = [
        (place.name, place.level, names.get(place.parent or "", ""), place.zone, names.get(place.merged_into or "", ""))
        for place in places
    ]
    heads = [text(name) for name in ("Name", "Level", "Under", "Time zone", "Goes on in")]
    say(places, table(rows, heads), as_json=as_json)
