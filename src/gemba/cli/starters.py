"""`gemba template starters`: what the starter library holds, and taking it in."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.wording import text
from gemba.work import starters as library
from gemba.work.starters import Offer


def starters(
    context: typer.Context,
    take: Annotated[
        list[str] | None, typer.Option("--import", help="Id of one to take into the library.", show_default=False)
    ] = None,
    take_all: Annotated[bool, typer.Option("--all", help="Take in all that are not in the library.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the starter library, or take checklists of it into this store."""
    with desk_at(context, store) as desk:
        missing = [offer.starter.form_id for offer in library.offers(desk) if not offer.here] if take_all else []
        changes = library.add(desk, [*(take or []), *missing])
        offers = library.offers(desk)
    added = sum(bool(change.uids) for change in changes)
    say({"starters": [_told(offer) for offer in offers], "added": added}, _words(offers), as_json=as_json)


def _told(offer: Offer) -> dict[str, object]:
    each = offer.starter
    return {
        "form_id": each.form_id,
        "version": each.version,
        "title": each.titled,
        "about": each.told,
        "kind": each.kind,
        "sections": each.sections,
        "items": each.items,
        "minutes": each.minutes,
        "here": offer.here,
    }


def _words(offers: list[Offer]) -> str:
    heads = [text("Id"), text("Title"), text("Questions"), text("Minutes"), text("In the library")]
    rows = [
        (
            offer.starter.form_id,
            offer.starter.titled,
            offer.starter.items,
            offer.starter.minutes,
            text("yes") if offer.here else text("no"),
        )
        for offer in offers
    ]
    return table(rows, heads)
