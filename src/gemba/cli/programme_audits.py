"""`gemba programme audits|add|move|assign|cancel`: audits until they are opened."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SortOption, StateFilter, query
from gemba.cli.programme_options import (
    AuditName,
    Because,
    Days,
    Second,
    Share,
    day_of,
    person_of,
    place_of,
)
from gemba.cli.programme_showing import audit_table
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.audit_lists import AUDITS
from gemba.store.list_of import Query
from gemba.wording import text
from gemba.work import plan_audits as work
from gemba.work.desk import Desk
from gemba.work.programmes import programme_named

_Due = Annotated[datetime | None, typer.Option("--due", formats=Days, help="Last day on which it is held in time.")]
_Lead = Annotated[str, typer.Option("--auditor", help="Lead auditor, by name or uid.")]


def register(commands: typer.Typer) -> None:
    """Add these commands to `gemba programme`."""
    for name, command in (("audits", audits), ("add", add), ("move", move), ("assign", assign), ("cancel", cancel)):
        commands.command(name)(command)


def audits(
    context: typer.Context,
    place: PlaceFilter = None,
    state: StateFilter = None,
    programme: Annotated[str, typer.Option("--programme", help="Only of this programme.")] = "",
    quarter: Annotated[str, typer.Option("--quarter", help="Only of decisions of this quarter.")] = "",
    auditor: Annotated[str, typer.Option("--auditor", help="Only those that this person leads.")] = "",
    sort: SortOption = "-planned_on",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List audits by day; --state overdue gives those whose day has passed."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        asked = query(reader, "", place, state, sort, states=(*AuditState, "overdue"), late="planned")
        where = dict(asked.where)
        where |= {"quarter": (quarter,)} if quarter else {}
        where |= {"programme": (programme_named(reader, programme).uid,)} if programme else {}
        where |= {"auditor": (person_of(reader, auditor),)} if auditor else {}
        lines = AUDITS.first(reader, Query(where=where, sort=asked.sort, descending=asked.descending), limit)
    say(lines, audit_table(lines), as_json=as_json)


def add(
    context: typer.Context,
    place: Annotated[str, typer.Option("--place", help="Name or uid of the place.", show_default=False)],
    quarter: Annotated[str, typer.Option("--quarter", help="Of the decisions, 2026-Q4.", show_default=False)],
    on: Annotated[datetime | None, typer.Option("--on", formats=Days, help="Day; else the quarter's last.")] = None,
    due: _Due = None,
    auditor: _Lead = "",
    second: Second = "",
    share: Share = None,
    goal: Annotated[list[str] | None, typer.Option("--goal", help="Code of a goal; repeatable.")] = None,
    programme: Annotated[str, typer.Option("--programme", help="That it belongs to.")] = "",
    title: Annotated[str, typer.Option("--title", help="Made of quarter and place when left out.")] = "",
    because: Because = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Plan a single audit."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            wanted = work.Plan(
                place=place_of(reader, place) or "",
                quarter=quarter,
                planned_on=day_of(on),
                due=day_of(due),
                auditor=person_of(reader, auditor) if auditor else None,
                second=person_of(reader, second) if second else None,
                double_share=share or 0.0,
                goals=tuple(goal or ()),
                title=title,
                programme=programme_named(reader, programme).uid if programme else None,
                independent_because=because,
            )
        _tell(desk, work.plan(desk, wanted).uid, as_json=as_json)


def move(
    context: typer.Context,
    audit: AuditName,
    to: Annotated[datetime, typer.Option("--to", formats=Days, help="The new day.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    due: _Due = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move an audit that is not opened to another day."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = work.audit_named(reader, audit)
        work.move(desk, about.uid, to.date(), reason, due=day_of(due))
        if work.leaves_its_plan(about, to.date()):
            said = text("That day lies in another quarter; the decisions stay those of {q}.", q=about.quarter)
            print(said, file=sys.stderr)
        _tell(desk, about.uid, as_json=as_json)


def assign(
    context: typer.Context,
    audit: AuditName,
    auditor: _Lead = "",
    second: Annotated[str, typer.Option("--second", help="Second auditor; - for none.")] = "",
    share: Share = None,
    because: Annotated[str | None, typer.Option("--because", help="What keeps the auditors independent.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give an audit that is not opened to other auditors."""
    if not (auditor or second or share is not None or because is not None):
        raise Refusal("cli.nobody_named")
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = work.audit_named(reader, audit)
            lead = person_of(reader, auditor) if auditor else None
            other = "" if second == "-" else person_of(reader, second) if second else None
        alone = 0.0 if second == "-" else None
        work.assign(
            desk,
            about.uid,
            auditor=lead,
            second=other,
            double_share=share if share is not None else alone,
            independent_because=because,
        )
        _tell(desk, about.uid, as_json=as_json)


def cancel(
    context: typer.Context,
    audit: AuditName,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Call an audit off that is not opened; it stays in the record."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = work.audit_named(reader, audit)
        work.cancel(desk, about.uid, reason)
        _tell(desk, about.uid, as_json=as_json)


def _tell(desk: Desk, uid: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        (line,) = AUDITS.lines(reader, [AUDITS.key(reader, uid)])
    say(line, audit_table([line]), as_json=as_json)
