"""`gemba pack` and `gemba take-in`: what travels to headquarters and back."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.listing import SearchOption, SortOption, StateFilter, query
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import STORE, desk_at
from gemba.domain.assessments import Custody
from gemba.errors import GembaError, Refusal, Trouble
from gemba.hq import key_ring
from gemba.packs.verifying import verify as verify_pack
from gemba.store.lists import PACKS
from gemba.wording import plural, sentence, text
from gemba.work.cards import write_card
from gemba.work.pack_status import FileStatus
from gemba.work.pack_status import status as pack_status
from gemba.work.send_pack import SentPack, send
from gemba.work.send_pack import seal as seal_pack
from gemba.work.unpack import unpack

_STATES = (Custody.SEALED, Custody.SENT, Custody.HELD)
_UNITS = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}

commands = typer.Typer(no_args_is_help=True)


@commands.command("seal")
def seal(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder or stick to hand the pack to.", show_default=False)
    ] = None,
    volume: Annotated[
        str, typer.Option("--volume", help="Most bytes of one pack, for small sticks: 100MB, 4GB.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Seal what headquarters does not hold yet; with --out hand it over at once."""
    most = bytes_of(volume) if volume else None
    if out is not None and not out.is_dir():
        raise Trouble("carriers.gone", folder=str(out))  # before anything is sealed
    with desk_at(context, store, make=False) as desk:
        packs = seal_pack(desk, volume=most)
        if out is not None:
            packs = tuple(send(desk, pack.sha256, out) for pack in packs)
    facts = {**msgspec.structs.asdict(packs[-1]), "packs": packs}
    say(facts, "\n".join(map(_told, packs)), as_json=as_json)


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
    if not identities:
        identities = _own_identities(context, store)
    verdict = verify_pack(file, identities)
    say(verdict, "\n".join(verdict.sentences), as_json=as_json)


@commands.command("open")
def open_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A pack (.gemba).", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder to make and unpack into.", show_default=False)],
    identity: Annotated[
        Path | None, typer.Option("--identity", help="File with an age identity that can open it.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Unpack a pack for people: records, photos under their names, reports. It is verified before."""
    identities = _identities(identity) or _own_identities(context, store)
    if not identities:
        raise Refusal("cli.no_key")
    unpacked = unpack(file, identities, out)
    words = plural("Unpacked {n} record", "Unpacked {n} records", unpacked.records) + " "
    words += plural("and {n} file into {folder}.", "and {n} files into {folder}.", unpacked.evidence, folder=out)
    if unpacked.elsewhere:
        words += " " + plural(
            "{n} file travelled in an earlier pack.", "{n} files travelled in earlier packs.", unpacked.elsewhere
        )
    say(unpacked, words, as_json=as_json)


@commands.command("status")
def status(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Tell of each pack and each file whether it is sealed, sent, held by headquarters, or missing."""
    with desk_at(context, store, make=False) as desk:
        told = pack_status(desk)
    files = [(pack.sha256[:12], file) for pack in told.packs for file in pack.files]
    files += [("", file) for file in told.unsealed_files]
    rows: list[tuple[object, ...]] = [
        (pack.sha256[:12], pack.state, "", f"{pack.sealed_at:%Y-%m-%d %H:%M}") for pack in told.packs
    ]
    rows += [(pack, _state(file), file.name or file.sha256[:12], "") for pack, file in files]
    words = [table(rows, [text(name) for name in ("Pack", "State", "File", "Sealed")])] if rows else []
    words.append(plural("{n} change is in no pack yet.", "{n} changes are in no pack yet.", told.unsealed))
    if told.asked_again:
        words.append(
            plural(
                "Headquarters asks again for {n} change, which it does not have; seal and send a pack.",
                "Headquarters asks again for {n} changes, which it does not have; seal and send a pack.",
                told.asked_again,
            )
        )
    if told.missing:
        words.append(
            plural(
                "{n} file is missing here and at headquarters.",
                "{n} files are missing here and at headquarters.",
                told.missing,
            )
        )
    say(told, "\n".join(words), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    state: StateFilter = None,
    sort: SortOption = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List packs and how far each has come: sealed, sent, held by headquarters."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, None, state, sort, states=_STATES)
        lines = PACKS.lines(reader, PACKS.keys(reader, asked))
    rows = [(line.sha256[:12], line.state, line.operations, line.blobs, line.size, line.sealed_at) for line in lines]
    heads = [text(name) for name in ("Pack", "State", "Changes", "Files", "Bytes", "Sealed")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("card")
def card(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the card into.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="What others shall call this laptop; else its own name.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write this store's public card, which headquarters compares when it enrols a laptop."""
    with desk_at(context, store, make=False) as desk:
        written = write_card(desk, out, name.strip())
    words = text("Wrote {file}. Fingerprint: {fingerprint}", file=written.file, fingerprint=written.fingerprint)
    say(written, words, as_json=as_json)


def _own_identities(context: typer.Context, store: Path | None) -> list[str]:
    """The keys of the store that was named, if it can be opened; a pack can be checked without."""
    if store is None and context.meta.get(STORE) is None:
        return []
    try:
        with desk_at(context, store, make=False) as desk:
            return key_ring.identities(desk)
    except GembaError as error:
        print(sentence(error), file=sys.stderr)
        return []


def bytes_of(size: str) -> int:
    """The bytes that a size like 100MB or 4GB names.

    Raises:
        Refusal: `cli.no_size`.
    """
    found = re.fullmatch(r"([1-9][0-9]{0,14}) ?(B|kB|KB|MB|GB|TB)?", size.strip())
    if not found:
        raise Refusal("cli.no_size", size=size[:40])
    return int(found[1]) * _UNITS[found[2] or "B"]


def _state(file: FileStatus) -> str:
    return str(file.state) if file.on_disk or file.state is Custody.HELD else text("missing")


def _told(pack: SentPack) -> str:
    words = plural("Sealed {n} change", "Sealed {n} changes", pack.operations) + " "
    words += plural("and {n} file into {file}.", "and {n} files into {file}.", pack.blobs, file=pack.file)
    if pack.missing:
        words += " " + plural(
            "{n} file is no longer on this disk and stays behind (gemba check names it).",
            "{n} files are no longer on this disk and stay behind (gemba check names them).",
            len(pack.missing),
        )
    return words


def _identities(file: Path | None) -> list[str]:
    if file is None:
        return []
    lines = read_file(file).decode("utf-8", "replace").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
