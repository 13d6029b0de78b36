"""`gemba send`: everything that is sealed goes to headquarters by its carriers, and answers come back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.errors import GembaError, Trouble
from gemba.store.deliveries import failure
from gemba.work.carriers import carrier_named, carriers
from gemba.work.deliver import Delivered, Progressed, fetch, send_all
from gemba.work.delivery_status import status as status_of
from gemba.work.desk import Desk
from gemba.work.fetch_answers import Fetched


def send(
    context: typer.Context,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Name of a carrier; else all that send by themselves.", show_default=False),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send once more what has no receipt yet.")] = False,
    answers: Annotated[bool, typer.Option("--answers/--no-answers", help="Fetch headquarters' answers, too.")] = True,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Send what is sealed and go on with what was stopped; then fetch headquarters' answers the same way."""
    with desk_at(context, store, make=False) as desk:
        line = _Line(silent=as_json or not sys.stderr.isatty())
        try:
            delivered = send_all(desk, to, line.told, again=again)
        finally:
            line.end()
        fetched, wrong = _fetch(desk, delivered, to) if answers else ([], None)
        facts = {
            "outcomes": delivered.outcomes,
            "busy": delivered.busy,
            "answers": fetched,
            "packs": status_of(desk).packs,
        }
        words = "\n".join([delivered.words, *(one.words for one in fetched if one.answers)])
        say(facts, words, as_json=as_json)
        _raise_first(desk, delivered)
        if wrong is not None:
            raise wrong


class _Line:
    """One line on a terminal that says how far it is."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._written = False

    def told(self, there: Progressed) -> None:
        """Say how far something has come."""
        if self._silent:
            return
        share = 100 * there.bytes_there // there.size if there.size else 100
        place = f"{there.carrier}: {there.pack[:12]} {there.parts_there}/{there.parts} {share} %"
        sys.stderr.write(f"\r{place:<60}")
        sys.stderr.flush()
        self._written = True

    def end(self) -> None:
        """Leave the line."""
        if self._written:
            sys.stderr.write("\n")


def _fetch(desk: Desk, delivered: Delivered, to: str | None) -> tuple[list[Fetched], GembaError | None]:
    """Answers of the carriers that worked, and what was wrong with the first that did not: the others go on."""
    broken = {one.carrier for one in delivered.failed}
    chosen = [carrier_named(desk, to)] if to else [one for one in carriers(desk) if one.automatic]
    found: list[Fetched] = []
    wrong: list[GembaError] = []
    for one in chosen:
        if one.name in broken or one.url.startswith("http"):
            continue
        try:
            found.append(fetch(desk, one))
        except GembaError as error:
            wrong.append(error)
    return found, wrong[0] if wrong else None


def _raise_first(desk: Desk, delivered: Delivered) -> None:
    """The exit code tells that something did not go; what did go stays sent."""
    for outcome in delivered.failed:
        error: GembaError | None = failure(carrier_named(desk, outcome.carrier).trouble)
        if error is not None:
            raise error
    if delivered.busy and not delivered.outcomes:
        raise Trouble("work.carrier_busy", name=delivered.busy[0])
