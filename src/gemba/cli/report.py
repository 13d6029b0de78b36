"""`gemba report`: documents from what was recorded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.wording import plural
from gemba.work.issue_complaint_review import complaint_review_report
from gemba.work.issue_report import assessment_report
from gemba.work.review_clusters import clusters

commands = typer.Typer(no_args_is_help=True)


@commands.command("assessment")
def assessment(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the report of one assessment as PDF."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = named(reader, Assessment, uid)
        issued = assessment_report(desk, found.uid, out)
    for warning in issued.warnings:
        print(warning, file=sys.stderr)
    say(
        issued,
        plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", issued.pages, file=issued.file),
        as_json=as_json,
    )


@commands.command("complaint-review")
def complaint_review(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid or number of the review.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.", show_default=False)],
    by_place: Annotated[bool, typer.Option("--by-place", help="One cluster for each place.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the report of a complaint review as PDF."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = named(reader, ComplaintReview, uid)
        judged = clusters(desk, found.uid, by_place=by_place)
        issued = complaint_review_report(desk, found.uid, out, judged)
    for warning in issued.warnings:
        print(warning, file=sys.stderr)
    say(
        issued,
        plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", issued.pages, file=issued.file),
        as_json=as_json,
    )


@commands.callback()
def _group() -> None:
    """Keep `report assessment` a command of its own while it is the only one."""
