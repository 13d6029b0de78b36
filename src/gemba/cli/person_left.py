"""`gemba person waiting|give`: what waits for those who left, and giving it to somebody else."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.wording import text
from gemba.work.left_behind import give_on, left_behind, noun_title, waits_words
from gemba.work.people import person_named


def register(commands: typer.Typer) -> None:
    """Put the commands into the group."""
    commands.command("waiting")(waiting)
    commands.command("give")(give)


def waiting(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or uid of one of them; all when left out.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what still waits for somebody who left."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        person = person_named(reader, name).uid if name else None
        found = left_behind(reader, desk.clock().date(), person)
    rows = [(one.name, one.left_on, noun_title(one.noun), one.title, one.due or "") for one in found]
    heads = [text(each) for each in ("Left", "On", "What", "Title", "Due")]
    say(found, table(rows, heads) if rows else text("Nothing waits for anybody who left."), as_json=as_json)


def give(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or uid of who left.", show_default=False)],
    to: Annotated[str, typer.Option("--to", help="Name or uid of who has it from now on.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give all that waits for somebody who left to somebody else."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            old, new = person_named(reader, name), person_named(reader, to)
            before = left_behind(reader, desk.clock().date(), old.uid)
        give_on(desk, old.uid, new.uid)
        with desk.reader() as reader:
            rest = left_behind(reader, desk.clock().date(), old.uid)
    words = text("{n} given to {name}.", n=len(before) - len(rest), name=new.name) + " " + waits_words(rest)
    say({"given": len(before) - len(rest), "waiting": rest}, words, as_json=as_json)
