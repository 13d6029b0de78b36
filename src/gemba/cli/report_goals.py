"""`gemba report goals`: the registers of goals and service levels as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import plural
from gemba.work.goal_sheet import goals_pdf


def goals(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", show_default=False)],
    retired: Annotated[bool, typer.Option("--all", help="Also goals that no longer hold.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write what was promised, how it is measured and what is to be mended, with all service levels."""
    with desk_at(context, store) as desk:
        rendered = goals_pdf(desk, out, retired=retired)
    for warning in rendered.warnings:
        print(warning, file=sys.stderr)
    words = plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", rendered.pages, file=out)
    say({"file": out, "pages": rendered.pages}, words, as_json=as_json)
