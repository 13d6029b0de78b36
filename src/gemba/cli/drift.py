"""`gemba drift`: how far decisions keep what was promised, where practice drifts, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.drift_showing import (
    auditors_shown,
    cases_shown,
    causes_shown,
    funnel_shown,
    outcomes_shown,
    rates_shown,
    shifts_shown,
    trends_shown,
    weights_shown,
)
from gemba.cli.map_naming import place_uid
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.quarters import quarter_of, quarter_written
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_facts import Question, rates
from gemba.work.alignment_weights import weighted_rates
from gemba.work.desk import Desk
from gemba.work.drift_agreement import agreement_of, agreement_words
from gemba.work.drift_auditors import auditor_rates
from gemba.work.drift_causes import causes
from gemba.work.drift_cells import heat_map
from gemba.work.drift_changes import shifts
from gemba.work.drift_files import heat_file
from gemba.work.drift_funnel import drift_funnel
from gemba.work.drift_records import cases_behind
from gemba.work.drift_trend import outcomes, trends
from gemba.work.goals_in_force import goal_named, lineage

commands = typer.Typer()

QuarterOption = Annotated[
    list[str] | None, typer.Option("--quarter", help="A quarter, 2026-Q4; again for more. All when left out.")
]
OneQuarter = Annotated[str, typer.Option("--quarter", help="The quarter, 2026-Q4; the present one when left out.")]
GoalOption = Annotated[list[str] | None, typer.Option("--goal", help="Code of a goal; again for more.")]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Name of a place; what is below it counts.")]


def question(
    reader: Reader, quarters: Sequence[str] | None, goals: Sequence[str] | None, place: str | None
) -> Question:
    """What the options ask for.

    Raises:
        Refusal: there is no such place or goal, or what was said is no quarter.
    """
    codes = lineage(reader)
    return Question(
        quarters=tuple(sorted({quarter_written(one) for one in quarters or ()})),
        goals=tuple(dict.fromkeys(codes[goal_named(reader, one).uid] for one in goals or ())),
        place=place_uid(reader, place),
    )


def asked(
    desk: Desk, quarters: Sequence[str] | None, goals: Sequence[str] | None = None, place: str | None = None
) -> Question:
    """The same for a desk."""
    with desk.reader() as reader:
        return question(reader, quarters, goals, place)


@commands.callback(invoke_without_command=True)
def drift(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", help="goal, site, region or quarter.")] = "goal",
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show alignment rates with their intervals; the commands below show the rest."""
    if context.invoked_subcommand is not None:
        return
    with desk_at(context, store, make=False) as desk:
        found = rates(desk, asked(desk, quarter, goal, place), by)
    say(found, rates_shown(found), as_json=as_json)


@commands.command("heatmap")
def heatmap(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="File to write: .png, .pdf or .csv.", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="What a row is: site or region.")] = "site",
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Draw goals by places, each cell with its number; what lies beyond chance is marked."""
    with desk_at(context, store, make=False) as desk:
        wanted = asked(desk, quarter, goal, place)
        found = heat_map(desk, wanted, by)
        heat_file(desk, found, wanted, out)
    say({"file": out, "heat_map": found}, text("Wrote {file}.", file=out), as_json=as_json)


@commands.command("trend")
def trend(
    context: typer.Context,
    quarter: OneQuarter = "",
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the last eight quarters of each goal, and beside it what customers say where a goal names their measure."""
    with desk_at(context, store, make=False) as desk:
        wanted = asked(desk, None, goal, place)
        last = _quarter(desk, quarter)
        told, beside = trends(desk, wanted, last), outcomes(desk, wanted, last)
    words = trends_shown(told) + outcomes_shown(beside)
    say({"goals": told, "outcomes": beside}, words, as_json=as_json)


@commands.command("changes")
def changes(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", help="goal, site or region.")] = "goal",
    quarter: OneQuarter = "",
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what changed since the quarter before, as far as it can be told."""
    with desk_at(context, store, make=False) as desk:
        found = shifts(desk, _quarter(desk, quarter), by, asked(desk, None, goal, place))
    say(found, shifts_shown(found), as_json=as_json)


@commands.command("funnel")
def funnel(
    context: typer.Context,
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show every site by the spread that its own number of decisions has."""
    with desk_at(context, store, make=False) as desk:
        found = drift_funnel(desk, asked(desk, quarter, goal, place))
    say(found, funnel_shown(found), as_json=as_json)


@commands.command("auditors")
def auditors(
    context: typer.Context,
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show whether auditors judge alike, and sites adjusted for it; auditors are letters."""
    with desk_at(context, store, make=False) as desk:
        wanted = asked(desk, quarter, goal, place)
        found = auditor_rates(desk, wanted)
        with desk.reader() as reader:
            agreement = agreement_words(agreement_of(reader, wanted))
    # Who is behind a letter is nobody's business here.
    letters = tuple(msgspec.structs.replace(one, key="") for one in found.auditors)
    told = {**msgspec.structs.asdict(found), "auditors": letters, "agreement": agreement}
    say(told, f"{agreement}\n{auditors_shown(found)}", as_json=as_json)


@commands.command("causes")
def causes_(
    context: typer.Context,
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what forces decisions against the same goal at several sites."""
    with desk_at(context, store, make=False) as desk:
        found = causes(desk, asked(desk, quarter, goal, place))
    say(found, causes_shown(found), as_json=as_json)


@commands.command("weighted")
def weighted(
    context: typer.Context,
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show rates of goals as their samples weigh them, beside the plain ones."""
    with desk_at(context, store, make=False) as desk:
        found = weighted_rates(desk, asked(desk, quarter, goal, place))
    say(found, weights_shown(found), as_json=as_json)


@commands.command("records")
def records(
    context: typer.Context,
    quarter: QuarterOption = None,
    goal: GoalOption = None,
    place: PlaceOption = None,
    verdict: Annotated[
        list[str] | None, typer.Option("--verdict", help="aligned, part, contrary or cannot_tell; again for more.")
    ] = None,
    most: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many.")] = 200,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the judgements and decisions behind a figure."""
    for one in verdict or ():
        if one not in _VERDICTS:
            raise Refusal("cli.no_verdict", given=one, known=", ".join(_VERDICTS))
    with desk_at(context, store, make=False) as desk:
        wanted = asked(desk, quarter, goal, place)
        found = cases_behind(desk, wanted, verdicts=tuple(verdict or ()), most=most)
    say(found, cases_shown(found), as_json=as_json)


_VERDICTS = ("aligned", "part", "contrary", "cannot_tell")


def _quarter(desk: Desk, said: str) -> str:
    return quarter_written(said) if said else quarter_of(desk.clock().date())
