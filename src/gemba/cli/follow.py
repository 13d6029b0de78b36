"""`gemba follow`: what follows from complaints: how long it takes, what comes back, what is the same elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli import complaint_which as options
from gemba.cli import follow_compare, follow_discrepancies
from gemba.cli.follow_showing import days, number
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.store.follow_times import Stage
from gemba.wording import text
from gemba.work import elsewhere as elsewhere_
from gemba.work import lags as lags_
from gemba.work import recurrence as recurrence_
from gemba.work.follow_words import done_somewhere, share
from gemba.work.lag_curves import stage_title

commands = typer.Typer(no_args_is_help=True)
follow_compare.register(commands)
follow_discrepancies.register(commands)


@commands.command("lag")
def lag(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", help="Tell apart by place, severity, cause, step ...")] = "",
    stage: Annotated[list[Stage] | None, typer.Option("--stage", help="Only this stage; may be repeated.")] = None,
    where: options.Where = None,
    place: options.Place = None,
    begins: options.From = None,
    ends: options.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Days from feedback to change, by stage; what is still open counts as waiting, and is never dropped."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        which = options.which(desk, where, place, begins, ends)
        question = lags_.LagQuestion(which, by, tuple(stage) if stage else lags_.WAY)
        found = lags_.lags(desk, question, lambda n: progress.stage(text("Counting complaints: {n}", n=n)))
    rows = [
        (
            stage_title(one.stage),
            one.title,
            one.n,
            one.open,
            days(one.median),
            days(one.ninetieth),
            number(one.without_open),
            one.backwards or "",
        )
        for one in found.lags
    ]
    heads = [
        text("Stage"), text("Group"), "n", text("Still open"), text("Median days"), text("90 % within"),
        text("Median without the open"), text("Backwards"),
    ]  # fmt: skip
    say(found, table(rows, heads), as_json=as_json)


@commands.command("recurrence")
def recurrence(
    context: typer.Context,
    within: Annotated[int, typer.Option("--days", min=1, max=3650, help="Within so many days.")] = recurrence_.DAYS,
    complaints: Annotated[bool, typer.Option("--complaints", help="Also after closed complaints.")] = False,
    where: options.Where = None,
    place: options.Place = None,
    begins: options.From = None,
    ends: options.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What came back after it was closed: the same step, cause and place."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Looking for what came back …"))
        which = options.which(desk, where, place, begins, ends)
        found = recurrence_.recurrence(desk, which, days=within, after_complaints_too=complaints)
    words = [_share_line(text("After done actions"), found.actions)]
    if found.complaints is not None:
        words.append(_share_line(text("After closed complaints"), found.complaints))
    back = [
        (one.closing.number, one.closing.text, one.place, one.closing.done_at.date(), _outcome(one))
        for one in found.after_actions
    ]
    if back:
        words += ["", table(back, [text("Action"), text("What"), text("Place"), text("Done"), text("Afterwards")])]
    cells = [(one.step, one.cause, one.place, one.of.closed, one.of.returned, share(one.of)) for one in found.cells]
    if cells:
        heads = [text("Step"), text("Cause"), text("Place"), text("Closed"), text("Back"), text("Share")]
        words += ["", table(cells, heads)]
    say(found, "\n".join(words), as_json=as_json)


@commands.command("elsewhere")
def elsewhere(
    context: typer.Context,
    sites: Annotated[int, typer.Option("--sites", min=2, help="At so many sites or more.")] = 2,
    each: Annotated[int, typer.Option("--each", min=1, help="A site counts from so many complaints on.")] = 1,
    where: options.Where = None,
    place: options.Place = None,
    begins: options.From = None,
    ends: options.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """The same step and cause at several sites, and what was done about it at one of them."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Looking for the same at several sites …"))
        found = elsewhere_.elsewhere(desk, options.which(desk, where, place, begins, ends), sites=sites, each=each)
    rows = [
        (
            issue.step_title,
            issue.cause_title,
            issue.count,
            ", ".join(f"{at.name} {at.count}" for at in issue.sites),
            done_somewhere(issue),
            ", ".join(issue.untouched),
        )
        for issue in found
    ]
    heads = [text("Step"), text("Cause"), text("Count"), text("Sites"), text("Done"), text("Nothing done yet")]
    say(found, table(rows, heads), as_json=as_json)


def _share_line(title: str, of: recurrence_.Share) -> str:
    return text(
        "{title}: {returned} of {closed} came back, {watched} still watched; {share}",
        title=title,
        returned=of.returned,
        closed=of.closed,
        watched=of.watched,
        share=share(of),
    )


def _outcome(one: recurrence_.Returned) -> str:
    if one.days is not None:
        return text("back after {days} days", days=number(one.days))
    return text("stayed away") if one.is_over else text("not back so far")
