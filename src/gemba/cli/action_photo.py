"""`gemba action photo`: photos of before and after, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.action_effect import ActionArgument
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.evidence import Evidence
from gemba.wording import text
from gemba.work.attach_evidence import read as read_attached
from gemba.work.photo_pairs import add_after, add_before, pairs_of


def register(commands: typer.Typer) -> None:
    """Put the command beside those that `gemba action` has."""
    commands.command("photo")(photo)


def photo(
    context: typer.Context,
    action: ActionArgument,
    after: Annotated[list[Path] | None, typer.Option("--after", help="Photo of how it is now; repeat it.")] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--before", help="Photo of how it was, where no finding has one; repeat it."),
    ] = None,
    beside: Annotated[
        str, typer.Option("--beside", help="Uid or name of the photo of before; else the first that has none.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep photos of before and after the change, and list the pairs."""
    was = [(file.name, read_attached(file)) for file in earlier or []]
    loaded = [(file.name, read_attached(file)) for file in after or []]
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        for name, data in was:
            add_before(desk, about.uid, data, name)
        with desk.reader() as reader:
            before = [pair.before for pair in pairs_of(reader, about) if pair.before is not None]
        for name, data in loaded:
            add_after(desk, about.uid, data, name, beside=_meant(before, beside))
        with desk.reader() as reader:
            pairs = pairs_of(reader, about)
    rows = [(_name(pair.before), _name(pair.after), _uid(pair.before), _uid(pair.after)) for pair in pairs]
    heads = [text(name) for name in ("Before", "After", "Uid of before", "Uid of after")]
    say(pairs, table(rows, heads) if rows else text("There is no photo yet."), as_json=as_json)


def _meant(before: list[Evidence], said: str) -> str | None:
    """The uid of a photo of before by uid, or by its name where one has it; what is said where none is meant."""
    if not said:
        return None
    called = [one.uid for one in before if said in {one.uid, one.name}]
    return called[0] if len(called) == 1 else said


def _name(item: Evidence | None) -> str:
    return item.name if item is not None else "—"


def _uid(item: Evidence | None) -> str:
    return item.uid if item is not None else ""
