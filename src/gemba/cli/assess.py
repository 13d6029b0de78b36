"""`gemba assess`: start, answer, show, list, conclude and correct assessments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli import repeat
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named, place_for, template_named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.errors import Refusal
from gemba.kinds.registry import grade_shown
from gemba.kinds.telling import scale_title
from gemba.store.lists import ASSESSMENTS
from gemba.wording import plural, text
from gemba.work import conduct
from gemba.work.attach_evidence import ANSWERED_BY_FILES, attach
from gemba.work.attach_evidence import check as check_file
from gemba.work.attach_evidence import read as read_attached
from gemba.work.conclude import conclude as conclude_assessment
from gemba.work.conclude import conclusion_of, outlook_of
from gemba.work.conclude import correct as correct_assessment
from gemba.work.conduct import Sheet, open_sheet
from gemba.work.fitting_answer import demand_fitting
from gemba.work.migrate_draft import Parked, parked_of

commands = typer.Typer(no_args_is_help=True)
commands.add_typer(repeat.commands, name="repeat")

UidArgument = Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)]


@commands.command("start")
def start(
    context: typer.Context,
    template: Annotated[str, typer.Argument(help="Uid, id or title of the template.", show_default=False)],
    place: Annotated[str, typer.Option("--place", help="Name of the place; a new one is added.", show_default=False)],
    title: Annotated[str, typer.Option(help="Title, when it is not the template's.")] = "",
    due: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Due date.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin an assessment of a template at a place."""
    with desk_at(context, store) as desk:
        where, new_place = place_for(desk, place)
        with desk.reader() as reader:
            checklist = template_named(reader, template)
        change = conduct.start(desk, checklist.uid, where.uid, title=title, due=due.date() if due else None)
        with desk.reader() as reader:
            made = named(reader, Assessment, change.uid)
    words = text("Started {number} {title} at {place}.", number=made.number, title=made.title, place=where.name)
    if new_place:
        words += " " + text("{place} is a new place.", place=where.name)
    facts = {"uid": made.uid, "number": made.number, "title": made.title, "place": where.name, "new_place": new_place}
    say(facts, f"{words}\n{made.uid}", as_json=as_json)


@commands.command("answer")
def answer(
    context: typer.Context,
    uid: UidArgument,
    answers: Annotated[
        list[str], typer.Argument(help="NAME=VALUE, or NAME=@photo.jpg to attach a file.", show_default=False)
    ],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give answers; all of them or, when one is refused, none."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        sheet = open_sheet(desk, assessment.uid)
        values, files = _sorted(sheet, answers)
        loaded = [(path, file, read_attached(file)) for path, file in files]
        for _, file, data in loaded:
            check_file(data, file.name)
        named_by = {path: file.name for path, file in files if sheet.fill.view(path).kind in ANSWERED_BY_FILES}
        conduct.answer_all(desk, assessment.uid, values | named_by)
        for path, file, data in loaded:
            attach(desk, assessment.uid, data, file.name, path=path)
        sheet = open_sheet(desk, assessment.uid)
    score = sheet.fill.score()
    answered, total = sheet.fill.progress()
    count = len(values) + len(files)
    words = plural("Kept {n} answer.", "Kept {n} answers.", count) + " "
    words += text("{answered} of {total} answered.", answered=answered, total=total)
    if score.percent is not None:
        words += " " + text("Score {score} %.", score=f"{score.percent:.1f}")
    facts = {"uid": assessment.uid, "kept": count, "answered": answered, "total": total, "score": score.percent}
    say(facts, words, as_json=as_json)


@commands.command("note")
def note(
    context: typer.Context,
    uid: UidArgument,
    question: Annotated[str, typer.Argument(help="Name or path of the question.", show_default=False)],
    words: Annotated[str, typer.Argument(help="The note.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a note beside a question."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        path = resolved(open_sheet(desk, assessment.uid), question)
        conduct.note(desk, assessment.uid, path, words)
    say({"uid": assessment.uid, "path": path, "note": words}, text("Kept the note."), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show an assessment with its answers, score and what is missing."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
            conclusion = conclusion_of(reader, assessment.uid)
            line = ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, assessment.uid)])[0]
            parked = parked_of(reader, assessment.uid)
        sheet = open_sheet(desk, assessment.uid)
    found = outlook_of(sheet)
    facts = {
        "assessment": sheet.assessment,
        "place": sheet.place.name,
        "custody": line.custody,
        "answers": {path: value for path, (value, _) in sheet.fill.answers().items()},
        "notes": sheet.notes,
        "evidence": sheet.evidence,
        "findings": sheet.findings,
        "score": found.outcome.score,
        "scales": found.outcome.scales,
        "share_unanswered": found.share_unanswered,
        "grade": found.outcome.grade,
        "missing": found.missing,
        "critical": found.critical,
        "sections": found.sections,
        "conclusion": conclusion,
        "parked": parked,
    }
    say(facts, _described(sheet, line.custody, parked), as_json=as_json)


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
    """List assessments."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = ASSESSMENTS.first(
            reader, query(reader, search, place, state, sort, states=AssessmentState), limit=limit
        )
    rows = [
        (
            *(line.number, line.title, line.place, line.state, _percent(line.score)),
            *(grade_shown(line.kind, line.grade)[0], line.findings, line.custody),
        )
        for line in lines
    ]
    heads = [text(name) for name in ("Number", "Title", "Place", "State", "Score", "Grade", "Findings", "Custody")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("conclude")
def conclude(
    context: typer.Context,
    uid: UidArgument,
    summary: Annotated[str, typer.Option(help="A sentence for the reader of the report.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Conclude an assessment; from then on it is frozen."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        conclude_assessment(desk, assessment.uid, summary)
        with desk.reader() as reader:
            conclusion = conclusion_of(reader, assessment.uid)
    if conclusion is None:
        raise RuntimeError("a concluded assessment has no conclusion")
    title, _ = grade_shown(assessment.kind, conclusion.grade)
    words = text("Concluded {number}: {grade}.", number=assessment.number, grade=title)
    if conclusion.score is not None:
        words += " " + text("Score {score} %.", score=f"{conclusion.score:.1f}")
    say(conclusion, words, as_json=as_json)


@commands.command("correct")
def correct(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Begin a correction of a concluded assessment: a new draft that names it."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            old = named(reader, Assessment, uid)
        change = correct_assessment(desk, old.uid)
        with desk.reader() as reader:
            new = named(reader, Assessment, change.uid)
    words = text("Started {number}, which corrects {old}.", number=new.number, old=old.number)
    say({"uid": new.uid, "number": new.number, "corrects": old.uid}, f"{words}\n{new.uid}", as_json=as_json)


def _sorted(sheet: Sheet, answers: list[str]) -> tuple[dict[str, str], list[tuple[str, Path]]]:
    """The given values by path, checked one after another as a person would answer them, and the files."""
    values: dict[str, str] = {}
    files: list[tuple[str, Path]] = []
    for given in answers:
        name, equals, value = given.partition("=")
        if not equals:
            raise Refusal("cli.answer_without_value", given=given)
        path = resolved(sheet, name)
        if value.startswith("@"):
            files.append((path, Path(value[1:])))
            continue
        demand_fitting(sheet, path, name, value)
        sheet.fill.set(path, value)
        values[path] = value
    return values, files


def resolved(sheet: Sheet, name: str) -> str:
    """The path of a question by its name, its path, or its path below the root as `show` tells it."""
    below = "/" in name and not name.startswith("/")
    return sheet.fill.resolve(f"/{sheet.fill.form.root.children[0].name}/{name}" if below else name)


def _described(sheet: Sheet, custody: str, parked: Sequence[Parked] = ()) -> str:
    found = outlook_of(sheet)
    of = sheet.assessment
    head = f"{of.number}  {of.title} · {sheet.place.name} · {of.state} · {custody}"
    rows = []
    for item in sheet.fill.items():
        if item.kind != "question":
            continue
        view = sheet.fill.view(item.path)
        chosen = {choice.name: choice.label for choice in view.choices}
        shown = ", ".join(chosen.get(part, part) for part in view.value.split()) if chosen else view.value
        rows.append((_short(item.path), view.label, shown, sheet.notes.get(item.path, "")))
    parts = [head, "", table(rows, [text("Name"), text("Question"), text("Answer"), text("Note")])]
    if found.outcome.score is not None:
        parts += ["", text("Score {score} %.", score=f"{found.outcome.score:.1f}")]
    for name, percent in found.outcome.scales.items():
        parts.append(text("{scale} {score} %.", scale=scale_title(name), score=f"{percent:.1f}"))
    if found.share_unanswered:
        parts.append(text("{share} % of what counts is not answered.", share=f"{100 * found.share_unanswered:.0f}"))
    if of.seed:
        parts.append(text("Questions drawn by lot with the seed {seed}.", seed=of.seed))
    if found.critical:
        labels = [sheet.fill.view(path).label for path in found.critical]
        parts += ["", text("Critical questions failed:"), *[f"  {label}" for label in labels]]
    if parked:
        parts += ["", text("Parked:"), *[f"  {each.label}: {each.value}" for each in parked]]
    if sheet.assessment.state == "draft" and found.missing:
        parts += ["", text("Missing:"), *[f"  {need.label}: {need.why}" for need in found.missing]]
    return "\n".join(parts)


def _short(path: str) -> str:
    """What a question is called on the command line: its name, or within a repeat its path below the root."""
    return path.split("/", 2)[2] if "[" in path else path.rpartition("/")[2]


def _percent(score: float | None) -> str:
    return "" if score is None else f"{score:.1f}"
