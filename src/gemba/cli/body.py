"""`gemba body`: councils, boards, huddles and forums; who sits in them, and when they meet."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from gemba.cli.body_showing import list_table, shown
from gemba.cli.listing import PlaceFilter
from gemba.cli.programme_options import Days, day_of, person_of, place_of
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.governance import BodyMember
from gemba.domain.seats import on_day, plain
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work import bodies as work
from gemba.work.desk import Desk
from gemba.work.meeting_facts import body_facts

commands = typer.Typer(no_args_is_help=True)

_Body = Annotated[str, typer.Argument(help="Title or uid of the body.", show_default=False)]
_Words = Annotated[str | None, typer.Option(show_default=False)]
_Takes = Annotated[
    str | None,
    typer.Option(
        "--takes", help="What agendas are built from: escalation,action,commitment,finding,signal,review,audit."
    ),
]
_Quorum = Annotated[int | None, typer.Option("--quorum", help="Seats that have to be there to decide; 0 for one.")]
_Rule = Annotated[str | None, typer.Option("--rule", help="When it meets: FREQ=MONTHLY;BYDAY=1MO (RFC 5545).")]
_At = Annotated[str | None, typer.Option("--at", help="Time of day, 09:30; empty for the whole day.")]
_Minutes = Annotated[int | None, typer.Option("--minutes", help="How long it takes.")]
_Zone = Annotated[str | None, typer.Option("--zone", help="Time zone, Europe/Berlin; that of the place when left out.")]
_Starts = Annotated[datetime | None, typer.Option("--starts", formats=Days, help="First day of the cadence.")]
_Closed = Annotated[list[str] | None, typer.Option("--closed", help="Closed day, 2026-12-25; repeatable.")]


@commands.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="By which people know it.", show_default=False)],
    purpose: Annotated[str, typer.Option("--purpose", help="What it decides.")] = "",
    place: PlaceFilter = None,
    takes: _Takes = None,
    quorum: _Quorum = None,
    seats: Annotated[list[str] | None, typer.Option("--seat", help="Role that sits in it; the first chairs.")] = None,
    rule: _Rule = None,
    at: _At = None,
    minutes: _Minutes = None,
    zone: _Zone = None,
    starts: _Starts = None,
    closed: _Closed = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep a body: what it is for, what it takes, who sits in it, when it meets."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_of(reader, place)
        draft = work.BodyDraft(
            title=title,
            purpose=purpose,
            place=where,
            takes=_codes(takes),
            quorum=quorum or None,
            cadence=_cadence(rule, at, minutes, zone, starts, closed),
            seats=tuple(seats or ()),
        )
        _tell(desk, work.add(desk, draft).uid, as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    body: _Body,
    title: _Words = None,
    purpose: _Words = None,
    takes: _Takes = None,
    quorum: _Quorum = None,
    rule: _Rule = None,
    at: _At = None,
    minutes: _Minutes = None,
    zone: _Zone = None,
    starts: _Starts = None,
    closed: _Closed = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what a body is or when it meets; meetings that are planned keep their day."""
    said: dict[str, Any] = {"title": title, "purpose": purpose}
    fields = {name: value for name, value in said.items() if value is not None}
    fields |= {"takes": _codes(takes)} if takes is not None else {}
    fields |= {"quorum": quorum or None} if quorum is not None else {}
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, body)
        work.change(desk, uid, cadence=_cadence(rule, at, minutes, zone, starts, closed), **fields)
        _tell(desk, uid, as_json=as_json)


@commands.command("seat")
def seat(
    context: typer.Context,
    body: _Body,
    role: Annotated[str, typer.Argument(help="The seat, by role.", show_default=False)],
    member: Annotated[str, typer.Option("--member", help="Who has it, where known; vacant when left out.")] = "",
    chair: Annotated[bool, typer.Option("--chair", help="It has the chair.")] = False,
    begins: Annotated[datetime | None, typer.Option("--from", formats=Days, help="First day of the term.")] = None,
    ends: Annotated[datetime | None, typer.Option("--until", formats=Days, help="Last day of the term.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give a body a seat, or a seat its next term."""
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, body)
        with desk.reader() as reader:
            who = person_of(reader, member) if member else None
        wanted = work.Seat(role=role, member=who, is_chair=chair, begins=day_of(begins), ends=day_of(ends))
        work.seat(desk, uid, wanted)
        _tell(desk, uid, as_json=as_json)


@commands.command("end")
def end(
    context: typer.Context,
    body: _Body,
    role: Annotated[str, typer.Argument(help="The seat, by role; the whole body when left out.")] = "",
    on: Annotated[datetime | None, typer.Option("--on", formats=Days, help="Last day; today when left out.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """End the term of a seat; without a role the body is dissolved, and its minutes stay."""
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, body)
        if role:
            with desk.reader() as reader:
                member = _seat_named(reader, desk, uid, role)
            work.end(desk, member, day_of(on))
        else:
            work.retire(desk, uid)
        _tell(desk, uid, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, body: _Body, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a body with its seats, its next dates and what keeps it from deciding."""
    with desk_at(context, store, make=False) as desk:
        _tell(desk, _uid(desk, body), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    dissolved: Annotated[bool, typer.Option("--dissolved", help="Also those that are dissolved.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List bodies with their seats and the next date of each."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = [body_facts(reader, desk, one.uid) for one in work.bodies(reader, retired=dissolved)]
    say(found, list_table(found), as_json=as_json)


def _tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = body_facts(reader, desk, uid)
    say(facts, shown(facts), as_json=as_json)


def _uid(desk: Desk, name: str) -> str:
    with desk.reader() as reader:
        return work.body_named(reader, name).uid


def _seat_named(reader: Reader, desk: Desk, body: str, role: str) -> str:
    """The term of a role that runs, else the next one.

    Raises:
        Refusal: there is none.
    """
    today = desk.clock().date()
    every = [one for one in reader.find(BodyMember, body=body) if plain(one.role) == plain(role) or one.uid == role]
    running = on_day(every, today) or sorted((one for one in every if one.begins > today), key=lambda one: one.begins)
    if not running:
        raise Refusal("cli.unknown", noun="seat", name=role)
    return running[0].uid


def _codes(said: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (said or "").split(",") if each.strip())


def _cadence(
    rule: str | None,
    at: str | None,
    minutes: int | None,
    zone: str | None,
    starts: datetime | None,
    closed: list[str] | None,
) -> work.Cadence | None:
    if rule is None:
        if at or minutes or zone or starts or closed:
            raise typer.BadParameter("say how often with --rule FREQ=MONTHLY;BYDAY=1MO")
        return None
    return work.Cadence(
        rule=rule, at=at or "", minutes=minutes, zone=zone or "", starts=day_of(starts), closed_on=tuple(closed or ())
    )
