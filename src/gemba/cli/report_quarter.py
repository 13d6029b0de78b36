"""`gemba report alignment` and `gemba report management-review`: what a quarter came to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.drift import PlaceOption
from gemba.cli.map_naming import place_uid
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import plural, text
from gemba.work.issue_quarter_report import QuarterReport, alignment_quarter
from gemba.work.issue_quarter_report import management_review as review_of_quarter

_Quarter = Annotated[str, typer.Argument(help="The quarter, 2026-Q4.", show_default=False)]
_Out = Annotated[Path, typer.Option("--out", help="The PDF file to write.", show_default=False)]


def alignment(
    context: typer.Context,
    quarter: _Quarter,
    out: _Out,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the conclusion over all audits of a quarter as PDF; once the quarter is over it is kept with its hash."""
    with desk_at(context, store, make=False) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Counting …"))
        with desk.reader() as reader:
            where = place_uid(reader, place)
        found = alignment_quarter(desk, quarter, where, out)
    _say(found, as_json=as_json)


def management_review(
    context: typer.Context,
    quarter: _Quarter,
    out: _Out,
    place: PlaceOption = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="What may be names was looked at: they are none.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the quarter's inputs to the management review as PDF: customer value beside operating results."""
    with desk_at(context, store, make=False) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Counting …"))
        with desk.reader() as reader:
            where = place_uid(reader, place)
        found = review_of_quarter(desk, quarter, where, out, are_no_names=no_names)
    _say(found, as_json=as_json)


def _say(found: QuarterReport, *, as_json: bool) -> None:
    issued = found.issued
    for warning in issued.warnings:
        print(warning, file=sys.stderr)
    told = plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", issued.pages, file=issued.file)
    kept = text("Issued as {number}, SHA-256 {sha256}.", number=found.number, sha256=found.sha256)
    draft = text("A draft, which is not kept: the quarter is not over, or nothing in it is judged yet.")
    say(found, "\n".join([told, kept if issued.kept else draft]), as_json=as_json)
