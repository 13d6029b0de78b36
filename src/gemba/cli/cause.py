"""`gemba cause`: analyse why something went wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, query
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action, ActionSort
from gemba.domain.causes import CauseAnalysis, CauseDomain, CauseSort
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.review_lists import CAUSES
from gemba.store.vocabularies import titles
from gemba.wording import text
from gemba.work.analyse_cause import HEADS, STEPS, About, begin, on_person, reopen, revise
from gemba.work.analyse_cause import finish as finish_analysis
from gemba.work.cause_words import domain_title, head_title, sort_title, step_title
from gemba.work.follow_action import add_for_analysis
from gemba.work.places import place_named

commands = typer.Typer(no_args_is_help=True)

_Uid = Annotated[str, typer.Argument(help="Uid or number of the analysis.", show_default=False)]
_Whys = Annotated[list[str] | None, typer.Option("--why", help="An answer to why; repeatable, in order.")]
_Heads = Annotated[
    list[str] | None, typer.Option("--head", help=f"HEAD=what was found; repeatable. Heads: {', '.join(HEADS)}.")
]
_Steps = Annotated[list[str] | None, typer.Option("--8d", help=f"STEP=what; repeatable. Steps: {', '.join(STEPS)}.")]
_Domain = Annotated[CauseDomain | None, typer.Option("--domain", help="Where the cause lies.", show_default=False)]
_Sort = Annotated[CauseSort | None, typer.Option("--sort", help="A gap in the system, or a one-off.")]
_Step = Annotated[str, typer.Option("--step", help="Code of the process step.")]
_Cause = Annotated[str, typer.Option("--cause", help="Code of the cause.")]
_Contained = Annotated[str | None, typer.Option("--contained", help="What was done at once.")]
_Escape = Annotated[str | None, typer.Option("--escape", help="Why it was not caught before the customer met it.")]
_OnPerson = Annotated[
    bool | None, typer.Option("--ends-on-person/--no-person", help="Whether the last why is a person's error.")
]


@commands.command("add")
def add(
    context: typer.Context,
    problem: Annotated[str, typer.Option("--problem", help="What, where, since when, how much.", show_default=False)],
    complaint: Annotated[str, typer.Option("--complaint", help="Uid or number of the complaint.")] = "",
    review: Annotated[str, typer.Option("--review", help="Uid or number of the review.")] = "",
    finding: Annotated[str, typer.Option("--finding", help="Uid or number of the finding.")] = "",
    place: PlaceFilter = None,
    step: _Step = "",
    cause: _Cause = "",
    whys: _Whys = None,
    heads: _Heads = None,
    steps: _Steps = None,
    domain: _Domain = None,
    sort: _Sort = None,
    contained: _Contained = None,
    escape: _Escape = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin an analysis, of a complaint, a cluster of a review (with --step and --cause), a finding, or by itself."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = About(
                complaint=named(reader, Complaint, complaint).uid if complaint else None,
                review=named(reader, ComplaintReview, review).uid if review else None,
                finding=named(reader, Finding, finding).uid if finding else None,
                place=_place(reader, place),
                step=step,
                cause=cause,
            )
        fields = _fields(whys=whys, domain=domain, sort=sort, contained=contained, escape=escape)
        fields |= _pairs(heads=heads, steps=steps)
        change = begin(desk, problem, about)
        if fields:
            revise(desk, change.uid, **fields)
        with desk.reader() as reader:
            begun = named(reader, CauseAnalysis, change.uid)
    say(begun, text("Began {number}.", number=begun.number) + f"\n{begun.uid}", as_json=as_json)


@commands.command("change")
def change_(
    context: typer.Context,
    uid: _Uid,
    problem: Annotated[str | None, typer.Option("--problem", help="What, where, since when, how much.")] = None,
    step: Annotated[str | None, typer.Option("--step", help="Code of the process step.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="Code of the cause.")] = None,
    whys: _Whys = None,
    heads: _Heads = None,
    steps: _Steps = None,
    domain: _Domain = None,
    sort: _Sort = None,
    contained: _Contained = None,
    escape: _Escape = None,
    on_person: _OnPerson = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change an analysis that is not finished; heads and steps that are not named stay."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            old = named(reader, CauseAnalysis, uid)
        fields = _fields(
            problem=problem, step=step, cause=cause, whys=whys, domain=domain, sort=sort, contained=contained,
            escape=escape, ends_on_person=on_person,
        )  # fmt: skip
        fields |= _pairs(heads=heads, steps=steps, before={"heads": old.heads, "steps": old.steps})
        revise(desk, old.uid, **fields)
        with desk.reader() as reader:
            now = named(reader, CauseAnalysis, old.uid)
    say(now, text("{number} is changed.", number=now.number), as_json=as_json)


@commands.command("finish")
def finish(
    context: typer.Context,
    uid: _Uid,
    no_names: Annotated[bool, typer.Option("--no-names", help="What may be names in it are none.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Open a finished one again.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Finish an analysis: it then decides what its cluster is."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            old = named(reader, CauseAnalysis, uid)
        if undo:
            reopen(desk, old.uid)
        else:
            finish_analysis(desk, old.uid, are_no_names=no_names)
        with desk.reader() as reader:
            now = named(reader, CauseAnalysis, old.uid)
    words = (
        text("{number} is open again.", number=now.number) if undo else text("{number} is finished.", number=now.number)
    )
    say(now, words, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: _Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show an analysis and what follows from it."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        analysis = named(reader, CauseAnalysis, uid)
        actions = reader.find(Action, analysis=analysis.uid)
    facts = {"analysis": analysis, "on_person": on_person(analysis), "actions": actions}
    say(facts, _words(analysis, actions), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    sort: SortOption = "-begun_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List analyses, the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = CAUSES.first(reader, query(reader, search, place, None, sort), limit=limit)
        steps, causes = titles(reader, Facet.STEP), titles(reader, Facet.CAUSE)
    rows = [
        (
            line.number,
            line.problem,
            steps.get(line.step, line.step),
            causes.get(line.cause, line.cause),
            sort_title(line.sort),
            line.state,
            line.actions_open,
        )
        for line in lines
    ]
    heads = [text(name) for name in ("Number", "Problem", "Step", "Cause", "Sort", "State", "Open actions")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("action")
def action(
    context: typer.Context,
    uid: _Uid,
    words: Annotated[str, typer.Option("--text", help="What is to be done.", show_default=False)],
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it.", show_default=False)],
    due: Annotated[datetime, typer.Option("--due", formats=["%Y-%m-%d"], help="Due date.", show_default=False)],
    sort: Annotated[ActionSort, typer.Option("--kind", help="What kind of action.")] = ActionSort.CORRECTIVE,
    place: PlaceFilter = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give a cause an action."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about, where = named(reader, CauseAnalysis, uid), _place(reader, place)
        change = add_for_analysis(desk, about.uid, text=words, owner=owner, due=due.date(), sort=sort, place=where)
        with desk.reader() as reader:
            made = named(reader, Action, change.uid)
    say(made, text("Added {number}.", number=made.number) + f"\n{made.uid}", as_json=as_json)


def _place(reader: Reader, name: str | None) -> Uid | None:
    if name is None:
        return None
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def _fields(**said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _pairs(
    *, heads: list[str] | None, steps: list[str] | None, before: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    """HEAD=words, laid over what stands already."""
    found: dict[str, Any] = {}
    for name, said in (("heads", heads), ("steps", steps)):
        if said is not None:
            pairs = [each.partition("=") for each in said]
            if any(not sign for _, sign, _ in pairs):
                raise Refusal("cli.bad_condition", said=next(each for each in said if "=" not in each))
            found[name] = {**(before or {}).get(name, {}), **{head.strip(): words for head, _, words in pairs}}
    return found


def _words(analysis: CauseAnalysis, actions: list[Action]) -> str:
    lines = [f"{analysis.number}  {analysis.problem}"]
    lines += [text("Contained: {words}", words=analysis.contained)] if analysis.contained else []
    lines += [f"{number}. {why}" for number, why in enumerate(analysis.whys, 1)]
    if on_person(analysis):
        lines.append(text("The last why ends on a person: what let it happen, or kept it from being caught?"))
    lines += [f"{head_title(head)}: {words}" for head, words in analysis.heads.items()]
    lines += [text("Not caught because: {words}", words=analysis.escape)] if analysis.escape else []
    lines += [f"{step_title(step)}: {words}" for step, words in analysis.steps.items()]
    lines.append(f"{domain_title(analysis.domain)} · {sort_title(analysis.sort)}")
    lines += [f"{each.number}  {each.text} ({each.owner}, {each.due}, {each.state})" for each in actions]
    return "\n".join(lines)
