"""`gemba privacy`: erasing what tells of a person, and which erasures there are."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli import privacy_retention
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.nouns import NOUNS
from gemba.store import erasing
from gemba.wording import plural, text
from gemba.work import erase as work

commands = typer.Typer(no_args_is_help=True)
privacy_retention.register(commands)


@commands.command("erase")
def erase(
    context: typer.Context,
    noun: Annotated[str, typer.Argument(help="What it is: person, answer, evidence, finding, action ...")],
    uid: Annotated[str, typer.Argument(help="Uid of the record, or its number.", show_default=False)],
    reason: Annotated[
        str, typer.Option("--reason", help="Why, in words that tell nothing of the person.", show_default=False)
    ],
    with_files: Annotated[
        bool, typer.Option("--with-files", "--blobs", help="Delete its photos and other files, too.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Erase what a record says of a person, for good, here and everywhere it went."""
    with desk_at(context, store, make=False) as desk:
        kind = NOUNS.get(noun)
        if kind is not None and "number" in kind.__struct_fields__:
            with desk.reader() as reader:
                uid = next((one.uid for one in reader.find(kind, number=uid)), uid)
        done = work.erase(desk, noun, uid, reason, with_files=with_files)
    words = text("Erased for good: {fields}.", fields=", ".join(done.fields))
    if done.files:
        words += " " + plural("{n} file is deleted.", "{n} files are deleted.", len(done.files))
    if done.reports:
        words += " " + plural(
            "{n} report that may have shown it is deleted; issue it anew.",
            "{n} reports that may have shown it are deleted; issue them anew.",
            len(done.reports),
        )
    say(done, words, as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List the erasures that hold here."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = erasing.erasures(reader)
    rows = [(one.noun, one.entity, f"{one.ordered_at:%Y-%m-%d}", str(len(one.blobs)), one.reason) for one in found]
    heads = [text(name) for name in ("Record", "Uid", "Ordered", "Files", "Reason")]
    say(found, table(rows, heads) if rows else text("Nothing was erased."), as_json=as_json)
