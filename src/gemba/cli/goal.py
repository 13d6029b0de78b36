"""`gemba goal`: what was promised to the customer, in versions and adaptations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli.goal_showing import branches_table, gaps_table, goal_words, lines_table
from gemba.cli.map_naming import day, place_uid
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.survey import pair
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.goals import Goal
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import goals
from gemba.work.desk import Desk
from gemba.work.gap_actions import gap_named, mend
from gemba.work.goal_exports import goals_csv
from gemba.work.goal_facts import GoalFacts, goal_facts, goal_lines
from gemba.work.goal_gaps import all_gaps, gaps_at
from gemba.work.goal_register import GoalRegister
from gemba.work.goal_words import retiring_words
from gemba.work.goal_words_checked import day_at
from gemba.work.goals_in_force import goal_named, today_of
from gemba.work.records import known

commands = typer.Typer(no_args_is_help=True)
_DAY = ["%Y-%m-%d"]
_EMPTY: dict[str, Any] = {"owner": "", "valid_to": None, "items": (), "links": (), "anchors": {}}
"""Fields that may be empty, and what they are then."""

GoalName = Annotated[
    str, typer.Argument(help="Code of the goal, or uid of a version or adaptation.", show_default=False)
]
Words = Annotated[str | None, typer.Option(show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why.", show_default=False)]
From = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day; else today.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="Last day.")]
Items = Annotated[
    list[str] | None, typer.Option("--item", help="Question that looks at it, as form id and path; may be repeated.")
]
Links = Annotated[list[str] | None, typer.Option("--link", help="What belongs to it, as noun:uid; may be repeated.")]
Anchors = Annotated[
    list[str] | None, typer.Option("--anchor", help="What a verdict means for it, as contrary=words; may be repeated.")
]


Clear = Annotated[list[str] | None, typer.Option("--clear", help="Field that is to be empty; may be repeated.")]


def cleared(names: list[str] | None, empty: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are to be empty, as they are then.

    Args:
        names: as a person writes them.
        empty: by field that may be empty, what it is then.

    Raises:
        Refusal: one of them cannot be empty.
    """
    wanted = [name.replace("-", "_") for name in names or []]
    for name in wanted:
        if name not in empty:
            raise Refusal("cli.not_empty", field=name, known=", ".join(sorted(empty)))
    return {name: empty[name] for name in wanted}


@commands.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="A few words, as people speak of it.", show_default=False)],
    statement: Annotated[str, typer.Option("--statement", help="What is promised.", show_default=False)],
    need: Annotated[str, typer.Option("--need", help="The customer's need behind it.", show_default=False)],
    code: Annotated[str, typer.Option("--code", help="Short; else made of the title.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Role that answers for it.")] = "",
    place: Annotated[str | None, typer.Option("--place", help="Where it holds; else everywhere.")] = None,
    begins: From = None,
    until: Until = None,
    items: Items = None,
    links: Links = None,
    anchors: Anchors = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a goal."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place)
        new = goals.NewGoal(
            title=title,
            statement=statement,
            need=need,
            code=code,
            owner=owner,
            place=where,
            valid_from=day(begins),
            valid_to=day(until),
            items=items or (),
            links=links or (),
            anchors=dict(map(pair, anchors or [])),
        )
        _say_goal(desk, goals.add(desk, new).uid, text("The goal is kept."), as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    goal: GoalName,
    reason: Reason,
    title: Words = None,
    statement: Words = None,
    need: Words = None,
    owner: Words = None,
    begins: From = None,
    until: Until = None,
    items: Items = None,
    links: Links = None,
    anchors: Anchors = None,
    clear: Clear = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let a new version of a goal, or of an adaptation, take the place of the latest."""
    said: dict[str, Any] = {
        "title": title,
        "statement": statement,
        "need": need,
        "owner": owner,
        "valid_to": day(until),
        "items": items,
        "links": links,
        "anchors": dict(map(pair, anchors)) if anchors else None,
    }
    with desk_at(context, store) as desk:
        about = _named(desk, goal)
        fields = {name: value for name, value in said.items() if value is not None} | cleared(clear, _EMPTY)
        change = goals.change(desk, about.uid, reason=reason, valid_from=day(begins), **fields)
        _say_goal(desk, change.uid, text("The new version is kept."), as_json=as_json)


@commands.command("adapt")
def adapt(
    context: typer.Context,
    goal: GoalName,
    place: Annotated[str, typer.Option("--place", help="Where the adaptation holds.", show_default=False)],
    statement: Annotated[str, typer.Option("--statement", help="What is promised there.", show_default=False)],
    reason: Reason,
    until: Annotated[datetime, typer.Option("--until", formats=_DAY, help="Its last day.", show_default=False)],
    begins: From = None,
    title: str = "",
    need: str = "",
    owner: str = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let a region's adaptation stand beside a goal until it runs out."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place) or ""
        new = goals.NewAdaptation(
            place=where,
            statement=statement,
            reason=reason,
            valid_to=until.date(),
            valid_from=day(begins),
            title=title,
            need=need,
            owner=owner,
        )
        change = goals.adapt(desk, _named(desk, goal).uid, new)
        _say_goal(desk, change.uid, text("The adaptation is kept."), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    place: Annotated[str | None, typer.Option("--place", help="Only what holds at this place.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="On this day; with --place.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what has ended.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="CSV file to write.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List goals and adaptations, by code."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = [line for line in goal_lines(reader) if every or line.state in {"in_force", "ending", "later"}]
        if place is not None or on is not None:
            register = GoalRegister(reader)
            held = set(register.at_place(place_uid(reader, place), day(on) or register.today))
            found = [line for line in goal_lines(reader) if register.lines.root(line.uid) in held]
        rows = goals_csv(reader, out) if out is not None else 0
    if out is not None:
        words = plural("Wrote {n} row to {file}.", "Wrote {n} rows to {file}.", rows, file=out)
        say({"file": out, "rows": rows}, words, as_json=as_json)
        return
    say(found, lines_table(found), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, goal: GoalName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a goal with its tree, its adaptations, its versions and what is to be mended."""
    with desk_at(context, store) as desk:
        facts = _facts(desk, goal)
    say(facts, goal_words(facts), as_json=as_json)


@commands.command("tree")
def tree(context: typer.Context, goal: GoalName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show what is critical to quality: need, drivers, measures, targets, and whether each is met."""
    with desk_at(context, store) as desk:
        facts = _facts(desk, goal)
    words = text("Need behind it: {need}", need=facts.line.goal.need) + "\n" + branches_table(facts.branches)
    say({"need": facts.line.goal.need, "branches": facts.branches}, words, as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context,
    goal: GoalName,
    reason: Reason,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=_DAY, help="First day on which it no longer holds; else today.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """End a goal or an adaptation; decisions before that day are still judged against it."""
    with desk_at(context, store) as desk:
        last: date = day(on) or day_at(desk)
        change = goals.retire(desk, _named(desk, goal).uid, on=last, reason=reason)
        _say_goal(desk, change.uid, text("The goal is retired.") + " " + retiring_words(last), as_json=as_json)


@commands.command("check")
def check(
    context: typer.Context,
    place: Annotated[str | None, typer.Option("--place", help="Only of goals that hold at this place.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="On this day; with --place.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List all that is wrong with goals and service levels, what weighs most first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        if place is None and on is None:
            found = all_gaps(reader)
        else:
            found = gaps_at(reader, place_uid(reader, place), day(on) or today_of(reader))
    say(found, gaps_table(found), as_json=as_json)


@commands.command("mend")
def mend_(
    context: typer.Context,
    goal: Annotated[str, typer.Argument(help="Code of the goal, or uid of it or of a service level.")],
    gap: Annotated[str, typer.Argument(help="Code of what is to be mended, as gemba goal check says: no_owner.")],
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it.", show_default=False)],
    due: Annotated[datetime, typer.Option("--due", formats=_DAY, help="Until when.", show_default=False)],
    driver: Annotated[str, typer.Option("--driver", help="Of which requirement, where several are to be mended.")] = "",
    words: Annotated[str, typer.Option("--text", help="What is to be done; else as the check says.")] = "",
    place: Annotated[str | None, typer.Option("--place", help="Where; else where the goal holds.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Have something that is wrong with a goal or service level mended: one open action for each."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = gap_named(all_gaps(reader), goal, gap, driver)
            where = place_uid(reader, place)
        change = mend(desk, about, owner=owner, due=due.date(), place=where, words=words)
        with desk.reader() as reader:
            made = known(reader, Action, change.uid)
    say(made, f"{made.number} · {made.text} · {made.owner} · {made.due}", as_json=as_json)


def _named(desk: Desk, name: str) -> Goal:
    with desk.reader() as reader:
        return goal_named(reader, name)


def _facts(desk: Desk, name: str) -> GoalFacts:
    with desk.reader() as reader:
        return goal_facts(reader, goal_named(reader, name).uid)


def _say_goal(desk: Desk, uid: str, words: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        made = reader.get(Goal, uid)
    say(made, f"{words}\n{uid}", as_json=as_json)
