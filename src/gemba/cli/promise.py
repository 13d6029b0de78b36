"""`gemba promise`: the promise ledger, and the sheet that tells the team what became of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli import proof
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.programme_options import person_of
from gemba.cli.proof import Files, loaded
from gemba.cli.rotation_options import Day, NoNames, PromiseArgument, Reason, day_of, place_known
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment
from gemba.domain.record import Record
from gemba.domain.rotations import Commitment, CommitmentState, Rotation
from gemba.store.commitment_lists import COMMITMENTS, CommitmentLine
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import commitments
from gemba.work.commitments import Word
from gemba.work.desk import Desk
from gemba.work.ledger import CommitmentFacts, LedgerFacts, commitment_facts, ledger
from gemba.work.rotation_words import kept_words, promise_state_words
from gemba.work.you_said import you_said, you_said_sheet

commands = typer.Typer(no_args_is_help=True)
proof.register_promises(commands)

_Outcome = Annotated[str, typer.Option("--outcome", help="What was done, so that people can see it.")]


@commands.command("add")
def add(
    context: typer.Context,
    said: Annotated[str, typer.Option("--said", help="What they said.")] = "",
    promised: Annotated[str, typer.Option("--text", help="What was promised.")] = "",
    to: Annotated[str, typer.Option("--to", help="To whom, by role.")] = "",
    role: Annotated[str, typer.Option("--role", help="Who promised, by role.")] = "",
    due: Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="By when.")] = None,
    on: Day = None,
    place: Annotated[str, typer.Option("--place", help="Where; that of the rotation or record when left out.")] = "",
    leader: Annotated[str, typer.Option("--leader", help="Name or uid of the leader.")] = "",
    rotation: Annotated[str, typer.Option("--rotation", help="Number or uid of the rotation.")] = "",
    record: Annotated[str, typer.Option("--record", help="Number or uid of the walk or observation record.")] = "",
    action: Annotated[str, typer.Option("--action", help="Number or uid of the action that keeps it.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put a promise into the ledger."""
    if due is None:
        raise typer.BadParameter("say by when with --due YYYY-MM-DD")
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            word = Word(
                said=said,
                text=promised,
                to=to,
                role=role,
                due=due.date(),
                made_on=day_of(on),
                place=place_known(reader, place) if place else None,
                leader=person_of(reader, leader) if leader else None,
                rotation=_uid(reader, Rotation, rotation),
                assessment=_uid(reader, Assessment, record),
                action=_uid(reader, Action, action),
            )
        _tell(desk, commitments.add(desk, word).uid, as_json=as_json)


@commands.command("keep")
def keep(
    context: typer.Context,
    uid: PromiseArgument,
    outcome: _Outcome = "",
    on: Day = None,
    file: Files = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """It is kept: say with what. A done action's proof is taken when nothing is said."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            facts = commitment_facts(reader, named(reader, Commitment, uid).uid)
        words = outcome or facts.proposed
        commitments.keep(desk, facts.commitment.uid, words, on=day_of(on), files=loaded(file))
        _tell(desk, facts.commitment.uid, as_json=as_json)


@commands.command("break")
def break_(
    context: typer.Context,
    uid: PromiseArgument,
    reason: Reason = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """It is not kept: say why."""
    _do(context, store, uid, commitments.break_, reason, as_json=as_json)


@commands.command("withdraw")
def withdraw(
    context: typer.Context,
    uid: PromiseArgument,
    reason: Reason = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Nobody needs it any more: say why."""
    _do(context, store, uid, commitments.withdraw, reason, as_json=as_json)


@commands.command("link")
def link(
    context: typer.Context,
    uid: PromiseArgument,
    action: Annotated[str, typer.Option("--action", help="Number or uid of the action; - for none.")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say which action keeps it."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        keeps = None if action == "-" else named(reader, Action, action).uid
    _do(context, store, uid, commitments.link, keeps, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: PromiseArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a promise."""
    with desk_at(context, store, make=False) as desk:
        _tell(desk, _known(desk, uid), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    sort: SortOption = "due",
    limit: LimitOption = 100,
    shares: Annotated[bool, typer.Option("--shares", help="What share was kept, by place and role.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List promises; --state overdue for those that are late, --shares for what was kept."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            asked = query(reader, search, place, state, sort, states=(*CommitmentState, "overdue"))
            lines = COMMITMENTS.first(reader, asked, limit=limit)
        if shares:
            found = ledger(desk, asked.where.get("place", (None,))[0])
            say(found, _shares(found), as_json=as_json)
            return
    say(lines, _table(lines), as_json=as_json)


@commands.command("sheet")
def sheet(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place.")],
    out: Annotated[Path, typer.Option("--out", help="PDF to write.")],
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="First day; half a year ago.")
    ] = None,
    no_names: NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the page "You said, we did" for the team of a place."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_known(reader, place)
        facts = you_said(desk, where, since=day_of(since))
        made = you_said_sheet(desk, where, out, since=day_of(since), are_no_names=no_names)
    say({"file": out, "pages": made.pages, "facts": facts}, text("Wrote {file}.", file=out), as_json=as_json)


def _do(context: typer.Context, store: Path | None, name: str, doing: Any, said: str | None, *, as_json: bool) -> None:
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, name)
        doing(desk, about, said)
        _tell(desk, about, as_json=as_json)


def _uid(reader: Reader, noun: type[Record], name: str) -> str | None:
    return named(reader, noun, name).uid if name else None


def _known(desk: Desk, name: str) -> str:
    with desk.reader() as reader:
        return named(reader, Commitment, name).uid


def _tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = commitment_facts(reader, uid)
    say(facts, _words(facts), as_json=as_json)


def _words(facts: CommitmentFacts) -> str:
    one = facts.commitment
    said = [
        (text("Number"), one.number),
        (text("Uid"), one.uid),
        (text("They said"), one.said),
        (text("Promised"), one.text),
        (text("To"), one.to),
        (text("By"), one.role),
        (text("Place"), facts.place),
        (text("Made on"), one.made_on),
        (text("Until"), one.due),
        (text("State"), promise_state_words(facts.state)),
        (text("Kept on"), one.kept_on),
        (text("Outcome"), one.outcome),
        (text("Rotation"), facts.rotation),
        (text("Action"), facts.action.number if facts.action else ""),
        (text("The action is done; is the promise kept?"), facts.proposed),
    ]
    return "\n".join(f"{name}: {value}" for name, value in said if value)


def _table(lines: list[CommitmentLine]) -> str:
    shown = [
        (one.number, one.due, promise_state_words(one.state), one.place, one.role, one.said, one.text, one.outcome)
        for one in lines
    ]
    heads = ("Number", "Until", "State", "Place", "By", "They said", "Promised", "Outcome")
    return table(shown, [text(name) for name in heads])


def _shares(found: LedgerFacts) -> str:
    lines = [(text("All"), found.whole), *((one.title, one.kept) for one in (*found.places, *found.roles))]
    shown = [(title, kept_words(kept), kept.in_time, kept.overdue, kept.open) for title, kept in lines]
    return table(shown, [text(name) for name in ("Place or role", "Kept (95 %)", "In time", "Overdue", "Not due")])
