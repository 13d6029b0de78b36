"""`gemba hq publish`, `gemba hq revoke`: what goes down to every laptop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption, say
from gemba.cli.world import desk_at
from gemba.hq import revoking
from gemba.hq.publishing import Form
from gemba.hq.publishing import publish as publish_to
from gemba.hq.set_back import set_back

Laptop = Annotated[
    str,
    typer.Argument(help="The laptop: its id, six letters of its beginning or more, or its name.", show_default=False),
]


def publish(
    context: typer.Context,
    store: HqStore,
    out: Annotated[Path, typer.Option("--out", help="Folder, share or stick to write it to.", show_default=False)],
    folder: Annotated[
        bool, typer.Option("--folder", help="Write its files into the folder, over the ones before, not as one file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Publish what is new for the laptops: keys, receipts, checklists, decisions, revocations, questions."""
    with desk_at(context, store, make=False) as desk:
        published = publish_to(desk, out, form=Form.FOLDER if folder else Form.FILE)
        with desk.reader() as reader:
            back = set_back(reader)
    say(published, published.words, as_json=as_json)
    if back is not None:
        print(back.words, file=sys.stderr)


def revoke(
    context: typer.Context,
    laptop: Laptop,
    store: HqStore,
    after: Annotated[
        list[str] | None,
        typer.Option(
            "--after", help="EPOCH:NUMBER, the last change that counts; what headquarters holds now if not said."
        ),
    ] = None,
    vouch: Annotated[
        bool,
        typer.Option(
            "--vouch", help="Vouch for what counts, though nobody compared its words, so that it can be shared."
        ),
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Believe the laptop again.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Revoke a laptop that was lost or stolen; what it recorded before counts, what comes later waits for a person."""
    with desk_at(context, store, make=False) as desk:
        told = revoking.undo(desk, laptop) if undo else revoking.revoke(desk, laptop, after or (), vouch=vouch)
    say(told, told.words, as_json=as_json)
