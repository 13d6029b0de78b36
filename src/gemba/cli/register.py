"""`gemba register`: registers and their entries."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, query
from gemba.cli.naming import named, place_for
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.survey import pair
from gemba.cli.world import desk_at
from gemba.domain.follow_through import RegisterEntry
from gemba.kinds.registers.registry import ALL, register_named
from gemba.wording import text
from gemba.work import register_facts, registers

commands = typer.Typer(
    no_args_is_help=True,
)
EntryName = Annotated[str, typer.Argument(help="Uid or number of the entry.", show_default=False)]
Code = Annotated[str, typer.Argument(help="Code of the register (gemba register list).", show_default=False)]
Field = Annotated[list[str] | None, typer.Option("--field", help="field=value; may be repeated.")]
Owner = Annotated[str | None, typer.Option("--owner", help="Who answers for it, by role.")]
Step = Annotated[str | None, typer.Option("--step", help="Code of the process step.")]
PlaceName = Annotated[str | None, typer.Option("--place", help="Name or uid of the place.")]
Day = Annotated[datetime | None, typer.Option("--review-by", formats=["%Y-%m-%d"], help="When it is looked at again.")]


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List the registers, and how each stands."""
    with desk_at(context, store) as desk:
        found = registers.counts(desk)
    rows = [
        (text(ALL[one.code].family.words), one.code, text(ALL[one.code].title), one.entries, one.open, one.due)
        for one in found
    ]
    heads = [text("Family"), text("Code"), text("Register"), text("Entries"), text("Open"), text("Due")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("show")
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Code of a register, or number of an entry.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what a register asks for, or one entry."""
    with desk_at(context, store) as desk:
        if name in ALL:
            say(_declared(name), _declared_words(name), as_json=as_json)
            return
        with desk.reader() as reader:
            about = named(reader, RegisterEntry, name)
        facts = register_facts.entry_facts(desk, about.uid)
    say(facts, _words(facts), as_json=as_json)


@commands.command("add")
def add(
    context: typer.Context,
    register: Code,
    title: Annotated[str, typer.Option("--title", help="What it is about.", show_default=False)],
    field: Field = None,
    place: PlaceName = None,
    step: Step = None,
    owner: Owner = None,
    review_by: Day = None,
    link: Annotated[list[str] | None, typer.Option("--link", help="noun:uid of a record; may be repeated.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add an entry."""
    with desk_at(context, store) as desk:
        draft = registers.EntryDraft(
            title,
            dict(pair(each) for each in field or []),
            place_for(desk, place)[0].uid if place else None,
            step or "",
            owner or "",
            review_by and review_by.date(),
            tuple(link or ()),
        )
        uid = registers.add(desk, register, draft).uid
        facts = register_facts.entry_facts(desk, uid)
    say(facts, text("Added {number}.", number=facts.entry.number) + f"\n{uid}", as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    entry: EntryName,
    title: Annotated[str | None, typer.Option("--title", help="What it is about.")] = None,
    field: Field = None,
    state: Annotated[str | None, typer.Option("--state", help="Move it to this state.")] = None,
    place: PlaceName = None,
    step: Step = None,
    owner: Owner = None,
    review_by: Day = None,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="It was looked at and still holds.")] = False,
    why: Annotated[str, typer.Option("--why", help="Reason, where a definition is changed.")] = "",
    link: Annotated[list[str] | None, typer.Option("--link", help="noun:uid of a record to name.")] = None,
    unlink: Annotated[list[str] | None, typer.Option("--unlink", help="noun:uid to name no longer.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change an entry, move it to another state, or link it to records."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            uid = named(reader, RegisterEntry, entry).uid
        others = {
            name: value for name, value in (("title", title), ("step", step), ("owner", owner)) if value is not None
        }
        if place is not None:
            others["place"] = place_for(desk, place)[0].uid
        if field or others or (review_by and not reviewed):
            day = {"review_by": review_by.date()} if review_by and not reviewed else {}
            registers.change(desk, uid, fields=dict(pair(each) for each in field or []), why=why, **others, **day)
        for each, away in (*((one, False) for one in link or ()), *((one, True) for one in unlink or ())):
            registers.link(desk, uid, each, away=away)
        if state is not None:
            registers.move(desk, uid, state)
        if reviewed:
            registers.reviewed(desk, uid, review_by and review_by.date())
        facts = register_facts.entry_facts(desk, uid)
    say(facts, _words(facts), as_json=as_json)


@commands.command("entries")
def entries(
    context: typer.Context,
    register: Annotated[str, typer.Argument(help="Code of the register; all when left out.")] = "",
    state: Annotated[str, typer.Option("--state", help="Only in this state.")] = "",
    place: PlaceFilter = None,
    due: Annotated[bool, typer.Option("--due", help="Only what is to be looked at.")] = False,
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List entries, the newest first."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
        found = register_facts.entries(desk, register, state=state, place=at, only_due=due)[:limit]
    rows = [(one.number, one.register, one.title, one.state, one.owner, one.review_by) for one in found]
    heads = [text("Number"), text("Register"), text("Title"), text("State"), text("Owner"), text("Review by")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    register: Code,
    out: Annotated[Path, typer.Option("--out", help="CSV file to write.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the entries of a register into a CSV file."""
    with desk_at(context, store) as desk:
        count = register_facts.export(desk, register, out)
    say(
        {"file": out, "entries": count}, text("{count:entry|entries} in {file}", count=count, file=out), as_json=as_json
    )


def _declared(code: str) -> dict[str, object]:
    of = register_named(code)
    return {
        "code": of.code,
        "title": text(of.title),
        "family": of.family,
        "titled": text(of.titled),
        "purpose": text(of.purpose),
        "fields": of.fields,
        "states": of.states,
        "links": of.links,
        "review_every_days": of.review_every_days,
    }


def _declared_words(code: str) -> str:
    of = register_named(code)
    rows = [
        (
            field.code,
            text(field.title),
            field.sort.value,
            text("yes") if field.required else "",
            ", ".join(option.code for option in field.options) or ", ".join(field.nouns),
        )
        for field in of.fields
    ]
    heads = [text("Field"), text("Title"), text("Sort"), text("Required"), text("One of")]
    states = ", ".join(f"{state.code} ({text(state.title)})" for state in of.states)
    titled = text("The title of an entry: {titled}", titled=text(of.titled))
    return "\n".join([text(of.purpose), text("States: {states}", states=states), titled, "", table(rows, heads)])


def _words(facts: register_facts.EntryFacts) -> str:
    entry = facts.entry
    rows = [
        (text("Number"), entry.number),
        (text("Title"), entry.title),
        (text("State"), facts.state + (f" · {text('due')}" if facts.due else "")),
        (text("Place"), facts.place),
        (text("Owner"), entry.owner),
        (text("Review by"), entry.review_by),
        *facts.values,
        *((text(one.title), one.value) for one in facts.derived),
        (text("Version"), facts.version),
        *((text("Linked"), f"{one.noun} {one.title}") for one in facts.links),
        *((text("Asks for a new baseline"), one.title) for one in facts.rebaseline),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)
