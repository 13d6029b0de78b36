"""`gemba action board|move|rate|assign|merge|snooze|limit`: the board of open actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action, Lane
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import action_board as work
from gemba.work.board_cards import BoardShown, Card, shown_board
from gemba.work.goals_in_force import goal_named
from gemba.work.places import place_named

ActionArgument = Annotated[str, typer.Argument(help="Uid or number of the action.", show_default=False)]


class Apart(StrEnum):
    """What the board is taken apart by."""

    OWNER = "owner"
    PLACE = "place"
    GOAL = "goal"


_Part = Annotated[int, typer.Option(min=1, max=5, show_default=False)]


def register(commands: typer.Typer) -> None:
    """Put the commands beside those that `gemba action` has."""
    for name, command in (
        ("board", board),
        ("move", move),
        ("rate", rate),
        ("assign", assign),
        ("merge", merge),
        ("snooze", snooze),
        ("limit", limit),
    ):
        commands.command(name)(command)


def board(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name of a place; what is below it counts.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Only those of this owner.")] = "",
    goal: Annotated[str, typer.Option("--goal", help="Only those that serve this goal.")] = "",
    older: Annotated[int, typer.Option("--older", min=0, help="Only those added so many days ago or more.")] = 0,
    late: Annotated[bool, typer.Option("--late", help="Only those that are late.")] = False,
    resting: Annotated[bool, typer.Option("--resting", help="Also what is let rest.")] = False,
    by: Annotated[Apart | None, typer.Option("--by", help="One part for each.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it as a PDF.", show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Cards of a lane.")] = 20,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the lanes, what matters most to customers first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        where = {"owner": owner, "late": "yes" if late else "", "resting": "" if resting else "no"}
        if older:
            where["older"] = str(older)
        if place:
            found = place_named(reader, place)
            if found is None:
                raise Refusal("cli.unknown", noun=text("place"), name=place)
            where["place"] = found.uid
        if goal:
            where["goal"] = goal_named(reader, goal).uid
        about = " · ".join(part for part in (place, owner, goal) if part)
        if out is not None:
            from gemba.work.board_sheet import board_pdf  # all that prints comes with it

            made = board_pdf(desk, out, where, by=by or "", about=about)
            words = plural("{file}: {n} page", "{file}: {n} pages", made.pages, file=str(out))
            say({"file": str(out), "pages": made.pages}, words, as_json=as_json)
            return
        shown = shown_board(desk, where, by=by or "", bands=50, most=limit)
    columns = shown.bands[0].columns if by is None else shown.bands
    say(columns, "\n".join(_lines(shown)).rstrip(), as_json=as_json)


def _lines(shown: BoardShown) -> Iterator[str]:
    """The board in words, part by part."""
    titles = [text(name) for name in ("Number", "Action", "Owner", "Due", "Priority", "")]
    for band in shown.bands:
        if band.title:
            yield f"== {band.title}"
        for column in band.columns:
            head = f"{column.title}: {column.count}"
            if column.limit is not None:
                head += " " + text("(at most {limit})", limit=column.limit)
            yield head
            rows = [(one.number, one.text[:60], one.owner, _due(one), one.priority, _note(one)) for one in column.cards]
            yield table(rows, titles)
            yield ""
    if shown.resting:
        yield plural("{n} action rests until its day.", "{n} actions rest until their day.", shown.resting)


def _due(one: Card) -> str:
    return text("{day} late", day=one.due) if one.is_late else str(one.due)


def _note(one: Card) -> str:
    if one.rests_until is not None:
        return text("rests until {day}", day=one.rests_until)
    if one.back_since is not None:
        return text("back since {day}", day=one.back_since)
    if one.done_on is not None:
        return text("done {day}", day=one.done_on)
    return one.waits_for


def move(
    context: typer.Context,
    action: ActionArgument,
    lane: Annotated[Lane, typer.Argument(help="todo, doing or waiting.", show_default=False)],
    waits_for: Annotated[str, typer.Option("--for", help="For whom or what it waits.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put an open action into a lane."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        work.move(desk, about.uid, lane, waits_for)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    say(now, text("{number}: {lane}.", number=now.number, lane=work.lane_title(lane)), as_json=as_json)


def rate(
    context: typer.Context,
    action: ActionArgument,
    impact: _Part,
    reach: _Part,
    confidence: _Part,
    effort: _Part,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Rate impact on the customer, reach, confidence and effort, each from 1 to 5."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        work.rate(desk, about.uid, impact=impact, reach=reach, confidence=confidence, effort=effort)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    say(now, f"{now.number}: {work.priority_words(now)}", as_json=as_json)


def assign(
    context: typer.Context,
    actions: Annotated[list[str], typer.Argument(help="Uids or numbers.", show_default=False)],
    owner: Annotated[str, typer.Option("--owner", help="Who answers for them now.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give several open actions to another owner."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            meant = [named(reader, Action, one) for one in actions]
        work.assign(desk, [one.uid for one in meant], owner)
    words = plural("{n} action is with {owner}.", "{n} actions are with {owner}.", len(meant), owner=owner)
    say({"owner": owner, "actions": [one.number for one in meant]}, words, as_json=as_json)


def merge(
    context: typer.Context,
    action: ActionArgument,
    into: Annotated[str, typer.Option("--into", help="The one that goes on.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let an action that says the same go on in another one."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about, other = named(reader, Action, action), named(reader, Action, into)
        work.merge(desk, about.uid, other.uid)
    words = text("{number} goes on in {other}.", number=about.number, other=other.number)
    say({"action": about.uid, "into": other.uid}, words, as_json=as_json)


def snooze(
    context: typer.Context,
    action: ActionArgument,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Until then; left out: wake it.")
    ] = None,
    because: Annotated[str, typer.Option("--because", help="Why it may rest.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let an open action rest for a while; it comes back by itself."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        work.snooze(desk, about.uid, None if until is None else until.date(), because)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    resting = text("{number} rests until {day}.", number=now.number, day=now.snoozed_until)
    say(now, resting if until else text("{number} is awake.", number=now.number), as_json=as_json)


def limit(
    context: typer.Context,
    lane: Annotated[Lane, typer.Argument(help="todo, doing or waiting.", show_default=False)],
    most: Annotated[int | None, typer.Argument(help="The most open actions; left out: any number.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Limit how many open actions a lane may hold."""
    with desk_at(context, store) as desk:
        work.set_limit(desk, lane, most)
    words = text("{lane}: at most {most}.", lane=work.lane_title(lane), most=most)
    said = words if most is not None else text("{lane}: no limit.", lane=work.lane_title(lane))
    say({"lane": lane, "limit": most}, said, as_json=as_json)
