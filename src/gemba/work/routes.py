"""Routes of Gemba walks: made, changed, given a schedule, taken out of use. Stops: `gemba.work.route_stops`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.walks import Route, RouteStop
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work import schedules
from gemba.work.desk import Desk
from gemba.work.records import known

_SHORTEST = 4


class RouteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The route that is asked for."""

    title: str
    place: Uid
    purpose: str = ""
    layer: str = ""
    """Role of those who walk it."""
    walkers: tuple[Uid, ...] = ()
    in_turns: bool = False
    template: Uid | None = None
    """The checklist that is conducted on the way."""


def add_route(desk: Desk, draft: RouteDraft) -> Change:
    """Make a route.

    Raises:
        Refusal: it has no title, takes turns without walkers, or what it names is unknown or out of use.
    """
    with desk.unit() as unit:
        return unit.change_made(add_route_in(unit, desk, draft).uid)


def add_route_in(unit: Unit, desk: Desk, draft: RouteDraft) -> Route:
    """The same within another use case's unit."""
    about = msgspec.structs.asdict(draft)
    made = Route(uid=desk.ids(), made_at=desk.clock(), person=desk.person.uid, **about)
    made = _in_order(unit, made)
    unit.put(made)
    return made


def change_route(desk: Desk, route: Uid, fields: Mapping[str, Any]) -> Change:
    """Change a route; what was expected of its walkers until today stays as it was.

    Raises:
        Refusal: as `add_route`, or it is out of use.
    """
    with desk.unit() as unit:
        before = in_use(unit, route)
        after = _in_order(unit, msgspec.structs.replace(before, **fields))
        unit.change(Route, route, **{name: getattr(after, name) for name in fields})
        return unit.change_made(route)


def retire_route(desk: Desk, route: Uid) -> Change:
    """Take a route out of use, and its schedule with it; what was walked stays."""
    with desk.unit() as unit:
        before = in_use(unit, route)
        unit.change(Route, route, retired=True)
        if before.schedule is not None:
            unit.change(Schedule, before.schedule, retired=True)
        return unit.change_made(route)


def schedule_route(desk: Desk, route: Uid, draft: schedules.Draft) -> Change:
    """Say when a route is walked; said again, the new schedule holds from today on.

    Args:
        desk: who does it, where.
        route: uid of the route.
        draft: the schedule; its subject, place and checklist are the route's.

    Raises:
        Refusal: the route is out of use, or the schedule makes no sense.
    """
    with desk.unit() as unit:
        return unit.change_made(schedule_route_in(unit, desk, route, draft).uid)


def schedule_route_in(unit: Unit, desk: Desk, route: Uid, draft: schedules.Draft) -> Schedule:
    """The same within another use case's unit."""
    about = in_use(unit, route)
    meant = msgspec.structs.replace(
        draft, title=draft.title.strip() or about.title, subject=f"route:{route}", place=about.place, template=None
    )
    if about.schedule is not None and unit.get(Schedule, about.schedule) is not None:
        fields = msgspec.structs.asdict(meant)
        return schedules.change_in(unit, desk, about.schedule, fields)
    made = schedules.add_in(unit, desk, meant)
    unit.change(Route, route, schedule=made.uid)
    return made


def routes(reader: Reader, *, retired: bool = False) -> list[Route]:
    """The routes in use, by layer and title; with `retired` those taken out of use, too."""
    found = [one for one in reader.find(Route) if retired or not one.retired]
    return sorted(found, key=lambda one: (one.layer.casefold(), one.title.casefold(), one.uid))


def stops_of(reader: Reader, route: Uid) -> list[RouteStop]:
    """The stops of a route in their order, without those that were taken out."""
    found = [one for one in reader.find(RouteStop, route=route) if not one.removed]
    return sorted(found, key=lambda one: (one.position, one.uid))


def route_named(reader: Reader, name: str) -> Route:
    """The route that a person means: its uid, the beginning of it, or its title.

    Raises:
        Refusal: there is none, or several.
    """
    every, wanted = reader.find(Route), name.strip().casefold()
    found = [one for one in every if wanted in (one.uid, one.title.casefold())]
    if not found and len(wanted) >= _SHORTEST:
        found = [one for one in every if one.uid.startswith(wanted) or one.title.casefold().startswith(wanted)]
    found = [one for one in found if not one.retired] or found
    if len(found) != 1:
        raise Refusal("work.routes_named" if found else "work.no_route_named", name=name)
    return found[0]


def in_use(reader: Reader, route: Uid) -> Route:
    """The route, if it is in use.

    Raises:
        Refusal: it is unknown or out of use.
    """
    found = known(reader, Route, route)
    if found.retired:
        raise Refusal("work.route_retired", title=found.title)
    return found


def layers(found: Sequence[Route]) -> list[str]:
    """The layers that routes name, each once, in order of the letters."""
    return sorted({one.layer for one in found if one.layer}, key=str.casefold)


def _in_order(unit: Unit, route: Route) -> Route:
    if not route.title.strip():
        raise Refusal("work.route_title")
    known(unit, Place, route.place)
    walkers = tuple(dict.fromkeys(route.walkers))
    for walker in walkers:
        known(unit, Person, walker)
    if route.in_turns and not walkers:
        raise Refusal("work.route_turns", title=route.title)
    if route.template is not None and known(unit, Template, route.template).retired:
        raise Refusal("work.template_retired", title=known(unit, Template, route.template).title)
    about = {name: getattr(route, name).strip() for name in ("title", "purpose", "layer")}
    return msgspec.structs.replace(route, walkers=walkers, **about)
