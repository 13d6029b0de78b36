"""`gemba meeting`: planned by cadence, with an agenda of what waits; held with minutes, decisions that go on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, query
from gemba.cli.meeting_showing import list_table, shown
from gemba.cli.naming import named
from gemba.cli.programme_options import Days, day_of
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.agendas import record_of
from gemba.domain.governance import Meeting
from gemba.errors import Refusal
from gemba.store.list_of import Query
from gemba.store.meeting_lists import MEETINGS
from gemba.wording import plural
from gemba.work import meetings, minutes
from gemba.work.agenda_entries import is_open
from gemba.work.bodies import body_named
from gemba.work.desk import Desk
from gemba.work.meeting_facts import meeting_facts
from gemba.work.meeting_sheet import meeting_pdf

commands = typer.Typer(no_args_is_help=True)

_Meeting = Annotated[str, typer.Argument(help="Number or uid of the meeting.", show_default=False)]
_Entry = Annotated[str, typer.Argument(help="Position of the entry on the agenda, or the entry.", show_default=False)]
_Reason = Annotated[str, typer.Option("--reason", help="Why; whoever was to come reads it.")]
_Out = Annotated[Path | None, typer.Option("--out", help="PDF to write.")]
_NoNames = Annotated[bool, typer.Option("--no-names", help="You looked: what may be names is none.")]


@commands.command("plan")
def plan(
    context: typer.Context,
    body: Annotated[str, typer.Argument(help="Title or uid of the body.", show_default=False)],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=Days, help="Day; else the next of the cadence.")
    ] = None,
    words: Annotated[list[str] | None, typer.Option("--entry", help="Further entry, in own words.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Plan a meeting: its agenda is what rolled over, what waits, and own words."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            of = body_named(reader, body).uid
        _tell(desk, meetings.plan(desk, of, day_of(on), words=words or ()).uid, as_json=as_json)


@commands.command("agenda")
def agenda(
    context: typer.Context,
    meeting: _Meeting,
    build: Annotated[bool, typer.Option("--build", help="Build it again from what waits now.")] = False,
    add: Annotated[list[str] | None, typer.Option("--add", help="Entry in own words; repeatable.")] = None,
    order: Annotated[
        str, typer.Option("--order", help="Positions in the order that is wanted: 3,1,2; those left out come off.")
    ] = "",
    out: _Out = None,
    no_names: _NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show an agenda (or the minutes, once it was held); build, order, add, print it."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, meeting)
        if build:
            meetings.build(desk, about.uid)
        for each in add or ():
            meetings.add_entry(desk, about.uid, each)
        if order:
            with desk.reader() as reader:
                one = named(reader, Meeting, about.uid)
            meetings.arrange(desk, about.uid, [_entry(one, each.strip()) for each in order.split(",")])
        if out is not None:
            _print(desk, about.uid, out, no_names=no_names)
        _tell(desk, about.uid, as_json=as_json)


@commands.command("move")
def move(
    context: typer.Context,
    meeting: _Meeting,
    on: Annotated[datetime, typer.Option("--on", formats=Days, help="The new day.")],
    reason: _Reason = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move a planned meeting to another day."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, meeting)
        meetings.move(desk, about.uid, on.date(), reason)
        _tell(desk, about.uid, as_json=as_json)


@commands.command("decide")
def decide(
    context: typer.Context,
    meeting: _Meeting,
    entry: _Entry,
    decision: Annotated[str, typer.Option("--decision", help="What was decided; empty takes it back.")] = "",
    carry: Annotated[
        bool, typer.Option("--carry", help="Of minutes: let the escalation or action take the decision over.")
    ] = False,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=Days, help="Last day on which it holds, or new due date.")
    ] = None,
    no_names: _NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Note the decision on an entry while the meeting sits; with --carry, hand that of the minutes to its record."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, meeting)
        if carry:
            minutes.carry(desk, about.uid, _entry(about, entry), day_of(until))
        else:
            minutes.decide(desk, about.uid, _entry(about, entry), decision, are_no_names=no_names)
        _tell(desk, about.uid, as_json=as_json)


@commands.command("hold")
def hold(
    context: typer.Context,
    meeting: _Meeting,
    present: Annotated[list[str], typer.Option("--present", help="Role that was there; repeatable, guests too.")],
    words: Annotated[str, typer.Option("--minutes", help="What was said.")] = "",
    decisions: Annotated[
        list[str] | None, typer.Option("--decide", help="POSITION=DECISION; repeatable.", show_default=False)
    ] = None,
    carry: Annotated[
        list[str] | None,
        typer.Option("--carry", help="POSITION or POSITION=DAY: its record takes the decision over, until that day."),
    ] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=Days, help="Day; today when left out.")] = None,
    out: _Out = None,
    no_names: _NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep the minutes; they are frozen from then on, and what has no decision rolls over."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, meeting)
        said = minutes.Minutes(
            present=tuple(present),
            minutes=words,
            decided={_entry(about, at): decision for at, decision in _pairs(decisions)},
            carry={_entry(about, at): _day(day) for at, day in _pairs(carry)},
            held_on=day_of(on),
            are_no_names=no_names,
        )
        minutes.hold(desk, about.uid, said)
        if out is not None:
            _print(desk, about.uid, out, no_names=no_names)
        _tell(desk, about.uid, as_json=as_json)


@commands.command("call-off")
def call_off(
    context: typer.Context,
    meeting: _Meeting,
    reason: _Reason = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Call a planned meeting off; its agenda rolls over."""
    with desk_at(context, store, make=False) as desk:
        about = _known(desk, meeting)
        meetings.call_off(desk, about.uid, reason)
        _tell(desk, about.uid, as_json=as_json)


@commands.command("correct")
def correct(
    context: typer.Context,
    meeting: _Meeting,
    words: Annotated[str, typer.Option("--text", help="What is wrong in the minutes.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Correct frozen minutes: an entry of the next meeting of the body."""
    with desk_at(context, store, make=False) as desk:
        _tell(desk, meetings.correct(desk, _known(desk, meeting).uid, words).uid, as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    place: PlaceFilter = None,
    state: Annotated[
        str | None, typer.Option("--state", help="planned, waits (its minutes are missing), held or cancelled.")
    ] = None,
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List meetings, the latest first."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, "", place, state, "-planned_on")
        where = dict(asked.where) | ({"body": (body_named(reader, body).uid,)} if body else {})
        lines = MEETINGS.first(reader, Query(where=where, sort=asked.sort, descending=True), limit=limit)
    say(lines, list_table(lines), as_json=as_json)


def _known(desk: Desk, name: str) -> Meeting:
    with desk.reader() as reader:
        return named(reader, Meeting, name)


def _entry(meeting: Meeting, said: str) -> str:
    """The entry that a position or its words mean.

    Raises:
        Refusal: there is none.
    """
    if said in meeting.agenda:
        return said
    if said.isdigit() and 1 <= int(said) <= len(meeting.agenda):
        return meeting.agenda[int(said) - 1]
    found = [entry for entry in meeting.agenda if record_of(entry)[1].startswith(said) and record_of(entry)[1]]
    if len(found) != 1 or not said:
        raise Refusal("work.not_on_agenda", number=meeting.number, entry=said)
    return found[0]


def _pairs(said: list[str] | None) -> list[tuple[str, str]]:
    return [(at.strip(), rest) for at, _, rest in (each.partition("=") for each in said or ())]


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise typer.BadParameter(f"{said} is no day; write it as 2026-03-31") from error


def _print(desk: Desk, uid: str, out: Path, *, no_names: bool) -> None:
    with desk.reader() as reader:
        facts = meeting_facts(reader, desk, uid)
    meeting_pdf(desk, facts, out, are_no_names=no_names)


def _tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = meeting_facts(reader, desk, uid)
        settled = sum(not is_open(reader, entry) for entry in facts.meeting.agenda)
    gone = plural("{n} entry is settled already.", "{n} entries are settled already.", settled) if settled else ""
    say(facts, "\n".join(filter(None, (shown(facts), gone))), as_json=as_json)
