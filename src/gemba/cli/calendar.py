"""`gemba calendar`: all that comes again or is due, what is overdue, and a file for other calendars."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.calendar_showing import lines_of, table_of
from gemba.cli.listing import LimitOption, PlaceFilter
from gemba.cli.programme_options import Days, First, Last, day_of, place_of
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import plural
from gemba.work.calendar import Calendar, Wanted, sorts_named
from gemba.work.calendar_file import write_calendar

commands = typer.Typer(no_args_is_help=True)

_Sorts = Annotated[
    str, typer.Option("--sort", help="Only these, with commas: meeting,audit,walk,action,promise,escalation …")
]
_Own = Annotated[bool, typer.Option("--own", help="Only what you recorded, lead, audit or sit in.")]


@commands.command("list")
def list_(
    context: typer.Context,
    first: First = None,
    last: Last = None,
    place: PlaceFilter = None,
    sort: _Sorts = "",
    own: _Own = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue, the longest first.")] = False,
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what comes from today on for a month, or between two days; with --overdue what is late."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        wanted = Wanted(
            first=day_of(first),
            last=day_of(last),
            place=place_of(reader, place),
            sorts=sorts_named([each.strip() for each in sort.split(",") if each.strip()]),
            own=own,
            overdue=overdue,
        )
        calendar = Calendar(reader, desk, wanted)
        found = lines_of(calendar, calendar.page(limit))
        total = sum(calendar.counts().values())
    rest = plural("… and {n} more", "… and {n} more", total - len(found)) if total > len(found) else ""
    say(found, "\n".join(filter(None, (table_of(found, overdue=overdue), rest))), as_json=as_json)


@commands.command("ical")
def ical(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Calendar file to write (.ics).")],
    first: Annotated[datetime | None, typer.Option("--from", formats=Days, help="First day; today else.")] = None,
    last: Last = None,
    place: PlaceFilter = None,
    sort: _Sorts = "",
    own: _Own = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write what comes within a year, and what is overdue, as a file that calendar programs take in and update."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_of(reader, place)
        wanted = Wanted(
            first=day_of(first),
            last=day_of(last),
            place=where,
            sorts=sorts_named([each.strip() for each in sort.split(",") if each.strip()]),
            own=own,
        )
        made = write_calendar(desk, out, wanted)
    words = plural("Wrote {file} with {n} entry.", "Wrote {file} with {n} entries.", made.events, file=str(out))
    say({"file": str(out), "events": made.events}, words, as_json=as_json)
