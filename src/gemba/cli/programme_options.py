"""What the commands on programmes, audits and schedules ask for alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.known_people import people_known
from gemba.work.places import place_named

_SHORTEST = 4

Days = ["%Y-%m-%d"]
ProgrammeName = Annotated[
    str, typer.Argument(help="Number or uid of the programme, or its quarter.", show_default=False)
]
AuditName = Annotated[str, typer.Argument(help="Number or uid of the audit.", show_default=False)]
ScheduleName = Annotated[str, typer.Argument(help="Title or uid of the schedule.", show_default=False)]
First = Annotated[datetime | None, typer.Option("--from", formats=Days, help="First day.")]
Last = Annotated[datetime | None, typer.Option("--to", formats=Days, help="Last day, included.")]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", help="PART=NUMBER: signals, severity, drift, since or changes; repeatable."),
]
Because = Annotated[str, typer.Option("--because", help="What keeps the auditors independent where there is a doubt.")]
Second = Annotated[str, typer.Option("--second", help="Second auditor, who judges a share blindly.")]
Share = Annotated[float | None, typer.Option("--share", help="Share of the sample that both judge, 0 to 1.")]


def day_of(moment: datetime | None) -> date | None:
    """The day of an option; `None` when it was left out."""
    return moment.date() if moment is not None else None


def weights_of(said: list[str] | None) -> dict[str, float] | None:
    """Weights as they were written; `None` when none was.

    Raises:
        Refusal: one is not PART=NUMBER.
    """
    found: dict[str, float] = {}
    for each in said or []:
        part, _, number = each.partition("=")
        try:
            found[part.strip()] = float(number)
        except ValueError as error:
            raise Refusal("cli.not_a_weight", given=each) from error
    return found or None


def place_of(reader: Reader, name: str | None) -> Uid | None:
    """Uid of the place of this name; `None` when none is named.

    Raises:
        Refusal: there is no such place.
    """
    if name is None:
        return None
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def person_of(reader: Reader, name: str) -> Uid:
    """Uid of the person who is meant: by uid, by name, or by the beginning of either.

    Raises:
        Refusal: there is none, or several.
    """
    every, wanted = people_known(reader), name.strip().casefold()
    found = [one for one in every if wanted and (one.uid == wanted or one.name.casefold() == wanted)]
    if not found and len(wanted) >= _SHORTEST:
        found = [one for one in every if one.uid.startswith(wanted) or one.name.casefold().startswith(wanted)]
    if len(found) != 1:
        raise Refusal("cli.several", noun="person", name=name) if found else Refusal("cli.unknown_person", name=name)
    return found[0].uid
