"""`gemba report deep-dive`: the quarterly pack on recurring failure modes."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import PlaceFilter, query
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work.deep_dive import deep_dive as facts_of
from gemba.work.deep_dive import quarter_of
from gemba.work.deep_dive_sheet import deep_dive_pdf
from gemba.work.measures import measure_named

_DAY = ["%Y-%m-%d"]


def deep_dive(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", show_default=False)],
    begins: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="First day; else this quarter.")
    ] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day, included.")] = None,
    place: PlaceFilter = None,
    pair: Annotated[
        list[str] | None, typer.Option("--pair", help="Two measures side by side: operations=customers, by code.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the quarterly pack: recurring modes, lags, returns, surveys, open discrepancies, risks, paired measures."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Counting …"))
        first, last = quarter_of((begins or desk.clock()).date())
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
            pairs = []
            for said in pair or []:
                one, equals, other = said.partition("=")
                if not equals:
                    raise Refusal("cli.not_a_pair", given=said)
                pairs.append((measure_named(reader, one).uid, measure_named(reader, other).uid))
        facts = facts_of(
            desk, begins.date() if begins else first, ends.date() if ends else last, place=at, pairs=tuple(pairs)
        )
        progress.stage(text("Writing the PDF …"))
        rendered = deep_dive_pdf(desk, facts, out)
    for warning in rendered.warnings:
        print(warning, file=sys.stderr)
    say({"file": out, "pages": rendered.pages, "facts": facts}, text("Wrote {file}.", file=out), as_json=as_json)
