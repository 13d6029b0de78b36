"""`gemba hq quarantine`: packs that are kept and not believed, each until a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption, say, table
from gemba.cli.world import desk_at
from gemba.hq import quarantine
from gemba.wording import text

commands = typer.Typer(help="Packs that wait for a person.", no_args_is_help=True)

Pack = Annotated[str, typer.Argument(help="The pack: at least six letters of its hash.", show_default=False)]


@commands.command("list")
def list_(
    context: typer.Context,
    store: HqStore,
    settled: Annotated[bool, typer.Option("--all", help="Also those that have had their decision.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the packs that wait, why, and the words of their senders' keys."""
    with desk_at(context, store, make=False) as desk:
        found = quarantine.waiting(desk, settled=settled)
    heads = [text(one) for one in ("Pack", "Arrived", "Why", "Decision", "Fingerprint")]
    rows = [(one.sha256[:12], f"{one.arrived_at:%Y-%m-%d %H:%M}", one.why, one.decision, one.words) for one in found]
    say(found, table(rows, heads) if found else text("No pack waits."), as_json=as_json)


@commands.command("take-in")
def take_in(
    context: typer.Context,
    pack: Pack,
    store: HqStore,
    out: Annotated[Path, typer.Option("--out", help="Folder for the receipt.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Take a pack in that you believe, and sign for it."""
    with desk_at(context, store, make=False) as desk:
        taken = quarantine.let_in(desk, pack, out)
    say(taken, taken.words, as_json=as_json)


@commands.command("set-aside")
def set_aside(context: typer.Context, pack: Pack, store: HqStore, as_json: JsonOption = False) -> None:
    """Note that a pack is not taken in; it is kept, and can be taken in later."""
    with desk_at(context, store, make=False) as desk:
        decided = quarantine.set_aside(desk, pack)
    say(decided, text("The pack {pack} is set aside; its file stays.", pack=decided.sha256[:12]), as_json=as_json)
