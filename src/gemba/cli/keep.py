"""`gemba check`, `backup`, `restore`: the store itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at, store_folder, world_of
from gemba.errors import Trouble
from gemba.store import backing_up, restoring
from gemba.store.checking import check as check_store
from gemba.wording import sentence, text


def check(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Prove the store: rebuild it from its journal, compare, and check every signature and file."""
    with desk_at(context, store, make=False) as desk:
        problems = check_store(desk.store)
    told = [(problem, sentence(Trouble(problem.code, **problem.facts))) for problem in problems]
    facts = [{"code": problem.code, "facts": problem.facts, "sentence": words} for problem, words in told]
    words = "\n".join(words for _, words in told) or text("All is well: records, journal, signatures and files agree.")
    say({"problems": facts}, words, as_json=as_json)
    if problems:
        raise Trouble("cli.check_failed", count=len(problems))


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup file to write.", show_default=False)],
    this_account_only: Annotated[
        bool, typer.Option("--this-account-only", help="No passphrase: only this account on this laptop can open it.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the whole store, still encrypted, into one file; GEMBA_PASSPHRASE opens it wherever it is restored."""
    passphrase = None if this_account_only else world_of(context).passphrase
    with desk_at(context, store, make=False) as desk:
        backing_up.back_up(desk.store, file, passphrase=passphrase, this_account_only=this_account_only)
    say({"file": file, "size": file.stat().st_size}, text("Wrote {file}.", file=file), as_json=as_json)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup file.", show_default=False)],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Move a store that is there aside first.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Bring a store back from a backup; its journal goes on in a new epoch."""
    folder = store_folder(context, store)
    restoring.restore(file, folder, overwrite=overwrite)
    with desk_at(context, folder, make=False) as desk, desk.reader() as reader:
        person = reader.setting("person")
    print(text("The store opens with the same key or passphrase as before."), file=sys.stderr)
    say({"store": folder, "person": person}, text("Restored {folder}.", folder=folder), as_json=as_json)
