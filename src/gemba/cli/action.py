"""`gemba action`: add, list and finish actions, on findings and on causes."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.proof import Files, loaded
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action, ActionSort, usual_sort
from gemba.domain.causes import CauseAnalysis
from gemba.domain.effects import DAYS
from gemba.domain.findings import Finding
from gemba.errors import Refusal
from gemba.store.lists import ACTIONS
from gemba.wording import text
from gemba.work.action_doubles import double_words, doubles
from gemba.work.action_states import NEEDS_EFFECT, waits_for_answer
from gemba.work.follow_action import add as add_action
from gemba.work.follow_action import add_for_analysis
from gemba.work.follow_action import done as action_done

commands = typer.Typer(no_args_is_help=True)


@commands.command("add")
def add(
    context: typer.Context,
    words: Annotated[str, typer.Option("--text", help="What is to be done.", show_default=False)],
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it.", show_default=False)],
    due: Annotated[datetime, typer.Option("--due", formats=["%Y-%m-%d"], help="Due date.", show_default=False)],
    finding: Annotated[str, typer.Argument(help="Uid or number of the finding.", show_default=False)] = "",
    analysis: Annotated[str, typer.Option("--analysis", help="Uid or number of the cause analysis instead.")] = "",
    sort: Annotated[
        ActionSort | None,
        typer.Option(
            "--kind",
            help="What kind of action; else corrective for a nonconformity or a cause, improvement for the rest.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give a finding an action, or a cause analysis."""
    if bool(finding) == bool(analysis):
        raise Refusal("cli.finding_or_analysis")
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, CauseAnalysis, analysis) if analysis else named(reader, Finding, finding)
        like = doubles(desk, about.uid, words)
        give = add_for_analysis if analysis else add_action
        kind = sort or (usual_sort(about.grade) if isinstance(about, Finding) else ActionSort.CORRECTIVE)
        change = give(desk, about.uid, text=words, owner=owner, due=due.date(), sort=kind)
        with desk.reader() as reader:
            action = named(reader, Action, change.uid)
    for one in like:
        print(text("May be the same: {action}", action=double_words(one)), file=sys.stderr)
    say(action, text("Added {number}.", number=action.number) + f"\n{action.uid}", as_json=as_json)


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
    """List actions; `--state overdue` shows what is late."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = ACTIONS.first(
            reader, query(reader, search, place, state, sort, states=("open", "overdue", "done")), limit=limit
        )
    rows = [(line.number, line.text, line.owner, line.due, line.place, line.state) for line in lines]
    heads = [text(name) for name in ("Number", "Action", "Owner", "Due", "Place", "State")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("done")
def done(
    context: typer.Context,
    action: Annotated[str, typer.Argument(help="Uid or number of the action.", show_default=False)],
    proof: Annotated[str, typer.Option("--proof", help="What shows that it is done.", show_default=False)],
    file: Files = None,
    live_on: Annotated[
        datetime | None, typer.Option("--live-on", formats=["%Y-%m-%d"], help="When it went live; else today.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say that an action is done, with a word of proof; more than a correction is looked at after 30, 60, 90 days."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        day = None if live_on is None else live_on.date()
        action_done(desk, about.uid, proof, live_on=day, files=loaded(file))
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
            finding = reader.get(Finding, now.finding) if now.finding is not None else None
            waits = finding is not None and waits_for_answer(reader, finding)
    words = text("{number} is done.", number=now.number)
    if now.sort in NEEDS_EFFECT and now.live_on is not None and now.merged_into is None:
        words += " " + text(
            "Say whether it helped with `gemba action verify {number}`; it is looked at again on {days}.",
            number=now.number,
            days=", ".join(str(now.live_on + timedelta(days=each)) for each in DAYS),
        )
    if finding is not None and waits:
        asks = text("{number} closes once somebody says whether the like is found elsewhere.", number=finding.number)
        words += f" {asks} `gemba finding similar {finding.number}`"
    say(now, words, as_json=as_json)
