"""`gemba hq watch`: take in whatever arrives."""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption, in_json, shown
from gemba.cli.world import desk_at, store_folder, world_of
from gemba.hq.inboxes import open_inboxes
from gemba.hq.intake import demand_headquarters
from gemba.hq.proving import prove
from gemba.hq.publishing import newest_publication
from gemba.hq.set_back import SetBack, set_back
from gemba.hq.watching import Duties, Event, Watch
from gemba.hq.workers import Crew, Recipe, Result
from gemba.wording import language
from gemba.work.desk import Desk

_AT_ONCE = 5
"""Packs of which signatures are checked before somebody looks again whether anything has arrived."""


_CODES = {Result.TROUBLE.value: 3, Result.REFUSED.value: 2, Result.QUARANTINED.value: 2}
"""Exit codes of one look, by what it had to tell; the highest holds."""


class _Stop:
    """Whether somebody asked for the end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


class _Telling:
    """Says each event in one line, at once: whoever reads may be waiting for it."""

    def __init__(self, *, as_json: bool, is_once: bool) -> None:
        self._as_json = as_json
        self._is_once = is_once
        self.code = 0
        """The exit code that tells how the events were."""

    def __call__(self, event: Event) -> None:
        code = _CODES.get(event.event, 0)
        self.code = max(self.code, code)
        words = shown((f"{event.file}: " if event.file else "") + event.words.replace("\n", " ")) + "\n"
        if self._as_json:
            sys.stdout.write(in_json(event) + "\n")
        if self._is_once and code:  # one command that ends says so where others say it
            sys.stderr.write(words)
        elif not self._as_json:
            sys.stdout.write(words)
        sys.stdout.flush()


def watch(
    context: typer.Context,
    inboxes: Annotated[
        list[str], typer.Argument(help="Folders, carriers or addresses where packs arrive.", show_default=False)
    ],
    store: HqStore,
    down: Annotated[
        Path | None,
        typer.Option("--down", help="Folder for receipts; without it `down` in each inbox.", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Packs that are taken in at once.")] = 2,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Seconds between looks.")] = 10.0,
    publish: Annotated[
        bool, typer.Option("--publish", help="Lay a new publication into `down` whenever there is anything to say.")
    ] = False,
    once: Annotated[
        bool,
        typer.Option("--once", help="Look once, take in what is there, and end: with 2 or 3 when not all went well."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take in packs as they arrive and lay the receipts down for the laptops; stops cleanly when told to."""
    world = world_of(context)
    folder = store_folder(context, store)
    stop, telling = _Stop(), _Telling(as_json=as_json, is_once=once)
    with desk_at(context, folder, make=False) as desk:
        demand_headquarters(desk)
        crew = Crew(Recipe(folder, world.passphrase, language()), workers)
        places = open_inboxes(desk, inboxes, down)
        watching = Watch(
            places,
            crew,
            telling,
            world.clock,
            Duties(
                publication=partial(newest_publication, desk) if publish else None,
                prove=partial(prove, desk, most=_AT_ONCE),
                set_back=partial(_set_back, desk),
            ),
        )
        try:
            if once:
                watching.once(stop=stop)
                watching.prove_all(stop)
            else:
                watching.run(every, stop)
        finally:
            crew.close()
    if once and telling.code:
        raise typer.Exit(telling.code)


def _set_back(desk: Desk) -> SetBack | None:
    with desk.reader() as reader:
        return set_back(reader)
