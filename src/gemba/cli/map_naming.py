"""How maps, steps, alerts and places are named on the command line, and the days that bound a period."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypeVar

import typer

from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee, ProcessMap, ProcessStep
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.places import place_named
from gemba.work.process_maps import maps, standing

R = TypeVar("R")

_SHORTEST = 4
_DAY = ["%Y-%m-%d"]

MapArgument = Annotated[str, typer.Argument(help="Title or uid of the map.", show_default=False)]
StepArgument = Annotated[str, typer.Argument(help="Code, title or uid of the step.", show_default=False)]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Name of a place; what is below it counts.")]
BeginsOption = Annotated[datetime | None, typer.Option("--begins", formats=_DAY, help="First day.")]
EndsOption = Annotated[datetime | None, typer.Option("--ends", formats=_DAY, help="Last day, included.")]


def map_named(reader: Reader, name: str) -> ProcessMap:
    """The map of this title or uid, or of a beginning of either.

    Raises:
        Refusal: there is none, or several.
    """
    known = maps(reader, retired=True)
    whole = [each for each in known if each.uid == name or each.title.casefold() == name.casefold()]
    return _one("process_map", name, whole or [each for each in known if _begins(name, each.uid, each.title)])


def step_named(reader: Reader, of: ProcessMap, name: str) -> ProcessStep:
    """The step of a map with this code, title or uid.

    Raises:
        Refusal: there is none, or several.
    """
    known = standing(reader, of.uid)
    whole = [each for each in known if name in {each.uid, each.code} or each.title.casefold() == name.casefold()]
    return _one("process_step", name, whole or [each for each in known if _begins(name, each.uid, each.title)])


def alert_named(reader: Reader, name: str) -> GoAndSee:
    """The alert of this uid, or of a beginning of it.

    Raises:
        Refusal: there is none, or several.
    """
    found = reader.get(GoAndSee, name)
    if found is not None:
        return found
    return _one("go_and_see", name, [each for each in reader.find(GoAndSee) if _begins(name, each.uid)])


def place_uid(reader: Reader, name: str | None) -> str | None:
    """The uid of the place that was named; `None` when none was.

    Raises:
        Refusal: there is no such place.
    """
    if name is None:
        return None
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def day(when: datetime | None) -> date | None:
    """The day of an option."""
    return None if when is None else when.date()


def _begins(name: str, *names: str) -> bool:
    return len(name) >= _SHORTEST and any(one.casefold().startswith(name.casefold()) for one in names)


def _one(noun: str, name: str, found: list[R]) -> R:
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun=noun, name=name)
    return found[0]
