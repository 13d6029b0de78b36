"""`gemba map step`: add, change, move and remove the steps of a map."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gemba.cli.map_naming import MapArgument, StepArgument, map_named, step_named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.process_maps import ProcessStep, StepSort
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.durations import seconds_of
from gemba.work.process_maps import add_step, change_step, move_step, remove_step
from gemba.work.records import known

commands = typer.Typer(help="The steps of a map.", no_args_is_help=True)

_TIMES = ("cycle", "wait", "value_adding")

_Code = Annotated[str | None, typer.Option("--code", help="Code of the vocabulary of steps.")]
_Title = Annotated[str | None, typer.Option("--title", help="What is done; else what the vocabulary calls the code.")]
_Sort = Annotated[StepSort | None, typer.Option("--sort", help="What it is.")]
_Owner = Annotated[str | None, typer.Option("--owner", help="Who answers for it, by role.")]
_Cycle = Annotated[str | None, typer.Option("--cycle", help="Work on one piece, for example 5 min.")]
_Wait = Annotated[str | None, typer.Option("--wait", help="How long a piece waits before it, for example 2 d.")]
_Adding = Annotated[str | None, typer.Option("--value-adding", help="Part of the cycle that customers would pay for.")]
_Rework = Annotated[float | None, typer.Option("--rework", help="Share of the pieces done again, 0 to 1.")]
_HandOff = Annotated[bool | None, typer.Option("--hand-off/--same-hands", help="The work changes hands before it.")]
_People = Annotated[int | None, typer.Option("--people", help="How many people do it.")]
_Evidence = Annotated[str | None, typer.Option("--evidence", help="What was seen that says so, or who told it.")]
_Before = Annotated[str | None, typer.Option("--before", help="The step that it stands before; else the last.")]


@commands.command("add")
def add(
    context: typer.Context,
    name: MapArgument,
    code: _Code = None,
    title: _Title = None,
    sort: _Sort = None,
    owner: _Owner = None,
    cycle: _Cycle = None,
    wait: _Wait = None,
    value_adding: _Adding = None,
    rework: _Rework = None,
    hand_off: _HandOff = None,
    people: _People = None,
    evidence: _Evidence = None,
    before: _Before = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a step."""
    said = _said(locals())
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            of = map_named(reader, name)
            later = step_named(reader, of, before).uid if before else None
        made = add_step(desk, of.uid, said.pop("title", ""), before=later, **said)
        step = _read(desk, made.uid)
    say(step, text("Added the step {title}.", title=step.title) + f"\n{step.uid}", as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    name: MapArgument,
    step: StepArgument,
    code: _Code = None,
    title: _Title = None,
    sort: _Sort = None,
    owner: _Owner = None,
    cycle: _Cycle = None,
    wait: _Wait = None,
    value_adding: _Adding = None,
    rework: _Rework = None,
    hand_off: _HandOff = None,
    people: _People = None,
    evidence: _Evidence = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what is said of a step."""
    said = _said(locals())
    with desk_at(context, store, make=False) as desk:
        uid = _step(desk, name, step)
        change_step(desk, uid, **said)
        now = _read(desk, uid)
    say(now, text("Changed the step {title}.", title=now.title), as_json=as_json)


@commands.command("move")
def move(
    context: typer.Context,
    name: MapArgument,
    step: StepArgument,
    before: _Before = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put a step before another one, or last."""
    with desk_at(context, store, make=False) as desk:
        uid = _step(desk, name, step)
        move_step(desk, uid, _step(desk, name, before) if before else None)
        now = _read(desk, uid)
    say(now, text("Moved the step {title}.", title=now.title), as_json=as_json)


@commands.command("remove")
def remove(
    context: typer.Context,
    name: MapArgument,
    step: StepArgument,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a step off its map; what is pinned to it stays kept."""
    with desk_at(context, store, make=False) as desk:
        uid = _step(desk, name, step)
        remove_step(desk, uid)
        now = _read(desk, uid)
    say(now, text("Removed the step {title}.", title=now.title), as_json=as_json)


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """What the options of a step say, by field."""
    fields = ("code", "title", "sort", "owner", *_TIMES, "rework", "hand_off", "people", "evidence")
    return {
        name: seconds_of(given[name]) if name in _TIMES else given[name]
        for name in fields
        if given.get(name) is not None
    }


def _step(desk: Desk, name: str, step: str) -> str:
    with desk.reader() as reader:
        return step_named(reader, map_named(reader, name), step).uid


def _read(desk: Desk, uid: str) -> ProcessStep:
    with desk.reader() as reader:
        return known(reader, ProcessStep, uid)
