"""`gemba tour`: screenshots of every page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.demo import tell
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at, world_of
from gemba.wording import plural


def tour(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the pictures.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a picture of every page in light and dark, narrow, with long texts and mirrored."""
    world = world_of(context)
    with tempfile.TemporaryDirectory() as scratch:
        folder = store or tell(world, Path(scratch)).store
        with desk_at(context, folder, make=False) as desk:
            files = world.tour(desk, out)
    say(
        files,
        plural("Wrote {n} picture to {out}.", "Wrote {n} pictures to {out}.", len(files), out=out),
        as_json=as_json,
    )
