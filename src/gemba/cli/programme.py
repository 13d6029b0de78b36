"""`gemba programme`: which audits a quarter holds, why these, and what goals are audited where."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli import programme_audits
from gemba.cli import programme_showing as showing
from gemba.cli.listing import PlaceFilter
from gemba.cli.programme_options import First, Last, ProgrammeName, day_of, person_of, place_of
from gemba.cli.programme_planning import plan, preview, risk
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.quarters import quarter_of
from gemba.domain.record import Uid
from gemba.wording import plural, text
from gemba.work import coverage as coverage_of
from gemba.work import programmes as work
from gemba.work.desk import Desk
from gemba.work.icalendar import Which, write_calendar
from gemba.work.programme_sheet import programme_pdf
from gemba.work.table_files import write_csv

commands = typer.Typer(no_args_is_help=True)
commands.command("risk")(risk)
commands.command("preview")(preview)
commands.command("plan")(plan)
programme_audits.register(commands)

_Goals = Annotated[list[str] | None, typer.Option("--goal", help="Code of a goal; repeatable; else all in force.")]
_Text = Annotated[str | None, typer.Option(show_default=False)]


@commands.command("make")
def make(
    context: typer.Context,
    quarter: Annotated[str, typer.Argument(help="For example 2026-Q4.", show_default=False)],
    place: PlaceFilter = None,
    title: Annotated[str, typer.Option("--title", help="Made of quarter and place when left out.")] = "",
    goal: _Goals = None,
    objective: Annotated[str, typer.Option("--objective", help="What the audits are to find out.")] = "",
    risks: Annotated[str, typer.Option("--risks", help="What may keep the programme from it.")] = "",
    resources: Annotated[str, typer.Option("--resources", help="Who and what it takes.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin a quarter's programme for a place and all below it."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_of(reader, place)
        draft = work.Draft(
            quarter=quarter,
            place=where,
            title=title,
            goals=tuple(goal or ()),
            objective=objective,
            risks=risks,
            resources=resources,
        )
        _tell(desk, work.make(desk, draft).uid, as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    programme: ProgrammeName,
    title: _Text = None,
    goal: _Goals = None,
    objective: _Text = None,
    risks: _Text = None,
    resources: _Text = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what a programme says, until it is closed."""
    said = {"title": title, "objective": objective, "risks": risks, "resources": resources}
    fields: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    if goal is not None:
        fields["goals"] = tuple(goal)
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, programme)
        work.change(desk, uid, fields)
        _tell(desk, uid, as_json=as_json)


@commands.command("run")
def run(
    context: typer.Context, programme: ProgrammeName, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Begin to carry a programme out: it needs an objective and audits."""
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, programme)
        work.run(desk, uid)
        _tell(desk, uid, as_json=as_json)


@commands.command("close")
def close(
    context: typer.Context,
    programme: ProgrammeName,
    learned: Annotated[str, typer.Option("--learned", help="What to do otherwise next time.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Close a programme whose audits are all held or called off, with what was learned."""
    with desk_at(context, store, make=False) as desk:
        uid = _uid(desk, programme)
        work.close(desk, uid, learned)
        _tell(desk, uid, as_json=as_json)


@commands.command("show")
def show(
    context: typer.Context, programme: ProgrammeName, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Show a programme, its audits and how they stand."""
    with desk_at(context, store, make=False) as desk:
        _tell(desk, _uid(desk, programme), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List programmes, the latest quarter first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = [showing.facts_of(reader, one) for one in work.programmes(reader)]
    rows = [
        (
            facts.programme.number,
            facts.programme.quarter,
            facts.programme.title,
            facts.place,
            work.programme_state_title(facts.programme.state),
            showing.monitoring_words(facts.monitoring),
        )
        for facts in found
    ]
    heads = [text(name) for name in ("Number", "Quarter", "Title", "Place", "State", "Audits")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("coverage")
def coverage(
    context: typer.Context,
    quarter: Annotated[str, typer.Argument(help="The last that is looked at; this one when left out.")] = "",
    quarters: Annotated[int, typer.Option("--quarters", help="How many, up to that one.")] = 4,
    programme: Annotated[str, typer.Option("--programme", help="Whose plan is shown beside; else every plan.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the matrix into this CSV file.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show which goals were audited in which region, and which never."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        about = work.programme_named(reader, programme) if programme else None
        last = quarter or (about.quarter if about is not None else quarter_of(desk.clock().date()))
        found = coverage_of.coverage(reader, last, quarters, about)
    if out is not None:
        write_csv(out, coverage_of.heads(found), coverage_of.rows(found))
    words = showing.coverage_words(found) if out is None else text("Wrote {file}.", file=out)
    say(found, words, as_json=as_json)


@commands.command("ical")
def ical(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Calendar file to write (.ics).", show_default=False)],
    programme: Annotated[str, typer.Option("--programme", help="Only this programme and its audits.")] = "",
    auditor: Annotated[str, typer.Option("--auditor", help="Only the audits of this person.")] = "",
    first: First = None,
    last: Last = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write programmes, audits and the dates of schedules as a calendar (iCalendar)."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            which = Which(
                programme=work.programme_named(reader, programme).uid if programme else None,
                auditor=person_of(reader, auditor) if auditor else None,
                first=day_of(first),
                last=day_of(last),
            )
        made = write_calendar(desk, out, which)
    words = plural("Wrote {n} event to {file}.", "Wrote {n} events to {file}.", made.events, file=made.file)
    say(made, words, as_json=as_json)


@commands.command("report")
def report(
    context: typer.Context,
    programme: ProgrammeName,
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a programme as a document: objective, risks, audits by risk, monitoring, coverage."""
    with desk_at(context, store, make=False) as desk:
        rendered = programme_pdf(desk, _uid(desk, programme), out)
    say({"file": out, "pages": rendered.pages}, text("Wrote {file}.", file=out), as_json=as_json)


def _uid(desk: Desk, name: str) -> Uid:
    with desk.reader() as reader:
        return work.programme_named(reader, name).uid


def _tell(desk: Desk, uid: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = showing.facts_of(reader, work.programme_named(reader, uid))
    say(facts, showing.programme_words(facts), as_json=as_json)
