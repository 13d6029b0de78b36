"""`gemba key`: who this store is, whom it believes, and what to do when a key is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table, when
from gemba.cli.world import desk_at, store_folder, world_of
from gemba.errors import Refusal
from gemba.folders import own_cache
from gemba.hq import kept_apart, rotation
from gemba.hq.kept_apart import KeptApart
from gemba.wording import text
from gemba.work import enrolment, known_keys, recover_key
from gemba.work.known_keys import KeysShown

commands = typer.Typer(no_args_is_help=True)


@commands.command("show")
def show(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show this store's fingerprint and whom it knows; no secret is ever shown."""
    with desk_at(context, store, make=False) as desk:
        shown = known_keys.show(desk)
    say(shown, _told(shown), as_json=as_json)


@commands.command("enrol")
def enrol(
    context: typer.Context,
    card: Annotated[Path, typer.Argument(help="The other device's card (gemba pack card).", show_default=False)],
    words: Annotated[
        str, typer.Option("--words", help="The eight words, as its person reads them.", show_default=False)
    ],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Enrol a laptop whose words were compared: at headquarters, or on another laptop that shares with it."""
    with desk_at(context, store, make=False) as desk:
        enrolled = enrolment.enrol(desk, card, words)
    said = text("Enrolled {name}. Fingerprint: {fingerprint}", name=enrolled.name, fingerprint=enrolled.fingerprint)
    if enrolled.certified:
        said += "\n" + text("The next publication vouches for it (gemba hq publish).")
    say(enrolled, said, as_json=as_json)


@commands.command("rotate")
def rotate(
    context: typer.Context,
    forget_before: Annotated[
        str,
        typer.Option(
            "--forget-before",
            help="Destroy old keys retired before this day (2026-01-31): packs that only they open are lost for good.",
        ),
    ] = "",
    first: Annotated[bool, typer.Option("--first", help="Make the keys of a headquarters that has none yet.")] = False,
    recovery_key: Annotated[Path | None, typer.Option("--recovery-key", help="With --first: where it goes.")] = None,
    old_root_keys: Annotated[
        Path | None,
        typer.Option("--old-root-keys", help="Make new root keys; this folder holds two of the old ones."),
    ] = None,
    root_keys: Annotated[Path | None, typer.Option("--root-keys", help="Folder for new root keys.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put headquarters' next key to use and make a new next one; or, if asked, destroy old keys."""
    before = _day(forget_before) if forget_before else None
    with desk_at(context, store, make=False) as desk:
        beside = kept_apart.beside(desk.store.folder)
        if before is not None:
            rotated = rotation.forget(desk, before)
        elif old_root_keys is not None:
            rotated = rotation.replace_roots(desk, old_root_keys, root_keys or beside.root_keys)
        elif first:
            rotated = rotation.equip(
                desk, KeptApart(recovery_key or beside.recovery_key, root_keys or beside.root_keys)
            )
        else:
            rotated = rotation.rotate(desk)
    say(rotated, rotated.words, as_json=as_json)


@commands.command("recover")
def recover(
    context: typer.Context,
    pack: Annotated[Path | None, typer.Option("--pack", help="A pack of the laptop whose key is lost.")] = None,
    recovery_key: Annotated[
        Path | None, typer.Option("--recovery-key", help="File with headquarters' recovery key.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File for the laptop.")] = None,
    with_: Annotated[Path | None, typer.Option("--with", help="On the laptop: the file from headquarters.")] = None,
    words: Annotated[str, typer.Option("--words", help="On the laptop: the eight words that open the file.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Get a laptop's lost key out of one of its packs (at headquarters), or put it back (on the laptop)."""
    if with_ is not None:
        world = world_of(context)
        back = recover_key.take_key_back(store_folder(context, store), with_, words, world.passphrase, world.clock)
        say(back, back.words, as_json=as_json)
        return
    if pack is None or recovery_key is None or out is None:
        raise Refusal("cli.recover_what")
    written = recover_key.give_key_back(pack, kept_apart.read_recovery(recovery_key), out, own_cache())
    say(written, written.words, as_json=as_json)


def _day(said: str) -> datetime:
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refusal("cli.no_day", day=said[:40]) from error


def _told(shown: KeysShown) -> str:
    lines = [
        text("{name} ({role}), device {device}", name=shown.name, role=shown.role, device=shown.device),
        text("Fingerprint: {fingerprint}", fingerprint=shown.fingerprint),
    ]
    if shown.publication is not None:
        said = text(
            "Publication {number}, made {date}",
            number=shown.publication.version,
            date=when(shown.publication.made_at),
        )
        late = text("it was to be replaced by now: ask headquarters for a newer one")
        lines.append(f"{said}; {late}." if shown.publication.expired else f"{said}.")
    if shown.keys:
        rows = [(one.use, one.recipient, f"{one.made_at:%Y-%m-%d}") for one in shown.keys]
        lines += ["", table(rows, [text("Key"), text("Recipient"), text("Made")])]
    if shown.known:
        known = [
            (
                one.name,
                one.role,
                one.device[:12],
                text("revoked") if one.revoked else text("certified") if one.certified_at else "",
                one.fingerprint,
            )
            for one in shown.known
        ]
        heads = [text(name) for name in ("Name", "Role", "Device", "Standing", "Fingerprint")]
        lines += ["", table(known, heads)]
    return "\n".join(lines)
