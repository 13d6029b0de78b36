"""`gemba schedule`: what comes again, when next, and what is made of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from gemba.cli.listing import PlaceFilter
from gemba.cli.naming import template_named
from gemba.cli.programme_options import Because, Days, First, Last, ScheduleName, day_of, person_of, place_of
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.schedule_showing import changed_words, dates_table, facts_of, list_table, made_words, shown
from gemba.cli.world import desk_at
from gemba.domain.programmes import WorkingDay
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import make_scheduled
from gemba.work import schedules as work
from gemba.work.plan_audits import audit_named

commands = typer.Typer(no_args_is_help=True)

_Rule = Annotated[str | None, typer.Option("--rule", help="FREQ=MONTHLY;BYDAY=1MO, as calendars write it (RFC 5545).")]
_Day = Annotated[datetime | None, typer.Option(formats=Days, show_default=False)]
_Words = Annotated[str | None, typer.Option(show_default=False)]
_Number = Annotated[int | None, typer.Option(show_default=False)]
_At = Annotated[str | None, typer.Option("--at", help="Time of day, 09:30; empty for the whole day.")]
_Zone = Annotated[str | None, typer.Option("--zone", help="Time zone, Europe/Berlin; that of the place when left out.")]
_Working = Annotated[WorkingDay | None, typer.Option("--working-day", help="What becomes of dates on other days.")]
_Week = Annotated[str | None, typer.Option("--week", help="Working days: MO,TU,WE,TH,FR.")]
_Closed = Annotated[list[str] | None, typer.Option("--closed", help="Closed day, 2026-12-25; repeatable.")]
_Grace = Annotated[int | None, typer.Option("--grace", help="Days after the date within which it counts as held.")]
_Spread = Annotated[int | None, typer.Option("--spread", help="Random days, up to so many, that each date is moved.")]
_Auditors = Annotated[
    list[str] | None,
    typer.Option("--auditor", help="Lead of the audits it makes; several take turns; repeatable."),
]


@commands.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="By which people know it.", show_default=False)],
    rule: Annotated[str, typer.Option("--rule", help="FREQ=MONTHLY;BYDAY=1MO (RFC 5545).", show_default=False)],
    subject: Annotated[str, typer.Option("--subject", help="audit, walk, review, or a record as noun:uid.")] = "audit",
    place: PlaceFilter = None,
    template: Annotated[str, typer.Option("--template", help="Checklist of walks.")] = "",
    owner: _Words = None,
    starts: _Day = None,
    ends: _Day = None,
    at: _At = None,
    minutes: _Number = None,
    zone: _Zone = None,
    working_day: _Working = None,
    week: _Week = None,
    closed: _Closed = None,
    grace: _Grace = None,
    spread: _Spread = None,
    seed: _Words = None,
    auditor: _Auditors = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep a schedule; it starts today unless that is said."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            said = _fields(
                place=place_of(reader, place),
                template=template_named(reader, template).uid if template else None,
                auditors=_people(reader, auditor),
                **_told(owner, ends, at, minutes, zone, working_day, week, closed, grace, spread, seed),
            )
        first = day_of(starts) or desk.clock().date()
        uid = work.add(desk, work.Draft(title=title, rule=rule, subject=subject, starts=first, **said)).uid
        with desk.reader() as reader:
            facts = facts_of(reader, work.schedule_named(reader, uid))
    say(facts, shown(facts), as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    schedule: ScheduleName,
    open_ones: Annotated[
        str, typer.Option("--open", help="Audits that are planned already: yes, no, or their numbers with commas.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with each audit that is moved.")] = "",
    title: _Words = None,
    rule: _Rule = None,
    owner: _Words = None,
    starts: _Day = None,
    ends: _Day = None,
    at: _At = None,
    minutes: _Number = None,
    zone: _Zone = None,
    working_day: _Working = None,
    week: _Week = None,
    closed: _Closed = None,
    grace: _Grace = None,
    spread: _Spread = None,
    seed: _Words = None,
    auditor: _Auditors = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a schedule; whether planned audits move along must be said where there are any."""
    told = _told(owner, ends, at, minutes, zone, working_day, week, closed, grace, spread, seed)
    fields = _fields(title=title, rule=rule, starts=day_of(starts), **told)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = work.schedule_named(reader, schedule)
            meant = _open_ones(reader, open_ones)
            fields |= _fields(auditors=_people(reader, auditor))
        changed = work.change(desk, about.uid, fields, open_ones=meant, reason=reason)
        with desk.reader() as reader:
            facts = facts_of(reader, work.schedule_named(reader, about.uid))
    answer = {"schedule": facts, "moved": changed.moved, "left": changed.left}
    say(answer, f"{shown(facts)}\n{changed_words(changed)}".rstrip(), as_json=as_json)


@commands.command("preview")
def preview(
    context: typer.Context,
    schedule: ScheduleName,
    first: First = None,
    count: Annotated[int, typer.Option("--count", min=1, max=200, help="How many dates.")] = work.PREVIEWED,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the next dates, with what is moved or left out and why."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        about = work.schedule_named(reader, schedule)
        facts = facts_of(reader, about, day_of(first), count)
    say(facts.dates, dates_table(facts), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Also those out of use.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List schedules with the next date of each."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = [facts_of(reader, one, count=1) for one in work.schedules(reader, retired=retired)]
    say(found, list_table(found), as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context, schedule: ScheduleName, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Take a schedule out of use; what was planned from it stays planned."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = work.schedule_named(reader, schedule)
            waiting = len(work.open_audits(reader, about))
        work.retire(desk, about.uid)
    words = text(
        "“{title}” is out of use; {n:audit that was planned from it stays|audits that were planned from it stay}.",
        title=about.title,
        n=waiting,
    )
    say({"uid": about.uid, "open": waiting}, words, as_json=as_json)


@commands.command("make")
def make(
    context: typer.Context,
    schedule: Annotated[list[str] | None, typer.Argument(help="Title or uid; all in use when left out.")] = None,
    first: First = None,
    last: Last = None,
    auditor: Annotated[str, typer.Option("--auditor", help="Lead of the audits; else whose turn it is.")] = "",
    because: Because = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make what is due from one day (today) to another (three months on); made twice, nothing is there twice."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            named = [work.schedule_named(reader, name) for name in schedule or []] or work.schedules(reader)
            lead = person_of(reader, auditor) if auditor else None
        begins = day_of(first) or desk.clock().date()
        ends = day_of(last) or begins + timedelta(91)
        made = {
            one.title: make_scheduled.make(desk, one.uid, begins, ends, auditor=lead, independent_because=because)
            for one in named
        }
    say(made, made_words(made), as_json=as_json)


def _told(
    owner: str | None,
    ends: datetime | None,
    at: str | None,
    minutes: int | None,
    zone: str | None,
    working_day: WorkingDay | None,
    week: str | None,
    closed: list[str] | None,
    grace: int | None,
    spread: int | None,
    seed: str | None,
) -> dict[str, Any]:
    """Options under the names of the schedule's fields."""
    return {
        "owner": owner,
        "ends": day_of(ends),
        "at": at,
        "minutes": minutes,
        "zone": zone,
        "working_day": working_day,
        "week": None if week is None else tuple(each.strip().upper() for each in week.split(",") if each.strip()),
        "closed_on": None if closed is None else tuple(closed),
        "grace_days": grace,
        "spread_days": spread,
        "seed": seed,
    }


def _people(reader: Reader, names: list[str] | None) -> tuple[Uid, ...] | None:
    """The people of these names; nobody for one empty name, `None` when none was said."""
    return None if names is None else tuple(person_of(reader, name) for name in names if name.strip())


def _fields(**said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _open_ones(reader: Reader, said: str) -> bool | list[Uid] | None:
    """What `--open` means.

    Raises:
        Refusal: a number is that of no audit.
    """
    if not said:
        return None
    if said.casefold() in {"yes", "no"}:
        return said.casefold() == "yes"
    numbers = [each.strip() for each in said.split(",") if each.strip()]
    if not numbers:
        raise Refusal("cli.open_ones", given=said)
    return [audit_named(reader, number).uid for number in numbers]
