"""`gemba hq`: headquarters takes packs in and signs for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, say
from gemba.cli.take_in import at_headquarters
from gemba.cli.world import STORE, desk_at, store_folder, world_of
from gemba.errors import Refusal
from gemba.hq import intake, kept_apart, moving
from gemba.hq.founding import Senders, found
from gemba.hq.kept_apart import KeptApart
from gemba.hq.proving import prove
from gemba.hq.refounding import Kept, refound
from gemba.wording import plural, text

commands = typer.Typer(no_args_is_help=True)


def _named(context: typer.Context, store: Path | None) -> Path:
    """The store that was named after the command or before it; headquarters' is never guessed."""
    named: Path | None = store or context.meta.get(STORE)
    if named is None:
        raise Refusal("cli.no_hq_store")
    return named


HqStore = Annotated[
    Path,
    typer.Option(
        "--store",
        envvar=["GEMBA_HQ_STORE", "GEMBA_STORE"],
        help="Folder of headquarters' store.",
        show_default=False,
        default_factory=lambda: None,
        callback=_named,
    ),
]


@commands.command("init")
def init(
    context: typer.Context,
    store: HqStore,
    name: Annotated[str, typer.Option("--name", help="Name of the organisation.")] = "Headquarters",
    senders: Annotated[
        Senders, typer.Option("--senders", help="Accept a new laptop's first pack, or only enrolled laptops.")
    ] = Senders.FIRST_USE,
    database: Annotated[
        str, typer.Option("--database", help="Keep the records on PostgreSQL: postgresql+psycopg://user@host/name.")
    ] = "",
    evidence: Annotated[
        str, typer.Option("--evidence", help="Keep photos and files elsewhere: s3://…, sftp://…, file:///….")
    ] = "",
    recovery_key: Annotated[
        Path | None, typer.Option("--recovery-key", help="File for the recovery key; with --recover the old one.")
    ] = None,
    root_keys: Annotated[
        Path | None, typer.Option("--root-keys", help="Folder for the root keys; with --recover with two of them.")
    ] = None,
    recover: Annotated[
        Path | None, typer.Option("--recover", help="The card of a lost headquarters, in whose place this one comes.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make headquarters' store and its public card, which every laptop takes in once."""
    world, folder = world_of(context), store_folder(context, store)
    if recover is not None:
        if recovery_key is None or root_keys is None:
            raise Refusal("cli.recover_headquarters")
        made = refound(
            folder,
            Kept(recover, recovery_key, root_keys),
            clock=world.clock,
            ids=world.ids,
            passphrase=world.passphrase,
            senders=senders,
            database=database,
            evidence=evidence,
        )
    else:
        beside = kept_apart.beside(folder)
        made = found(
            folder,
            clock=world.clock,
            ids=world.ids,
            passphrase=world.passphrase,
            name=name,
            senders=senders,
            apart=KeptApart(recovery_key or beside.recovery_key, root_keys or beside.root_keys),
            database=database,
            evidence=evidence,
        )
    words = text(
        "Made headquarters {name}. Give {card} to every laptop (gemba take-in). Fingerprint: {fingerprint}",
        name=made.name,
        card=made.file,
        fingerprint=made.fingerprint,
    )
    words += "\n" + text(
        "Two custodians take the recovery key away, three the root keys; delete the files when that is done."
    )
    say(made, words, as_json=as_json)


@commands.command("database")
def database(
    context: typer.Context,
    store: HqStore,
    database: Annotated[
        str,
        typer.Argument(help="postgresql+psycopg://user@host/name; with --restored, where it was if left out."),
    ] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="Where photos and files have gone, if they moved.")] = "",
    restored: Annotated[
        bool, typer.Option("--restored", help="It was brought back from a copy: go on in a new epoch.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say where the records lie now: the server has moved, the password has changed, or a copy was brought back."""
    folder = store_folder(context, store)
    if not database:
        if not restored or evidence:
            raise Refusal("cli.no_database")
        moving.go_on_restored(folder, passphrase=world_of(context).passphrase)
        words = text(
            "This headquarters goes on in a new epoch, with higher publication numbers. Take in what lies in taken/"
            " once more, and publish; laptops send what is missing."
        )
        say({"restored": True}, words, as_json=as_json)
        return
    named = moving.name_database(folder, database, evidence, passphrase=world_of(context).passphrase, restored=restored)
    words = text("The records of this store are in {database} from now on.", database=named.database)
    say(named, words, as_json=as_json)


@commands.command("enrol")
def enrol(
    context: typer.Context,
    card: Annotated[Path, typer.Argument(help="The laptop's card (gemba pack card).", show_default=False)],
    store: HqStore,
    words: Annotated[
        str | None, typer.Option("--words", help="The eight words, as its person reads them.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Enrol a laptop by its card; without --words only one whose card came straight from it, hand to hand."""
    with desk_at(context, store, make=False) as desk:
        enrolled = intake.enrol(desk, card, words)
    told = text("Enrolled {name}. Fingerprint: {fingerprint}", name=enrolled.name, fingerprint=enrolled.fingerprint)
    if words is None:
        told += "\n" + text(
            "Nobody has compared these words: have its person read out theirs, and revoke it (gemba hq revoke) if they"
            " differ."
        )
    say(enrolled, told, as_json=as_json)


@commands.command("prove")
def prove_(context: typer.Context, store: HqStore, as_json: JsonOption = False) -> None:
    """Check the signature of each change that was taken in on the signature of its pack."""
    with desk_at(context, store, make=False) as desk:
        proven = prove(desk)
    told = plural("{n} pack was looked at", "{n} packs were looked at", proven.packs)
    told += plural(" ({n} change).", " ({n} changes).", proven.operations)
    if not proven.packs:
        told = text("No pack waits to be looked at.")
    elif not proven.unsigned:
        told += " " + text("Every change bears the signature of its laptop.")
    say(proven, "\n".join([told, *(one.words for one in proven.unsigned)]), as_json=as_json)


@commands.command("take-in")
def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A laptop's pack (.gemba), or a folder of them.", show_default=False)],
    store: HqStore,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for receipts; beside each pack without it.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take packs in and write the signed receipts; the same pack twice changes nothing."""
    with desk_at(context, store, make=False) as desk:
        intake.demand_headquarters(desk)
        at_headquarters(desk, file, out, as_json=as_json)
