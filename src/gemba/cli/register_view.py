"""`gemba register view|check|propose` and `gemba report register`: what follows for a register from other records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import PlaceFilter, query
from gemba.cli.map_naming import map_named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.kinds.registers.registry import ALL
from gemba.reports.sheet_facts import Cell, Figures, Notice, Table, Words
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import register_views
from gemba.work.desk import Desk
from gemba.work.measures import measure_named
from gemba.work.register_sheet import register_pdf
from gemba.work.register_view import Asked, Proposal, RegisterView

Code = Annotated[str, typer.Argument(help="Code of the register (gemba register list).", show_default=False)]
Outcome = Annotated[str | None, typer.Option("--outcome", help="Code of the measure of what customers feel.")]
Lags = Annotated[int, typer.Option("--lags", help="The outcome may follow up to so many periods later.")]
Journey = Annotated[str | None, typer.Option("--journey", help="Map of the customer's way.")]
Process = Annotated[str | None, typer.Option("--process", help="Map of the work.")]


def view(
    context: typer.Context,
    register: Code,
    place: PlaceFilter = None,
    outcome: Outcome = None,
    lags: Lags = 3,
    journey: Journey = None,
    process: Process = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what follows for a register from other records: matrix, grid, facts of every measure, gaps."""
    with desk_at(context, store) as desk:
        asked = _asked(desk, place, outcome, lags, journey, process)
        found = register_views.view(desk, register, asked)
    say(_facts(found), _words(found), as_json=as_json)


def check(
    context: typer.Context,
    register: Annotated[str, typer.Argument(help="Code of the register; all when left out.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what is wanting: no owner, two owners, holes, levels without evidence, measures that nobody uses."""
    with desk_at(context, store) as desk:
        found = register_views.gaps(desk, register)
    rows = [(code, gap.code, gap.words) for code, some in found.items() for gap in some]
    heads = [text("Register"), text("Finding"), text("What is wanting")]
    words = table(rows, heads) if rows else text("Nothing is wanting.")
    say(found, words, as_json=as_json)


def propose(
    context: typer.Context,
    register: Code,
    key: Annotated[list[str] | None, typer.Argument(help="Keys of proposals to write down.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Write all of them down.")] = False,
    place: PlaceFilter = None,
    outcome: Outcome = None,
    lags: Lags = 3,
    journey: Journey = None,
    process: Process = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the entries that follow from other records, or write some down."""
    with desk_at(context, store) as desk:
        asked = _asked(desk, place, outcome, lags, journey, process)
        if not key and not every:
            proposed = register_views.view(desk, register, asked).proposals
            say(proposed, _proposed(proposed), as_json=as_json)
            return
        uids = register_views.write_proposed(desk, register, tuple(key or ()), asked)
    say(uids, plural("Wrote {n} entry.", "Wrote {n} entries.", len(uids)), as_json=as_json)


def register_report(
    context: typer.Context,
    register: Code,
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.", show_default=False)],
    place: PlaceFilter = None,
    outcome: Outcome = None,
    lags: Lags = 3,
    journey: Journey = None,
    process: Process = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a register as PDF: what follows from other records, what is wanting, and its entries."""
    with desk_at(context, store) as desk:
        asked = _asked(desk, place, outcome, lags, journey, process)
        rendered = register_pdf(desk, register, out, asked)
    for warning in rendered.warnings:
        print(warning, file=sys.stderr)
    words = plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", rendered.pages, file=out)
    say({"file": out, "pages": rendered.pages}, words, as_json=as_json)


def _asked(
    desk: Desk, place: str | None, outcome: str | None, lags: int, journey: str | None, process: str | None
) -> Asked:
    with desk.reader() as reader:
        return Asked(
            place=query(reader, "", place, None, "").where.get("place", (None,))[0],
            outcome=measure_named(reader, outcome).uid if outcome else None,
            lags=lags,
            journey=_map(reader, journey),
            process=_map(reader, process),
        )


def _map(reader: Reader, name: str | None) -> str | None:
    return map_named(reader, name).uid if name else None


def _facts(found: RegisterView) -> dict[str, object]:
    """The figures without their drawings."""
    return {
        "register": found.register,
        "title": found.title,
        "facts": found.facts,
        "gaps": found.gaps,
        "proposals": found.proposals,
    }


def _words(found: RegisterView) -> str:
    blocks = [f"{text(ALL[found.register].title)}: {found.title}"]
    for part in found.parts:
        if isinstance(part, Words):
            blocks.append(part.words)
        elif isinstance(part, Notice):
            blocks.append("\n".join(part.lines))
        elif isinstance(part, Figures):
            blocks.append(" · ".join(f"{number} {label}" for number, label in part.figures))
        elif isinstance(part, Table):
            blocks.append(table([[_cell(cell) for cell in row] for row in part.rows], part.titles) + f"\n{part.note}")
    if found.gaps:
        blocks.append(text("What is wanting:") + "".join(f"\n- {gap.words}" for gap in found.gaps))
    if found.proposals:
        words = plural("{n} entry is proposed", "{n} entries are proposed", len(found.proposals))
        blocks.append(text("{proposed}: gemba register propose {register}", proposed=words, register=found.register))
    return "\n\n".join(block.strip() for block in blocks)


def _cell(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else cell.words


def _proposed(found: tuple[Proposal, ...]) -> str:
    if not found:
        return text("Nothing is proposed.")
    rows = [(one.key, one.draft.title, one.reason) for one in found]
    return table(rows, [text("Key"), text("Entry"), text("Why")])
