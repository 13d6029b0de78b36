"""`gemba check`, `restore`, `rekey`: the store itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at, store_folder, world_of
from gemba.errors import Refusal, Trouble
from gemba.store import restoring
from gemba.store.checking import check as check_store
from gemba.store.checking import is_of_the_way
from gemba.wording import sentence, text
from gemba.work import pack_copies
from gemba.work.change_key import change_key
from gemba.work.pack_copies import BroughtBack

NEW_PASSPHRASE = "GEMBA_NEW_PASSPHRASE"  # noqa: S105 - the name of the variable, not what is in it


def check(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Prove the store: rebuild it from its journal, compare, and check every signature and file."""
    with desk_at(context, store, make=False) as desk:
        problems = check_store(desk.store)
    told = [(problem, sentence(Trouble(problem.code, **problem.facts))) for problem in problems]
    facts = [{"code": problem.code, "facts": problem.facts, "sentence": words} for problem, words in told]
    words = "\n".join(words for _, words in told) or text("All is well: records, journal, signatures and files agree.")
    say({"problems": facts}, words, as_json=as_json)
    if problems and all(is_of_the_way(problem) for problem in problems):
        raise Trouble("cli.check_unfinished")
    if problems:
        raise Trouble("cli.check_failed", count=len(problems))


def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A backup; or packs of this laptop that shall bring back work.", show_default=False)
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Move a store that is there aside first.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Bring a store back from a backup, then its packs from the second medium; its journal goes on in a new epoch."""
    folder = store_folder(context, store)
    if file.is_dir() or file.suffix == ".gemba":
        _bring_back(context, folder, file, as_json=as_json)
        return
    if not file.is_file():
        raise Trouble("cli.no_backup_there", file=str(file))
    aside = restoring.restore(file, folder, overwrite=overwrite, passphrase=world_of(context).passphrase)
    words = text("Restored {folder}.", folder=folder)
    if aside is not None:
        words += " " + text("The store that was here is now in {folder}.", folder=str(aside))
    try:
        person, back = _after_restore(context, folder)
    except Trouble as trouble:
        if trouble.code != "store.passphrase_needed":
            raise
        person, back = None, BroughtBack()
        words += " " + text(
            "It opens with the passphrase that it had; give it, and bring back what was sealed later with "
            "“gemba restore” and the folder on the second medium."
        )
    else:
        print(text("The store opens with the same key or passphrase as before."), file=sys.stderr)
    if back.operations:
        words += " " + back.words
    say({"store": folder, "aside": aside, "person": person, "brought_back": back}, words, as_json=as_json)


def _after_restore(context: typer.Context, folder: Path) -> tuple[str, BroughtBack]:
    """Open the store once, which begins its new epoch, and take in what lies on the second medium."""
    with desk_at(context, folder, make=False) as desk:
        with desk.reader() as reader:
            person: str = reader.setting("person")
        return person, pack_copies.bring_back_from_second(desk)


def rekey(
    context: typer.Context,
    keyring: Annotated[bool, typer.Option("--keyring", help="Keep the new key in the system's keyring.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give the store a new key; GEMBA_NEW_PASSPHRASE locks it, or the system's keyring keeps it."""
    folder = store_folder(context, store)
    wished = None if keyring else os.environ.get(NEW_PASSPHRASE)
    if not (wished or keyring):
        raise Refusal("cli.no_new_passphrase", variable=NEW_PASSPHRASE)
    world = world_of(context)
    change_key(folder, passphrase=world.passphrase, wished=wished, clock=world.clock, ids=world.ids)
    words = text("The store has a new key. Backups that were made before still open as they did.")
    say({"store": folder, "opens": "keyring" if keyring else "passphrase"}, words, as_json=as_json)


def _bring_back(context: typer.Context, folder: Path, file: Path, *, as_json: bool) -> None:
    with desk_at(context, folder, make=False) as desk, Progress(silent=as_json) as progress:
        back = pack_copies.bring_back(desk, file, lambda done, total: progress.stage(_which(done, total)))
    say(back, back.words, as_json=as_json)


def _which(done: int, total: int) -> str:
    return text("Bringing back pack {place} of {count} …", place=done + 1, count=total)
