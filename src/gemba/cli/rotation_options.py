"""What the commands of rotations and promises share: options, and how a person names a place or a leader."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from gemba.cli.programme_options import person_of
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.places import place_named

_DAY = ["%Y-%m-%d"]
Day = Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="Day, as 2026-10-05.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="Last day; the first one when left out.")]
PlaceOption = Annotated[str, typer.Option("--place", help="Name or uid of the place.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
RotationArgument = Annotated[str, typer.Argument(help="Number or uid of the rotation.", show_default=False)]
PromiseArgument = Annotated[str, typer.Argument(help="Number or uid of the promise.", show_default=False)]
NoNames = Annotated[bool, typer.Option("--no-names", help="You have looked: what may be names in the texts are none.")]


def place_known(reader: Reader, name: str) -> Uid:
    """The uid of the place of this name or uid; none is made.

    Raises:
        Refusal: there is no such place.
    """
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def leader_of(desk: Desk, reader: Reader, name: str) -> Uid:
    """The uid of a leader by name or uid; the person at the desk when none is named."""
    return person_of(reader, name) if name else desk.person.uid


def day_of(moment: datetime | None) -> date | None:
    """The day that an option named."""
    return moment.date() if moment is not None else None
