"""`gemba boundary`: how far each role may decide alone, and whether a decision keeps to that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
import typer

from gemba.cli.map_naming import day, place_uid
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.decisions import Boundary, Standing
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import boundaries as work
from gemba.work.boundaries import Boundaries, BoundaryDraft
from gemba.work.decision_words import limit_words, standing_words, why_words
from gemba.work.decisions import demand_amount

commands = typer.Typer(no_args_is_help=True)
_DAY = ["%Y-%m-%d"]
_SHORTEST = 4

RoleOption = Annotated[str, typer.Option("--role", help="Who decides.", show_default=False)]
ScenarioOption = Annotated[str, typer.Option("--scenario", help="Kind of case, by code or title.", show_default=False)]
Name = Annotated[str, typer.Argument(help="Uid, or at least four letters of its beginning.", show_default=False)]


class Checked(msgspec.Struct, frozen=True):
    """What came of a check."""

    standing: Standing
    why: str
    boundary: Boundary | None


@commands.command("set")
def set_(
    context: typer.Context,
    role: RoleOption,
    scenario: ScenarioOption,
    limit: Annotated[float | None, typer.Option("--limit", help="The most; any amount when left out.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="What the limit counts: EUR, days ...")] = "",
    title: Annotated[str, typer.Option("--title", help="What the kind of case is called.")] = "",
    condition: Annotated[str, typer.Option("--condition", help="What else must hold.")] = "",
    escalate_to: Annotated[str, typer.Option("--escalate-to", help="Role that decides beyond it.")] = "",
    place: Annotated[str | None, typer.Option("--place", help="Where it holds; else everywhere.")] = None,
    goal: Annotated[str, typer.Option("--goal", help="Commitment that it serves.")] = "",
    begins: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day; else today.")] = None,
    ends: Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="Last day.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is as it is.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Set a boundary; from its first day on it takes the place of the one that held for the same case and place."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = place_uid(reader, place)
        draft = BoundaryDraft(
            role=role, scenario=scenario, title=title, limit=limit, unit=unit, condition=condition,
            escalate_to=escalate_to, place=at, goal=goal, valid_from=day(begins),
            valid_to=day(ends), reason=reason,
        )  # fmt: skip
        made = work.set_boundary(desk, draft)
        with desk.reader() as reader:
            found = boundary_named(reader, made.uid)
    facts = {"role": found.role, "title": found.title, "limit": limit_words(found), "day": found.valid_from}
    say(found, text("{role}: “{title}” {limit}, from {day}.", **facts) + f"\n{found.uid}", as_json=as_json)


@commands.command("check")
def check(
    context: typer.Context,
    role: RoleOption,
    scenario: ScenarioOption,
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place.", show_default=False)],
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="Day of the decision; else today.")] = None,
    amount: Annotated[float | None, typer.Option("--amount", help="How much.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="What the amount counts.")] = "",
    escalated: Annotated[bool, typer.Option("--escalated", help="It was handed up.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Tell how a decision would stand; nothing is kept."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        at, when = place_uid(reader, place) or "", day(on) or reader.clock().date()
        stands = Boundaries(reader).check(role, scenario, at, when, amount=amount, unit=unit, escalated=escalated)
    demand_amount(amount, unit, stands)
    why = why_words(stands, amount, unit)
    say(Checked(stands.standing, why, stands.boundary), f"{standing_words(stands.standing)}\n{why}", as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    role: Annotated[str, typer.Option("--role", help="Only of this role.")] = "",
    scenario: Annotated[str, typer.Option("--scenario", help="Only of this scenario.")] = "",
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="Only those in force on a day.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that are over or withdrawn.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List boundaries; those in force today unless another day or all are asked for."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        wanted: date | None = None if every else day(on) or reader.clock().date()
        found = work.listed(reader, day=wanted, role=role, scenario=scenario)
        places = {one.uid: one.name for one in reader.find(Place)}
    rows = [_row(one, places) for one in found]
    heads = ("Scenario", "Role", "Limit", "Place", "From", "Until", "Beyond it decides", "Uid")
    say(found, table(rows, [text(head) for head in heads]), as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context,
    boundary: Name,
    reason: Annotated[str, typer.Option("--reason", help="Why it ends.", show_default=False)],
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="First day without it; else today.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """End a boundary; what was decided under it keeps its standing."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = boundary_named(reader, boundary)
        work.retire(desk, about.uid, reason, on=day(on))
        with desk.reader() as reader:
            now = boundary_named(reader, about.uid)
    said = text("The boundary of {role} for “{title}” is ended.", role=now.role, title=now.title)
    say(now, said, as_json=as_json)


def boundary_named(reader: Reader, name: str) -> Boundary:
    """The boundary that somebody means.

    Raises:
        Refusal: `cli.unknown`, `cli.several`.
    """
    whole = reader.get(Boundary, name)
    if whole is not None:
        return whole
    found = reader.beginning(Boundary, "uid", name.lower()) if len(name) >= _SHORTEST else []
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="boundary", name=name)
    return found[0]


def _row(one: Boundary, places: dict[str, str]) -> tuple[Any, ...]:
    ends = text("withdrawn") if one.retired else one.valid_to or ""
    place = places.get(one.place, one.place) if one.place is not None else text("everywhere")
    return (one.title, one.role, limit_words(one), place, one.valid_from, ends, one.escalate_to, one.uid[:8])
