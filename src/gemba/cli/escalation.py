"""`gemba escalation`: raise what a place cannot settle by itself, move it on, decide it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
import typer

from gemba.cli import escalation_log, escalation_tiers, proof
from gemba.cli.escalation_options import (
    CustomerSide,
    NextBy,
    NextStep,
    OtherSide,
    Tried,
    Uid,
    day_of,
    place_known,
    subject_of,
    tell,
)
from gemba.cli.escalation_showing import table_of, words_of
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.escalations import Escalation, EscalationSort, EscalationState
from gemba.errors import Refusal
from gemba.store.escalation_lists import DUE, ESCALATIONS
from gemba.store.list_of import Query
from gemba.work import escalation_decisions, escalation_moves
from gemba.work.desk import Desk
from gemba.work.escalation_facts import facts_of
from gemba.work.escalation_subjects import case_of, open_divergence
from gemba.work.escalations import Case, escalate, open_conflict

commands = typer.Typer(no_args_is_help=True)
commands.add_typer(escalation_tiers.commands, name="tier")
commands.command("tiers")(escalation_tiers.list_)
commands.command("log")(escalation_log.log)
proof.register_escalations(commands)


@commands.command("raise")
def raise_(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", help="What it is about, in a few words.")] = "",
    tried: Tried = "",
    asked: Annotated[str, typer.Option("--asked", help="The decision that is asked for.")] = "",
    sort: Annotated[EscalationSort, typer.Option("--sort", help="Why it is raised.")] = EscalationSort.OPERATIONAL,
    place: Annotated[str | None, typer.Option("--place", help="Name or uid of the place.")] = None,
    severity: Annotated[str, typer.Option("--severity", help="low, medium or high.")] = "",
    about: Annotated[
        str,
        typer.Option("--about", help="finding, action, complaint, decision or signal, and its number: finding:F-1."),
    ] = "",
    goal: Annotated[str, typer.Option("--goal", help="Uid of the commitment at stake.")] = "",
    link: Annotated[list[str] | None, typer.Option("--link", help="noun:uid of a further record.")] = None,
    customer: CustomerSide = "",
    other: OtherSide = "",
    owner: Annotated[str, typer.Option("--owner", help="Role that answers; else that of the first tier.")] = "",
    next_step: NextStep = "",
    next_by: NextBy = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise an escalation to the first tier; of a signal that diverges all is written already."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            noun, uid = subject_of(reader, about) if about else ("", "")
            drafted = case_of(reader, noun, uid) if about else None
        if drafted is not None and drafted.sort is EscalationSort.DIVERGENCE and not tried:
            tell(desk, open_divergence(desk, uid, noun).uid, as_json=as_json)
            return
        if noun == "decision" and goal and sort is EscalationSort.CONFLICT and not tried:
            tell(desk, open_conflict(desk, uid, goal).uid, as_json=as_json)
            return
        where = place_known(desk, place) if place else drafted.place if drafted else ""
        if not where:
            raise Refusal("cli.escalation_where")
        said = {
            "title": title,
            "severity": severity,
            "customer_side": customer,
            "other_side": other,
        }
        case = msgspec.structs.replace(
            drafted or Case(title="", place=where, tried="", asked=""),
            place=where,
            tried=tried,
            asked=asked,
            sort=sort,
            links=tuple(link or ()),
            goal=goal or None,
            owner=owner,
            next_step=next_step,
            next_by=day_of(next_by),
            **{name: value for name, value in said.items() if value},
        )
        tell(desk, escalate(desk, case).uid, as_json=as_json)


@commands.command("step")
def step(
    context: typer.Context,
    uid: Uid,
    tried: Tried = "",
    next_step: NextStep = "",
    next_by: NextBy = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise it to the next tier; say what was tried since."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_moves.step(desk, about, tried, next_step=next_step, next_by=day_of(next_by))
        tell(desk, about, as_json=as_json)


@commands.command("skip")
def skip(
    context: typer.Context,
    uid: Uid,
    reason: Annotated[str, typer.Option("--reason", help="Why the tier between is passed over; it is told.")] = "",
    to: Annotated[
        int | None, typer.Option("--to", help="Number of the tier; the one after the next when left out.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise it past a tier; everybody may."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_moves.skip(desk, about, reason, to=to)
        tell(desk, about, as_json=as_json)


@commands.command("tried")
def tried_(
    context: typer.Context, uid: Uid, words: Tried = "", as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Write down what was tried meanwhile."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_moves.tried(desk, about, words)
        tell(desk, about, as_json=as_json)


@commands.command("answer")
def answer(
    context: typer.Context,
    uid: Uid,
    said: Annotated[str, typer.Option("--text", help="What the tier answers.")] = "",
    next_step: NextStep = "",
    next_by: NextBy = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """The present tier answers without deciding yet: what it says, what happens next, until when."""
    day = day_of(next_by)
    if day is None:
        raise typer.BadParameter("say until when with --by YYYY-MM-DD")
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_moves.answer(desk, about, said, next_step=next_step, next_by=day)
        tell(desk, about, as_json=as_json)


@commands.command("next")
def next_(
    context: typer.Context,
    uid: Uid,
    next_step: NextStep = "",
    next_by: NextBy = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what happens next and until when."""
    day = day_of(next_by)
    if day is None:
        raise typer.BadParameter("say until when with --by YYYY-MM-DD")
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_moves.set_next(desk, about, next_step, day)
        tell(desk, about, as_json=as_json)


@commands.command("decide")
def decide(
    context: typer.Context,
    uid: Uid,
    outcome: Annotated[str, typer.Option("--outcome", help="What was decided.")] = "",
    by: Annotated[str, typer.Option("--by", help="Role or body; else the forum or the tier's owner.")] = "",
    expires: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day on which it holds.")
    ] = None,
    customer: CustomerSide = "",
    other: OtherSide = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Decide it; conflict and compliance need both sides and a last day."""
    ruling = escalation_decisions.Ruling(
        outcome=outcome, decided_by=by, expires=day_of(expires), customer_side=customer, other_side=other
    )
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_decisions.decide(desk, about, ruling)
        tell(desk, about, as_json=as_json)


@commands.command("reopen")
def reopen(
    context: typer.Context,
    uid: Uid,
    reason: Annotated[str, typer.Option("--reason", help="Why it is opened again.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Open it again, with the clock of its tier anew."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_decisions.reopen(desk, about, reason)
        tell(desk, about, as_json=as_json)


@commands.command("withdraw")
def withdraw(
    context: typer.Context,
    uid: Uid,
    reason: Annotated[str, typer.Option("--reason", help="Why nobody needs to decide it any more.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Withdraw it."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_decisions.withdraw(desk, about, reason)
        tell(desk, about, as_json=as_json)


@commands.command("reword")
def reword(
    context: typer.Context,
    uid: Uid,
    title: Annotated[str | None, typer.Option("--title", help="What it is about.")] = None,
    tried: Annotated[str | None, typer.Option("--tried", help="What was tried.")] = None,
    asked: Annotated[str | None, typer.Option("--asked", help="What is asked for.")] = None,
    customer: Annotated[str | None, typer.Option("--customer-side", help="What speaks for the customer.")] = None,
    other: Annotated[str | None, typer.Option("--other-side", help="What speaks against it.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="What was decided.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Word it anew, for instance without a person's name; what stood there stays in its history."""
    said = {"title": title, "tried": tried, "asked": asked, "customer_side": customer, "other_side": other}
    written = {name: words for name, words in (said | {"outcome": outcome}).items() if words is not None}
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, uid)
        escalation_decisions.reword(desk, about, **written)
        tell(desk, about, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show an escalation with its clock, its tiers and its history."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        facts = facts_of(reader, named(reader, Escalation, uid).uid)
    say(facts, words_of(facts), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = "open",
    due: Annotated[
        bool, typer.Option("--due", help="Only what has run out or does so within a day, decisions too.")
    ] = False,
    filters: Annotated[
        list[str] | None, typer.Option("--where", help="filter=value, for example sort=conflict.")
    ] = None,
    sort: SortOption = "due_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List open escalations, those that run out first; --state all for every one."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, place, None if due else state, sort, states=EscalationState)
        where = dict(asked.where) | ({"clock": DUE} if due else {})
        for one in filters or []:
            name, _, values = one.partition("=")
            where[name] = tuple(values.split(","))
        meant = Query(search=asked.search, where=where, sort=asked.sort, descending=asked.descending)
        lines = ESCALATIONS.first(reader, meant, limit=limit)
    say(lines, table_of(lines), as_json=as_json)


def _known(desk: Desk, name: str) -> str:
    with desk.reader() as reader:
        return named(reader, Escalation, name).uid
