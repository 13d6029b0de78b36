"""What the command line was given by `gemba.app`, and how it opens a store.

Help is shown without a store: what opens one is imported only then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from gemba.cli.progress import Progress
from gemba.domain.clocks import doubt
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.folders import own_store
from gemba.wording import sentence, text

if TYPE_CHECKING:
    from gemba.work.desk import Desk

STORE = "gemba.store"
"""Where a store that was named before the command is remembered."""
PERSON = "gemba.person"
"""Where a person of a shared laptop who was named before the command is remembered."""


class World(msgspec.Struct, frozen=True):
    """The world's edge: clock, ids, passphrase, and the window's two doors."""

    clock: Callable[[], datetime]
    ids: Callable[[], Uid]
    passphrase: str | None
    window: Callable[[Path], int]
    """Opens the window on a store; gives the exit code."""
    tour: Callable[[Desk, Path], list[Path]]
    """Writes screenshots of every page into a folder."""


def world_of(context: typer.Context) -> World:
    """The world that the program was started in."""
    found = context.find_object(World)
    if found is None:
        raise RuntimeError("the command line was started without a world")
    return found


def store_folder(context: typer.Context, store: Path | None) -> Path:
    """The folder of the store that was named, after the command or before it, or of the person's own."""
    store = store or context.meta.get(STORE)
    if store is not None and "://" in str(store):
        raise Refusal("cli.store_is_no_folder", store=str(store))
    return store if store is not None else own_store()


@contextmanager
def desk_at(context: typer.Context, store: Path | None, *, make: bool = True) -> Iterator[Desk]:
    """The desk at a store, closed afterwards; a store that is not there is made, and that is said.

    Args:
        context: of the command.
        store: its folder, or `None` for the person's own.
        make: make the store when there is none; otherwise that is trouble.
    """
    from gemba.store.opening import exists
    from gemba.work.open_desk import make_desk, open_desk
    from gemba.work.people_stores import lay_card

    world = world_of(context)
    folder = store_folder(context, store)
    if make and not exists(folder):
        name = context.meta.get(PERSON) or ""
        desk = make_desk(folder, clock=world.clock, ids=world.ids, passphrase=world.passphrase, person_name=name)
        print(text("Made a new store with the starter library in {folder}.", folder=folder), file=sys.stderr)
    else:
        desk = open_desk(folder, clock=world.clock, ids=world.ids, passphrase=world.passphrase)
    try:
        _doubt_clock(desk)
        lay_card(desk)
        yield desk
        _back_up_if_due(desk)
    finally:
        if (given_up := desk.store.reserve_given_up) is not None:
            print(sentence(given_up), file=sys.stderr)
        desk.store.close()


def _doubt_clock(desk: Desk) -> None:
    doubted = doubt(desk.clock())
    if doubted is not None:
        print(sentence(doubted), file=sys.stderr)


def _back_up_if_due(desk: Desk) -> None:
    """Make the backup that the clock asks for, once the command has done its work."""
    from gemba.work import backups

    with Progress() as progress:
        made = backups.make_if_due(desk, lambda *_: progress.stage(text("Making the daily backup …")))
    if made is not None:
        from gemba.cli.backup import tell_failed

        tell_failed(made)
        if made.lacking.lost:
            print(" ".join(made.lacking.words()), file=sys.stderr)
