"""`gemba archive`: closed work with its outcome, listed, shown, printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, query
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.patterns import Transfer
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.archive_lists import ARCHIVE, ArchiveLine
from gemba.store.list_of import Query
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.archive import PILOT, ArchiveFacts, PilotLine, archive_facts, pilots
from gemba.work.archive_sheet import archive_pdf
from gemba.work.archive_words import KINDS, looks_words, what_words
from gemba.work.effect_words import result_title

commands = typer.Typer(no_args_is_help=True)


class _Listed(msgspec.Struct, frozen=True):
    """Closed work of both sorts."""

    work: tuple[ArchiveLine, ...]
    pilots: tuple[PilotLine, ...]


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    what: Annotated[str, typer.Option("--what", help=f"Only one sort: {', '.join(KINDS)}.")] = "",
    sort: SortOption = "-done_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what is closed: actions and transfers, the last first, then pilots."""
    if what and what not in KINDS:
        raise typer.BadParameter(f"--what is one of {', '.join(KINDS)}")
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, place, None, sort)
        where = asked.where | ({"what": (what,)} if what else {})
        meant = Query(search=asked.search, where=where, sort=asked.sort, descending=asked.descending)
        work = tuple(ARCHIVE.first(reader, meant, limit=limit)) if what != PILOT else ()
        tried = pilots(reader, search)[:limit] if what in {"", PILOT} and place is None else ()
    say(_Listed(work, tried), _table(work, tried), as_json=as_json)


@commands.command("show")
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Number or uid of the action, transfer or pilot.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show closed work with its outcome, or print it."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = _known(reader, name)
        facts = archive_facts(desk, uid)
        if out is not None:
            archive_pdf(desk, uid, out)
    say(facts, _words(facts) if out is None else text("Wrote {file}.", file=out), as_json=as_json)


def _known(reader: Reader, name: str) -> Uid:
    """The uid of the action, transfer or entry that `name` means."""
    for noun in (Action, Transfer, RegisterEntry):
        try:
            return named(reader, noun, name).uid
        except Refusal as error:
            if error.code == "cli.several":
                raise
    raise Refusal("cli.unknown", noun=text("closed work"), name=name)


def _table(work: Sequence[ArchiveLine], tried: Sequence[PilotLine]) -> str:
    rows = [
        (
            *(one.number, what_words(one.what), one.text, one.place),
            one.done_at.date() if one.done_at else "",
            looks_words(one.holds, one.looks),
        )
        for one in work
    ]
    rows += [
        (one.number, what_words(PILOT), one.title, one.place, one.ended, one.verdict or one.state) for one in tried
    ]
    heads = ("Number", "What", "Title", "Place", "Closed", "Outcome")
    return table(rows, [text(name) for name in heads])


def _words(facts: ArchiveFacts) -> str:
    lines = [f"{facts.number}  {facts.title}", f"{what_words(facts.what)} · {facts.place} · {facts.owner}"]
    lines += [f"{title}: {words}" for title, words in facts.told]
    for one in facts.outcomes:
        lines += [f"{one.title}: {one.words}", f"  {one.baseline}"]
    lines += [
        f"{text('After {days} days', days=one.days)}: {result_title(one.result)} {one.note}".rstrip()
        for one in facts.checks
    ]
    shown = [one.name for pair in facts.pairs for one in (pair.before, pair.after) if one is not None]
    if shown:
        lines.append(f"{text('Photos')}: {', '.join(shown)}")
    if facts.files:
        lines.append(f"{text('Files')}: {', '.join(one.name for one in facts.files)}")
    if facts.pattern is not None:
        lines.append(f"{text('Pattern')}: {facts.pattern.number} {facts.pattern.title}")
    return "\n".join(lines)
