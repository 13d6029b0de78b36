"""`gemba pattern`: what worked, found by others, with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, query
from gemba.cli.naming import named
from gemba.cli.pattern_options import Cause, PatternArgument, Step, Written, pattern_uid, said
from gemba.cli.pattern_showing import answers_table, pattern_words, patterns_table
from gemba.cli.rotation_options import place_known
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.store.list_of import Query
from gemba.store.pattern_lists import PATTERNS
from gemba.wording import text
from gemba.work import patterns
from gemba.work.desk import Desk
from gemba.work.pattern_facts import pattern_facts
from gemba.work.pattern_from_action import draft_in
from gemba.work.pattern_search import Asked, solved
from gemba.work.pattern_sheet import pattern_pdf
from gemba.work.patterns import PatternDraft

commands = typer.Typer(no_args_is_help=True)

_Place = Annotated[str | None, typer.Option("--place", help="Name or uid of the place where it worked.")]


@commands.command("add")
def add(
    context: typer.Context,
    action: Annotated[
        str, typer.Option("--from-action", help="Number or uid of a verified action; what is known is taken over.")
    ] = "",
    title: Written.Title = None,
    problem: Written.Problem = None,
    conditions: Written.Context = None,
    capability: Written.Capability = None,
    data: Written.Data = None,
    how: Written.How = None,
    proof: Written.Proof = None,
    link: Written.Link = None,
    place: _Place = None,
    step: Annotated[str | None, typer.Option("--step", help="Code of the process step.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="Code of the cause.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Role that answers questions about it.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a pattern down, from a verified action or anew."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            draft = draft_in(reader, named(reader, Action, action).uid) if action else PatternDraft()
            words = {"title": title, "problem": problem, "context": conditions, "capability": capability, "data": data}
            words |= {"proof": proof, "step": step, "cause": cause, "owner": owner}
            more = said(reader, place, how, **words, links=(*draft.links, *link) if link else None)
        _tell(desk, patterns.add(desk, msgspec.structs.replace(draft, **more)).uid, as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    uid: PatternArgument,
    title: Written.Title = None,
    problem: Written.Problem = None,
    conditions: Written.Context = None,
    capability: Written.Capability = None,
    data: Written.Data = None,
    how: Written.How = None,
    proof: Written.Proof = None,
    link: Annotated[list[str] | None, typer.Option("--link", help="All records that prove it, as noun:uid.")] = None,
    place: _Place = None,
    step: Annotated[str | None, typer.Option("--step", help="Code of the process step.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="Code of the cause.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Role that answers questions about it.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what a pattern says; what is not named stays."""
    with desk_at(context, store, make=False) as desk:
        about = pattern_uid(desk, uid)
        with desk.reader() as reader:
            words = {"title": title, "problem": problem, "context": conditions, "capability": capability, "data": data}
            words |= {"proof": proof, "step": step, "cause": cause, "owner": owner}
            fields = said(reader, place, how, **words, links=tuple(link) if link else None)
        patterns.change(desk, about, **fields)
        _tell(desk, about, as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context,
    uid: PatternArgument,
    back: Annotated[bool, typer.Option("--back", help="Bring it back.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a pattern out of the playbook; it stays readable."""
    with desk_at(context, store, make=False) as desk:
        about = pattern_uid(desk, uid)
        patterns.retire(desk, about, back=back)
        _tell(desk, about, as_json=as_json)


@commands.command("show")
def show(
    context: typer.Context,
    uid: PatternArgument,
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write: one page.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show a pattern with its proof and how it did elsewhere, or print it."""
    with desk_at(context, store, make=False) as desk:
        about = pattern_uid(desk, uid)
        if out is not None:
            pattern_pdf(desk, about, out)
        _tell(desk, about, as_json=as_json, instead=text("Wrote {file}.", file=out) if out else "")


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    step: Step = "",
    cause: Cause = "",
    retired: Annotated[bool, typer.Option("--retired", help="Also those that are retired.")] = False,
    sort: SortOption = "-made_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List patterns, the newest first."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, place, None, sort)
        more = {"step": (step,) if step else (), "cause": (cause,) if cause else ()}
        where = asked.where | more | ({} if retired else {"retired": ("no",)})
        meant = Query(search=asked.search, where=where, sort=asked.sort, descending=asked.descending)
        lines = PATTERNS.first(reader, meant, limit=limit)
    say(lines, patterns_table(lines), as_json=as_json)


@commands.command("search")
def search(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words, in any order.", show_default=False)] = None,
    step: Step = "",
    cause: Cause = "",
    place: Annotated[str, typer.Option("--place", help="Where it is needed: places like it count.")] = "",
    limit: LimitOption = 20,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Has anyone solved this? What fits best comes first, with why."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_known(reader, place) if place else None
        found = solved(desk, Asked(words=" ".join(words or ()), step=step, cause=cause, place=where), most=limit)
    say(found, answers_table(found), as_json=as_json)


def _tell(desk: Desk, uid: str, *, as_json: bool, instead: str = "") -> None:
    with desk.reader() as reader:
        facts = pattern_facts(reader, uid)
    say(facts, instead or pattern_words(facts), as_json=as_json)
