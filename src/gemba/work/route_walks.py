"""Walk a route: begun with what is carried in, its stops beside the checklist, and what was noted at each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.domain.walks import Route, RouteStop
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.store.walk_lists import SUBJECT
from gemba.work.carried_in import take_along_in
from gemba.work.conduct import start_in
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.routes import in_use, stops_of


class RouteOf(msgspec.Struct, frozen=True):
    """The route of a walk, with the stops that it has or had when something was noted there."""

    route: Route
    stops: tuple[RouteStop, ...]


def start_walk(
    desk: Desk,
    route: Uid,
    carried: Sequence[str] = (),
    *,
    template: Uid | None = None,
    due: date | None = None,
) -> Change:
    """Begin a walk on a route, carrying in what is chosen; all or nothing.

    Args:
        desk: who walks.
        route: uid of the route.
        carried: keys of `gemba.work.carried_in.carried_in`.
        template: the checklist; the route's when left out.
        due: until when, if there is a day.

    Raises:
        Refusal: the route is out of use or has no checklist, or what is carried in is on its way with another walk.
    """
    with desk.unit() as unit:
        return unit.change_made(start_walk_in(unit, desk, route, carried, template=template, due=due).uid)


def start_walk_in(
    unit: Unit,
    desk: Desk,
    route: Uid,
    carried: Sequence[str] = (),
    *,
    template: Uid | None = None,
    due: date | None = None,
) -> Assessment:
    """The same within another use case's unit."""
    about = in_use(unit, route)
    checklist = template or about.template
    if checklist is None:
        raise Refusal("work.route_without_checklist", title=about.title)
    walk = start_in(unit, desk, checklist, about.place, title=about.title, due=due, subject=f"{SUBJECT}{route}")
    take_along_in(unit, desk, walk.uid, carried)
    return walk


def route_of(reader: Reader, walk: Assessment) -> Route | None:
    """The route that a walk follows; `None` for any other assessment."""
    if not walk.subject.startswith(SUBJECT):
        return None
    return reader.get(Route, walk.subject.removeprefix(SUBJECT))


def walked_route(reader: Reader, walk: Assessment, noted_at: Iterable[Uid | None] = ()) -> RouteOf | None:
    """The route of a walk with its stops, also those that were taken out since but where something was noted.

    Args:
        reader: of the store.
        walk: the assessment.
        noted_at: stops at which something was noted.
    """
    route = route_of(reader, walk)
    if route is None:
        return None
    stops = {one.uid: one for one in stops_of(reader, route.uid)}
    for uid in noted_at:
        if uid is not None and uid not in stops:
            stops[uid] = known(reader, RouteStop, uid)
    return RouteOf(route, tuple(sorted(stops.values(), key=lambda one: (one.position, one.uid))))
