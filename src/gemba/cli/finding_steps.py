"""`gemba finding contain|put-right|similar|recurrence`: done about a finding at once, and asked of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from gemba.cli.finding_options import AfterOption, FindingArgument, WhereOption, put_right_said
from gemba.cli.finding_words import recurrence_lines
from gemba.cli.map_naming import place_uid
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, when
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.findings import Finding, FindingState
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import contain_finding
from gemba.work.put_right import PutRight
from gemba.work.put_right import put_right as put_it_right
from gemba.work.seen_before import seen_before
from gemba.work.similar_elsewhere import Answer, answer

_AT = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]


def register(commands: typer.Typer) -> None:
    """Put the commands beside those that `gemba finding` has."""
    commands.command("contain")(contain)
    commands.command("put-right")(put_right)
    commands.command("similar")(similar)
    commands.command("recurrence")(recurrence)


def contain(
    context: typer.Context,
    finding: FindingArgument,
    what: Annotated[str, typer.Option("--what", help="What was done at once.", show_default=False)],
    at: Annotated[
        datetime | None, typer.Option("--at", formats=_AT, help="When, by the clocks of the place; else now.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what was done at once so that no further customer meets it."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Finding, finding)
            place = reader.get(Place, about.place)
        moment = at.replace(tzinfo=ZoneInfo(place.zone if place is not None else "UTC")) if at is not None else None
        contain_finding.contain(desk, about.uid, what, moment)
        with desk.reader() as reader:
            now = named(reader, Finding, about.uid)
    told = when(now.contained_at) if now.contained_at is not None else ""
    say(now, text("{number} is contained since {time}.", number=now.number, time=told), as_json=as_json)


def put_right(
    context: typer.Context,
    finding: FindingArgument,
    what: Annotated[str, typer.Option("--what", help="What was done.")] = "",
    after: AfterOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Record that it is put right already: a correction that is done, with a word or a photo."""
    said = put_right_said(what, after) or PutRight()
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Finding, finding)
        made = put_it_right(desk, about.uid, said)
        with desk.reader() as reader:
            action, now = named(reader, Action, made.uid), named(reader, Finding, about.uid)
    words = text("{number} was put right by {action}.", number=now.number, action=action.number)
    say(action, words + _waits(now), as_json=as_json)


def similar(
    context: typer.Context,
    finding: FindingArgument,
    said: Annotated[str, typer.Option("--answer", help="yes or no.", show_default=False)],
    where: WhereOption = "",
    look: Annotated[
        list[str] | None, typer.Option("--look", help="Place at which the next walk is asked to look; repeat it.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Answer whether the like is found elsewhere; asked before a finding closes."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Finding, finding)
            places = tuple(uid for name in look or [] if (uid := place_uid(reader, name)) is not None)
        answer(desk, about.uid, Answer(similar=said, note=where, places=places))
        with desk.reader() as reader:
            now = named(reader, Finding, about.uid)
    words = text("{number} is closed.", number=now.number)
    stays = text("The answer is kept; {number} is open still.", number=now.number)
    asked = plural(
        "The next walk at {n} place is asked to look.", "Walks at {n} places are asked to look.", len(places)
    )
    shown = words if now.state is FindingState.CLOSED else stays
    say(now, f"{shown} {asked}" if places else shown, as_json=as_json)


def recurrence(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place.", show_default=False)],
    step: Annotated[str, typer.Option("--step", help="Code or title of the step.")] = "",
    cause: Annotated[str, typer.Option("--cause", help="Code or title of the cause.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show how often the same step and cause were found at a place within twelve months, and what was done."""
    if not step.strip() and not cause.strip():
        raise Refusal("cli.step_or_cause")
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        seen = seen_before(reader, place_uid(reader, place) or "", step, cause)
    words = "\n".join(recurrence_lines(seen)) or text("It was not found here within the last 12 months.")
    say(seen, words, as_json=as_json)


def _waits(finding: Finding) -> str:
    if finding.state is FindingState.CLOSED or finding.similar:
        return ""
    return " " + text("It closes once somebody says whether the like is found elsewhere: `gemba finding similar`.")
