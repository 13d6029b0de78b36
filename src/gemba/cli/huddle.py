"""`gemba huddle`: one page to stand around."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.map_naming import day, place_uid
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import text
from gemba.work.huddle import huddle_facts, huddle_sheet


def huddle(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name of the place; what is below it counts.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.")],
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Day of the last huddle; else a week ago.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the huddle sheet of a place: signals, customers' words, one question to go and see, what was changed."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place) or ""
        facts = huddle_facts(desk, where, since=day(since))
        rendered = huddle_sheet(desk, where, out, since=day(since))
    for warning in rendered.warnings:
        print(warning, file=sys.stderr)
    say({"file": str(out), "pages": rendered.pages, "facts": facts}, text("Wrote {file}.", file=out), as_json=as_json)
