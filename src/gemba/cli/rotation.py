"""`gemba rotation`: the quarter's plan of leaders in frontline roles, and what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.programme_options import person_of
from gemba.cli.rotation_options import (
    Day,
    NoNames,
    PlaceOption,
    Reason,
    RotationArgument,
    Until,
    day_of,
    leader_of,
    place_known,
)
from gemba.cli.rotation_showing import arrival_words, coverage_words, proposals_table, rotation_words, rotations_table
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.quarters import quarter_written
from gemba.domain.rotations import Rotation, RotationState
from gemba.store.list_of import Query
from gemba.store.rotation_lists import ROTATIONS
from gemba.wording import text
from gemba.work import rotations
from gemba.work.arrival import arrival_facts
from gemba.work.arrival_sheet import arrival_pdf
from gemba.work.desk import Desk
from gemba.work.rotation_coverage import rotation_coverage
from gemba.work.rotation_coverage_files import coverage_file
from gemba.work.rotation_facts import rotation_facts
from gemba.work.rotation_proposals import Wish, proposals, take_over
from gemba.work.rotations import Stint

commands = typer.Typer(no_args_is_help=True)

Quarter = Annotated[str, typer.Option("--quarter", help="As 2026-Q4; this one when left out.")]
_Leader = Annotated[str, typer.Option("--leader", help="Name or uid; the person at this laptop when left out.")]


@commands.command("plan")
def plan(
    context: typer.Context,
    place: PlaceOption,
    role: Annotated[str, typer.Option("--role", help="The frontline role that is taken.")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="First day.")],
    leader: _Leader = "",
    until: Until = None,
    shift: Annotated[str, typer.Option("--shift", help="As the place calls it.")] = "",
    journey: Annotated[str, typer.Option("--journey", help="The customer's journey seen from there.")] = "",
    focus: Annotated[str, typer.Option("--focus", help="What to look at.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Plan a rotation."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            who, where = leader_of(desk, reader, leader), place_known(reader, place)
        words = {"role": role, "shift": shift, "journey": journey, "focus": focus}
        stint = Stint(leader=who, place=where, planned_on=on.date(), until=day_of(until), **words)
        _tell(desk, rotations.plan(desk, stint).uid, as_json=as_json)


@commands.command("propose")
def propose(
    context: typer.Context,
    quarter: Quarter = "",
    leader: Annotated[list[str] | None, typer.Option("--leader", help="Name or uid; all leaders when none.")] = None,
    place: Annotated[str, typer.Option("--place", help="Only sites at this place and below it.")] = "",
    role: Annotated[list[str] | None, typer.Option("--role", help="A frontline role; those known when none.")] = None,
    shift: Annotated[list[str] | None, typer.Option("--shift", help="A shift to be seen.")] = None,
    journey: Annotated[list[str] | None, typer.Option("--journey", help="A journey to be seen.")] = None,
    take: Annotated[bool, typer.Option("--take", help="Put it into the plan.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Propose a fair plan: who has waited longest goes where nobody was longest."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            leaders = tuple(person_of(reader, name) for name in leader or ())
            within = place_known(reader, place) if place else None
        words = {"roles": tuple(role or ()), "shifts": tuple(shift or ()), "journeys": tuple(journey or ())}
        found = proposals(desk, Wish(quarter=quarter, leaders=leaders, within=within, **words))
        if take and found:
            take_over(desk, found)
    said = text("It is in the plan.") if take and found else ""
    say(found, "\n".join(part for part in (proposals_table(found), said) if part), as_json=as_json)


@commands.command("start")
def start(
    context: typer.Context, uid: RotationArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """The leader has arrived; shows what the last three saw, said and promised there."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        rotations.begin(desk, about)
        with desk.reader() as reader:
            facts = rotation_facts(reader, about)
        arrival = arrival_facts(desk, facts.rotation.place)
    answer = {"rotation": facts, "arrival": arrival}
    say(answer, f"{rotation_words(facts)}\n\n{arrival_words(arrival)}", as_json=as_json)


@commands.command("finish")
def finish(
    context: typer.Context,
    uid: RotationArgument,
    record: Annotated[str, typer.Option("--record", help="Number or uid of the observation record.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """The leader leaves; it counts with its observation record only."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        with desk.reader() as reader:
            assessment = named(reader, Assessment, record).uid if record else None
        rotations.finish(desk, about, assessment)
        _tell(desk, about, as_json=as_json)


@commands.command("move")
def move(
    context: typer.Context,
    uid: RotationArgument,
    reason: Reason = "",
    on: Day = None,
    until: Until = None,
    place: PlaceOption = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move it to other days or another place, with a reason."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        with desk.reader() as reader:
            where = place_known(reader, place) if place else None
        rotations.move(desk, about, reason, planned_on=day_of(on), until=day_of(until), place=where)
        _tell(desk, about, as_json=as_json)


@commands.command("cancel")
def cancel(
    context: typer.Context,
    uid: RotationArgument,
    reason: Reason = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Call it off, with a reason."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        rotations.cancel(desk, about, reason)
        _tell(desk, about, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: RotationArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a rotation with its record and promises."""
    with desk_at(context, store, make=False) as desk:
        _tell(desk, _known(desk, uid), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    quarter: Annotated[str, typer.Option("--quarter", help="Only those of this quarter, as 2026-Q4.")] = "",
    leader: Annotated[str, typer.Option("--leader", help="Only those of this leader.")] = "",
    sort: SortOption = "planned_on",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List rotations: planned, begun, done, cancelled; of all quarters unless one is named."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, place, state, sort, states=RotationState)
        where = asked.where | ({"quarter": (quarter_written(quarter),)} if quarter else {})
        where |= {"leader": (person_of(reader, leader),)} if leader else {}
        meant = Query(search=asked.search, where=where, sort=asked.sort, descending=asked.descending)
        lines = ROTATIONS.first(reader, meant, limit=limit)
    say(lines, rotations_table(lines), as_json=as_json)


@commands.command("coverage")
def coverage(
    context: typer.Context,
    quarter: Quarter = "",
    quarters: Annotated[int, typer.Option("--quarters", help="How many, up to that one.")] = 4,
    place: Annotated[str, typer.Option("--place", help="Only sites at this place and below it.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="File to write: .csv, .png or .pdf.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show where nobody has been, who has not been anywhere, and what nobody has seen."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            within = place_known(reader, place) if place else None
        made = rotation_coverage(desk, quarter or None, quarters, within=within)
        if out is not None:
            coverage_file(desk, made, out)
    words = coverage_words(made) if out is None else text("Wrote {file}.", file=out)
    say(made, words, as_json=as_json)


@commands.command("arrival")
def arrival(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="Name or uid of the place.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write.")] = None,
    no_names: NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What the last three leaders saw, said and promised at a place, and what was kept."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_known(reader, place)
        facts = arrival_facts(desk, where)
        if out is not None:
            arrival_pdf(desk, where, out, are_no_names=no_names)
    words = arrival_words(facts) if out is None else text("Wrote {file}.", file=out)
    say(facts, words, as_json=as_json)


def _known(desk: Desk, name: str) -> str:
    with desk.reader() as reader:
        return named(reader, Rotation, name).uid


def _tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = rotation_facts(reader, uid)
    say(facts, rotation_words(facts), as_json=as_json)
