"""`gemba --person NAME`, `gemba people`, `gemba hand-over`: a laptop that several people share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work import people_stores
from gemba.work.hand_over import hand_over


def store_for(person: str) -> Path:
    """The folder of the store of a person on this laptop; of somebody new it is made."""
    return (people_stores.known(person) or people_stores.store_of(person)).store


def people(as_json: JsonOption = False) -> None:
    """Who has a store of their own on this laptop; “gemba --person NAME” opens it, or makes one."""
    found = people_stores.people()
    words = table([(one.name, one.store) for one in found], [text("Person"), text("Store")])
    none = text("Nobody has a store of their own here yet; “gemba --person NAME” makes one.")
    say(found, words if found else none, as_json=as_json)


def hand_over_(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", help="Card of the store that takes over, or a person of this laptop.")],
    out: Annotated[Path, typer.Option("--out", help="Folder or stick to hand over in.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Hand what headquarters does not hold yet to another person, whose store sends it on (gemba take-in)."""
    person = people_stores.known(to)
    card = person.card if person is not None else Path(to)
    if card is None or not card.is_file():
        raise Refusal("cli.no_such_card", card=to)
    with desk_at(context, store, make=False) as desk, Progress(silent=as_json) as progress:
        handed = hand_over(desk, card, out, lambda _done, _total, words: progress.stage(words))
    say(handed, handed.words, as_json=as_json)
