"""`gemba goal require` and `gemba goal requirement`: the branches of a goal's tree."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gemba.cli.goal import Clear, GoalName, Items, Words, cleared
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.goals import Bound, Requirement
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import requirements
from gemba.work.goals_in_force import goal_named
from gemba.work.measures import measure_named

commands = typer.Typer(help="Branches of a goal's tree: driver, measure, target.", no_args_is_help=True)
AtLeast = Annotated[float | None, typer.Option("--at-least", help="Target that values are not to be below.")]
AtMost = Annotated[float | None, typer.Option("--at-most", help="Target that values are not to be above.")]
Measured = Annotated[str | None, typer.Option("--measure", help="Code of the measure that is charted.")]
Name = Annotated[str, typer.Argument(help="Uid of the requirement, or its beginning.", show_default=False)]


def require(
    context: typer.Context,
    goal: GoalName,
    driver: Annotated[str, typer.Option("--driver", help="What of the need it makes precise.", show_default=False)],
    measured_by: Annotated[
        str, typer.Option("--measured-by", help="What is counted, of what everything.", show_default=False)
    ],
    measure: Measured = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    unit: str = "",
    owner: str = "",
    items: Items = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a requirement to a goal: a driver, how it is measured, and its target."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = goal_named(reader, goal)
            target = {"target": None} | target_said(at_least, at_most)
            charted = measure_named(reader, measure).uid if measure else None
        new = requirements.NewRequirement(
            driver=driver,
            measured_by=measured_by,
            measure=charted,
            unit=unit,
            owner=owner,
            items=items or (),
            **target,
        )
        uid = requirements.require(desk, about.uid, new).uid
        with desk.reader() as reader:
            made = reader.get(Requirement, uid)
    say(made, text("The requirement is kept.") + f"\n{uid}", as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    requirement: Name,
    driver: Words = None,
    measured_by: Words = None,
    measure: Measured = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    unit: Words = None,
    owner: Words = None,
    items: Items = None,
    clear: Clear = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a requirement."""
    said: dict[str, Any] = {"driver": driver, "measured_by": measured_by, "unit": unit, "owner": owner, "items": items}
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = requirement_named(reader, requirement)
            said["measure"] = measure_named(reader, measure).uid if measure else None
        fields = {name: value for name, value in said.items() if value is not None} | target_said(at_least, at_most)
        fields |= cleared(clear, {"measure": None, "target": None, "unit": "", "owner": "", "items": ()})
        requirements.change(desk, about.uid, **fields)
        with desk.reader() as reader:
            made = reader.get(Requirement, about.uid)
    say(made, text("The requirement is kept."), as_json=as_json)


@commands.command("retire")
def retire(context: typer.Context, requirement: Name, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a requirement off its goal's tree; it is kept."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = requirement_named(reader, requirement)
        requirements.retire(desk, about.uid)
    say({"uid": about.uid}, text("Retired."), as_json=as_json)


def target_said(at_least: float | None, at_most: float | None) -> dict[str, Any]:
    """Target and the side that is good; nothing when neither was said.

    Raises:
        Refusal: both were said.
    """
    if at_least is not None and at_most is not None:
        raise Refusal("cli.one_target")
    if at_most is not None:
        return {"target": at_most, "bound": Bound.AT_MOST}
    return {} if at_least is None else {"target": at_least, "bound": Bound.AT_LEAST}


def requirement_named(reader: Reader, name: str) -> Requirement:
    """The requirement of this uid, or of at least four letters of its beginning.

    Raises:
        Refusal: there is none, or several.
    """
    whole = reader.get(Requirement, name)
    found = [whole] if whole is not None else []
    if not found and len(name) >= 4:
        found = reader.beginning(Requirement, "uid", name.lower())
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="requirement", name=name)
    return found[0]
