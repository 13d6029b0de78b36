"""`gemba pack` and `gemba take-in`: what travels to headquarters and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.packs.verifying import verify as verify_pack
from gemba.store.lists import PACKS, Query
from gemba.wording import plural, text
from gemba.work.cards import write_card
from gemba.work.send_pack import seal as seal_pack
from gemba.work.send_pack import send
from gemba.work.take_in import take_in as take_file_in

commands = typer.Typer(help="Sealed packs for headquarters.", no_args_is_help=True)


@commands.command("seal")
def seal(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder or stick to hand the pack to.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Seal what headquarters does not hold yet; with --out hand it over at once."""
    with desk_at(context, store, make=False) as desk:
        pack = seal_pack(desk)
        if out is not None:
            pack = send(desk, pack.sha256, out)
    words = plural("Sealed {n} change", "Sealed {n} changes", pack.operations) + " "
    words += plural("and {n} file into {file}.", "and {n} files into {file}.", pack.blobs, file=pack.file)
    say(pack, words, as_json=as_json)


@commands.command("verify")
def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A pack (.gemba).", show_default=False)],
    identity: Annotated[
        Path | None, typer.Option("--identity", help="File with an age identity that can open it.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Check a pack. It needs no store; with a store's key or an identity everything in it is checked, too."""
    identities = _identities(identity)
    if store is not None:
        with desk_at(context, store, make=False) as desk:
            identities.append(desk.store.device.identity)
    verdict = verify_pack(file, identities)
    say(verdict, "\n".join(verdict.sentences), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List packs and how far each has come: sealed, sent, held by headquarters."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        lines = PACKS.first(reader, Query(), limit=1000)
    rows = [(line.sha256[:12], line.state, line.operations, line.blobs, line.size, line.sealed_at) for line in lines]
    heads = [text(name) for name in ("Pack", "State", "Changes", "Files", "Bytes", "Sealed")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("card")
def card(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the card into.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write this store's public card, which headquarters compares when it enrols a laptop."""
    with desk_at(context, store, make=False) as desk:
        written = write_card(desk, out)
    words = text("Wrote {file}. Fingerprint: {fingerprint}", file=written.file, fingerprint=written.fingerprint)
    say(written, words, as_json=as_json)


def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A receipt or a card from headquarters.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take in what headquarters sent: its card, or the receipt for a pack."""
    with desk_at(context, store) as desk:
        taken = take_file_in(desk, file)
    say(taken, taken.words, as_json=as_json)


def _identities(file: Path | None) -> list[str]:
    if file is None:
        return []
    lines = read_file(file).decode("utf-8", "replace").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
