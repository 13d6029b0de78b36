"""`gemba decision`: what places decide by themselves, held against boundaries at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, query
from gemba.cli.map_naming import day, place_uid
from gemba.cli.naming import named
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.decisions import Boundary, Decision
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.decision_lists import DECISIONS, DecisionLine
from gemba.store.lists import Query
from gemba.store.reading import Reader
from gemba.store.record_history import Step, history
from gemba.wording import plural, text
from gemba.work import decisions
from gemba.work.decision_words import amount_words, standing_words, why_of
from gemba.work.desk import Desk
from gemba.work.export_decisions import export_decisions
from gemba.work.known_people import people_known

commands = typer.Typer(no_args_is_help=True)
_DAY = ["%Y-%m-%d"]

Name = Annotated[str, typer.Argument(help="Uid or number of the decision.", show_default=False)]
Words = Annotated[str | None, typer.Option(show_default=False)]
On = Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="Day on which it was decided.")]
PlaceName = Annotated[str | None, typer.Option("--place", help="Name or uid of the place.")]
Role = Annotated[str | None, typer.Option("--role", help="Who decided, by role.")]
Scenario = Annotated[str | None, typer.Option("--scenario", help="Kind of case, by code or title.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason.")]
Amount = Annotated[float | None, typer.Option("--amount", help="How much was decided.")]
Unit = Annotated[str | None, typer.Option("--unit", help="What the amount counts.")]
Escalated = Annotated[bool | None, typer.Option("--escalated/--not-escalated", help="It was handed up.")]
GoalName = Annotated[str | None, typer.Option("--goal", help="Commitment that it concerns; empty for none.")]
Contradicts = Annotated[
    bool | None, typer.Option("--contradicts/--keeps", help="It goes against the commitment: opens an escalation.")
]
Customers = Annotated[int | None, typer.Option("--customers", help="How many customers it touched.")]
Segment = Annotated[str | None, typer.Option("--segment", help="Segment of customers.")]
Effect = Annotated[str | None, typer.Option("--effect", help="Cost and effect.")]
Exception_ = Annotated[str | None, typer.Option("--exception", help="Exception standard that it follows.")]
Expires = Annotated[datetime | None, typer.Option("--expires", formats=_DAY, help="Until when it holds.")]
Decider = Annotated[str | None, typer.Option("--decider", help="Who decided, where known as a person.")]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="filter=value[,value]: standing=beyond, goal=told, expires=soon ...")
]
Quarter = Annotated[str | None, typer.Option("--quarter", help="Of a quarter (2026-Q4) or month (2026-11).")]


class Shown(msgspec.Struct, frozen=True):
    """A decision with what belongs to it."""

    decision: Decision
    place: str
    boundary: Boundary | None
    why: str
    """Why it stands as it does."""
    goal: str
    remarks: tuple[str, ...]
    history: tuple[Step, ...]


@commands.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="What was decided.", show_default=False)],
    place: PlaceName = None,
    role: Role = None,
    on: On = None,
    scenario: Scenario = None,
    why: Why = None,
    amount: Amount = None,
    unit: Unit = None,
    escalated: Escalated = None,
    goal: GoalName = None,
    contradicts: Contradicts = None,
    customers: Customers = None,
    segment: Segment = None,
    effect: Effect = None,
    exception: Exception_ = None,
    expires: Expires = None,
    decider: Decider = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Record a decision; the answer says how it stands to its boundary."""
    with desk_at(context, store) as desk:
        fields = _said(
            desk, title=title, place=place, role=role, decided_on=on, scenario=scenario, why=why, amount=amount,
            unit=unit, escalated=escalated, goal=goal, contradicts=contradicts, customers=customers, segment=segment,
            effect=effect, exception=exception, expires=expires, decider=decider,
        )  # fmt: skip
        fields.setdefault("decided_on", desk.clock().date())
        change = decisions.record(desk, **fields)
        with desk.reader() as reader:
            facts = shown(reader, named(reader, Decision, change.uid))
    words = [text("Recorded {number}.", number=facts.decision.number), *_standing_lines(facts)]
    say(facts, "\n".join([*words, facts.decision.uid]), as_json=as_json)


@commands.command("change")
def change_(
    context: typer.Context,
    decision: Name,
    title: Annotated[str | None, typer.Option("--title", help="What was decided.")] = None,
    place: PlaceName = None,
    role: Role = None,
    on: On = None,
    scenario: Scenario = None,
    why: Why = None,
    amount: Amount = None,
    unit: Unit = None,
    escalated: Escalated = None,
    goal: GoalName = None,
    contradicts: Contradicts = None,
    customers: Customers = None,
    segment: Segment = None,
    effect: Effect = None,
    exception: Exception_ = None,
    expires: Expires = None,
    decider: Decider = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what is kept of a decision, until an audit that judged it has concluded."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Decision, decision)
        fields = _said(
            desk, title=title, place=place, role=role, decided_on=on, scenario=scenario, why=why, amount=amount,
            unit=unit, escalated=escalated, goal=goal, contradicts=contradicts, customers=customers, segment=segment,
            effect=effect, exception=exception, expires=expires, decider=decider,
        )  # fmt: skip
        decisions.change(desk, about.uid, **fields)
        with desk.reader() as reader:
            facts = shown(reader, named(reader, Decision, about.uid))
    words = [text("{number} is changed.", number=facts.decision.number), *_standing_lines(facts)]
    say(facts, "\n".join(words), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, decision: Name, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a decision with its boundary and history."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        facts = shown(reader, named(reader, Decision, decision))
    say(facts, _words(facts), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    quarter: Quarter = None,
    where: Where = None,
    sort: SortOption = "-decided_on",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List decisions, the latest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = DECISIONS.first(reader, asked(reader, search, place, quarter, where, sort), limit=limit)
    say(lines, _as_table(lines), as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="File to write, CSV.", show_default=False)],
    search: SearchOption = "",
    place: PlaceFilter = None,
    quarter: Quarter = None,
    where: Where = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write decisions as CSV; what a spreadsheet would take for a formula is written as a text."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        with desk.reader() as reader:
            meant = asked(reader, search, place, quarter, where, "-decided_on")
        done = export_decisions(
            desk, out, meant, progress=lambda at, count: progress.stage(text("{at} of {count}", at=at, count=count))
        )
    say(done, plural("{n} decision in {file}.", "{n} decisions in {file}.", done.count, file=str(out)), as_json=as_json)


def asked(
    reader: Reader, search: str, place: str | None, quarter: str | None, where: list[str] | None, sort: str
) -> Query:
    """What the options of a list ask for.

    Raises:
        Refusal: there is no such place.
    """
    meant = query(reader, search, place, None, sort)
    narrowed = dict(meant.where) | ({"quarter": (quarter,)} if quarter else {})
    for one in where or []:
        name, _, values = one.partition("=")
        narrowed[name.strip()] = tuple(values.split(","))
    return msgspec.structs.replace(meant, where=narrowed)


def shown(reader: Reader, decision: Decision) -> Shown:
    """Everything that is to be said of a decision."""
    place, goal = reader.get(Place, decision.place), reader.get(Goal, decision.goal) if decision.goal else None
    boundary = reader.get(Boundary, decision.boundary) if decision.boundary else None
    return Shown(
        decision,
        place.name if place is not None else "",
        boundary,
        why_of(decision, boundary),
        goal.title if goal is not None else "",
        decisions.remarks(reader, decision),
        tuple(history(reader, "decision", decision.uid)),
    )


def _said(desk: Desk, **options: Any) -> dict[str, Any]:
    """What the options say, by field of a decision; what was not said is left out."""
    fields = {name: value for name, value in options.items() if value is not None}
    for name in ("decided_on", "expires"):
        if name in fields:
            fields[name] = day(fields[name])
    with desk.reader() as reader:
        if "place" in fields:
            fields["place"] = place_uid(reader, fields["place"])
        if fields.get("decider"):
            fields["decider"] = _person(reader, fields["decider"])
    return fields


def _person(reader: Reader, name: str) -> Uid:
    """The person that somebody means, by uid or whole name.

    Raises:
        Refusal: `cli.unknown`, `cli.several`.
    """
    found = [one for one in people_known(reader) if name.strip().casefold() in {one.uid, one.name.casefold()}]
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="person", name=name)
    return found[0].uid


def _standing_lines(facts: Shown) -> list[str]:
    return [f"{standing_words(facts.decision.standing)}: {facts.why}", *facts.remarks]


def _words(facts: Shown) -> str:
    one = facts.decision
    rows = [
        (text("Standing"), standing_words(one.standing)),
        ("", facts.why),
        (text("Decided"), one.decided_on.isoformat()),
        (text("Place"), facts.place),
        (text("Role"), one.role),
        (text("Scenario"), one.scenario),
        (text("Why"), one.why),
        (text("Amount"), amount_words(one.amount, one.unit)),
        (text("Escalated"), text("yes") if one.escalated else ""),
        (text("Commitment"), facts.goal),
        (text("Contradicts it"), text("yes") if one.contradicts else ""),
        (text("Customers touched"), "" if one.customers is None else f"{one.customers:,}"),
        (text("Cost and effect"), one.effect),
        (text("Exception standard"), one.exception),
        (text("Expires"), one.expires.isoformat() if one.expires is not None else ""),
        (text("Source"), " ".join(filter(None, (one.source, one.key)))),
        *((text("Look at"), remark) for remark in facts.remarks),
        *((f"{step.at:%Y-%m-%d %H:%M}", f"{step.person}: {', '.join(step.fields)}"[:200]) for step in facts.history),
    ]
    widest = max(len(name) for name, _ in rows)
    lines = [f"{name.ljust(widest)}  {value}" for name, value in rows if value]
    return "\n".join([f"{one.number} {one.title}", *lines])


def _as_table(lines: list[DecisionLine]) -> str:
    heads = ("Number", "Decided", "Place", "Role", "Standing", "Amount", "Decision")
    rows = [
        (
            one.number,
            one.decided_on,
            one.place,
            one.role,
            standing_words(one.standing),
            amount_words(one.amount, one.unit),
            one.title,
        )
        for one in lines
    ]
    return table(rows, [text(head) for head in heads])
