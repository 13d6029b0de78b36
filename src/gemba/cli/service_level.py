"""`gemba sla`: what one side promises another, what that one expects, and what is achieved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli.goal import Clear, From, Until, Words, cleared
from gemba.cli.goal_showing import gaps_table, levels_table
from gemba.cli.map_naming import day, place_uid
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.goals import Bound, ServiceLevel
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import service_levels
from gemba.work.desk import Desk
from gemba.work.goal_exports import levels_csv
from gemba.work.goals_in_force import goal_named
from gemba.work.level_facts import level_lines, level_named
from gemba.work.measures import measure_named

commands = typer.Typer(
    no_args_is_help=True,
)
_DAY = ["%Y-%m-%d"]
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("expected", "achieved", "achieved_on", "measure", "goal", "place", "review_by", "valid_to")),
    **dict.fromkeys(("unit", "expected_from", "owner"), ""),
}
"""Fields that may be empty, and what they are then."""
Name = Annotated[str, typer.Argument(help="Title of the service level, or its uid.", show_default=False)]
Number = Annotated[float | None, typer.Option(show_default=False)]
Good = Annotated[Bound | None, typer.Option("--good", help="On which side of it a value is good.", show_default=False)]
Day = Annotated[datetime | None, typer.Option(formats=_DAY, show_default=False)]
Measured = Annotated[str | None, typer.Option("--measure", help="Code of the measure that tells what is achieved.")]
Goals = Annotated[str | None, typer.Option("--goal", help="Code of the goal that it belongs to.")]
PlaceName = Annotated[str | None, typer.Option("--place", help="Where it is agreed; else everywhere.")]


@commands.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="What is delivered.", show_default=False)],
    provider: Annotated[str, typer.Option("--provider", help="Who delivers.", show_default=False)],
    customer: Annotated[str, typer.Option("--customer", help="Who is served.", show_default=False)],
    promised: Annotated[float, typer.Option("--promised", show_default=False)],
    unit: str = "",
    good: Good = Bound.AT_LEAST,
    expected: Number = None,
    expected_from: Words = None,
    achieved: Number = None,
    achieved_on: Day = None,
    measure: Measured = None,
    goal: Goals = None,
    place: PlaceName = None,
    owner: str = "",
    review_by: Day = None,
    begins: From = None,
    until: Until = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a service level."""
    said: dict[str, Any] = {
        "expected": expected,
        "expected_from": expected_from,
        "achieved": achieved,
        "achieved_on": day(achieved_on),
        "review_by": day(review_by),
        "valid_from": day(begins),
        "valid_to": day(until),
    }
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            said |= _links(reader, measure, goal, place)
        given = {name: value for name, value in said.items() if value is not None}
        new = service_levels.NewServiceLevel(
            title=title,
            provider=provider,
            customer=customer,
            promised=promised,
            unit=unit,
            bound=good or Bound.AT_LEAST,
            owner=owner,
            **given,
        )
        _say(desk, service_levels.add(desk, new).uid, as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    name: Name,
    title: Words = None,
    provider: Words = None,
    customer: Words = None,
    promised: Number = None,
    unit: Words = None,
    good: Good = None,
    expected: Number = None,
    expected_from: Words = None,
    achieved: Number = None,
    achieved_on: Day = None,
    measure: Measured = None,
    goal: Goals = None,
    place: PlaceName = None,
    owner: Words = None,
    review_by: Day = None,
    begins: From = None,
    until: Until = None,
    clear: Clear = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a service level: what was asked, measured or agreed anew."""
    said: dict[str, Any] = {
        "title": title,
        "provider": provider,
        "customer": customer,
        "promised": promised,
        "unit": unit,
        "bound": good,
        "expected": expected,
        "expected_from": expected_from,
        "achieved": achieved,
        "achieved_on": day(achieved_on),
        "owner": owner,
        "review_by": day(review_by),
        "valid_from": day(begins),
        "valid_to": day(until),
    }
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = level_named(reader, name)
            said |= _links(reader, measure, goal, place)
        fields = {field: value for field, value in said.items() if value is not None} | cleared(clear, _EMPTY)
        service_levels.change(desk, about.uid, **fields)
        _say(desk, about.uid, as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help="CSV file to write.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the service levels, the worst gap first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = level_lines(reader)
        rows = levels_csv(reader, out) if out is not None else 0
    if out is not None:
        words = plural("Wrote {n} row to {file}.", "Wrote {n} rows to {file}.", rows, file=out)
        say({"file": out, "rows": rows}, words, as_json=as_json)
        return
    say(found, levels_table(found), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, name: Name, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show one service level and what is to be mended."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        about = level_named(reader, name)
        line = next(each for each in level_lines(reader) if each.uid == about.uid)
    say(line, levels_table([line]) + "\n" + gaps_table(line.gaps), as_json=as_json)


@commands.command("retire")
def retire(context: typer.Context, name: Name, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a service level out of the register; it is kept."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = level_named(reader, name)
        service_levels.retire(desk, about.uid)
    say({"uid": about.uid}, text("Retired."), as_json=as_json)


def _links(reader: Reader, measure: str | None, goal: str | None, place: str | None) -> dict[str, str | None]:
    return {
        "measure": measure_named(reader, measure).uid if measure else None,
        "goal": goal_named(reader, goal).uid if goal else None,
        "place": place_uid(reader, place),
    }


def _say(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        made = reader.get(ServiceLevel, uid)
    say(made, text("The service level is kept.") + f"\n{uid}", as_json=as_json)
