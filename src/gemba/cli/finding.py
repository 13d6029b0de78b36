"""`gemba finding`: raise and list findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.finding_options import AfterOption, PutRightOption, SimilarOption, WhereOption, put_right_said
from gemba.cli.finding_words import contained_word, raised_words
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.store.lists import FINDINGS
from gemba.wording import text
from gemba.work.attach_evidence import attach
from gemba.work.attach_evidence import read as read_attached
from gemba.work.conduct import open_sheet
from gemba.work.put_right import demand_shown
from gemba.work.raise_finding import Beside, against_what, raise_finding
from gemba.work.seen_before import seen_before

commands = typer.Typer(no_args_is_help=True)


@commands.command("raise")
def raise_(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)],
    grade: Annotated[FindingGrade, typer.Option("--grade", help="Grade of the finding.", show_default=False)],
    words: Annotated[str, typer.Option("--text", help="What was found.", show_default=False)],
    question: Annotated[str, typer.Option("--question", help="Name of the question it comes from.")] = "",
    criterion: Annotated[str, typer.Option("--criterion", help="What should have been; else the question.")] = "",
    step: Annotated[
        str, typer.Option("--step", help="Code of the step of the work; else what the question says.")
    ] = "",
    cause: Annotated[str, typer.Option("--cause", help="Code or title of the cause.")] = "",
    photo: Annotated[list[Path] | None, typer.Option("--photo", help="Photo or file that shows it.")] = None,
    contained: Annotated[str, typer.Option("--contained", help="What was done at once; see `contain`.")] = "",
    right: PutRightOption = "",
    after: AfterOption = None,
    similar: SimilarOption = "",
    where: WhereOption = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise a finding from an answer, or for the assessment as a whole."""
    loaded = [(file.name, read_attached(file)) for file in photo or []]
    mended = put_right_said(right, after, similar, where)
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        path = open_sheet(desk, assessment.uid).fill.resolve(question) if question else ""
        against_what(desk, assessment.uid, text=words, path=path, criterion=criterion)
        if mended is not None:
            demand_shown(mended)
        evidence = [attach(desk, assessment.uid, data, name, path=path).uid for name, data in loaded]
        change = raise_finding(
            desk,
            assessment.uid,
            path=path,
            criterion=criterion,
            step=step,
            grade=grade,
            text=words,
            evidence=evidence,
            beside=Beside(cause=cause, contained=contained, put_right=mended),
        )
        with desk.reader() as reader:
            finding = named(reader, Finding, change.uid)
            seen = seen_before(reader, finding.place, finding.step, finding.cause, again=finding)
    facts = {**msgspec.structs.asdict(finding), "recurrence": seen}
    say(facts, "\n".join(raised_words(finding, seen)), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    sort: SortOption = "",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List findings."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = FINDINGS.first(reader, query(reader, search, place, state, sort, states=FindingState), limit=limit)
    rows = [
        (line.number, line.grade, line.text, line.place, line.state, line.actions_open, contained_word(line))
        for line in lines
    ]
    heads = [text(name) for name in ("Number", "Grade", "Finding", "Place", "State", "Open actions", "Contained")]
    say(lines, table(rows, heads), as_json=as_json)
