"""The stops of a route: put in, changed, ordered, taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.domain.walks import RouteStop
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.routes import in_use, stops_of

LONGEST = 8 * 60
"""Minutes at one stop; whoever stays longer does not walk."""


class StopDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The stop that is asked for."""

    title: str
    look_for: str = ""
    place: Uid | None = None
    """An area of the route's place, where it is one."""
    step: str = ""
    """Code or title of the step of the work."""
    minutes: int | None = None


def add_stop(desk: Desk, route: Uid, draft: StopDraft) -> Change:
    """Put a stop at the end of a route.

    Raises:
        Refusal: the route is out of use, the stop has no title, its place or step is unknown, or its minutes make no
            sense.
    """
    with desk.unit() as unit:
        return unit.change_made(add_stop_in(unit, desk, route, draft).uid)


def add_stop_in(unit: Unit, desk: Desk, route: Uid, draft: StopDraft) -> RouteStop:
    """The same within another use case's unit."""
    in_use(unit, route)
    last = max((one.position for one in stops_of(unit, route)), default=0.0)
    about = msgspec.structs.asdict(draft)
    made = RouteStop(
        uid=desk.ids(), route=route, position=last + 1, made_at=desk.clock(), person=desk.person.uid, **about
    )
    made = _in_order(unit, made)
    unit.put(made)
    return made


def change_stop(desk: Desk, stop: Uid, fields: Mapping[str, Any]) -> Change:
    """Change a stop; what was noted there stays noted there.

    Raises:
        Refusal: as `add_stop`, or it was taken out.
    """
    with desk.unit() as unit:
        before = _there(unit, stop)
        after = _in_order(unit, msgspec.structs.replace(before, **fields))
        unit.change(RouteStop, stop, **{name: getattr(after, name) for name in fields})
        return unit.change_made(stop)


def order_stops(desk: Desk, route: Uid, order: Sequence[Uid]) -> Change:
    """Put the stops of a route into another order.

    Args:
        desk: who does it, where.
        route: uid of the route.
        order: uids of its stops; those that are left out stand behind, as they stood.

    Raises:
        Refusal: the route is out of use, or one of them is no stop of it.
    """
    with desk.unit() as unit:
        in_use(unit, route)
        stops = [one.uid for one in stops_of(unit, route)]
        strange = [uid for uid in order if uid not in stops]
        if strange:
            raise Refusal("work.stop_of_another", uid=strange[0])
        for place, uid in enumerate(dict.fromkeys((*order, *stops)), 1):
            unit.change(RouteStop, uid, position=float(place))
        return unit.change_made(route)


def move_stop(desk: Desk, stop: Uid, by: int) -> Change:
    """Move a stop so many places further (back where negative); at the ends it stays."""
    with desk.reader() as reader:
        route = known(reader, RouteStop, stop).route
        order = [one.uid for one in stops_of(reader, route)]
    if stop not in order:
        raise Refusal("work.stop_removed")
    at = order.index(stop)
    order.insert(min(max(0, at + by), len(order) - 1), order.pop(at))
    return order_stops(desk, route, order)


def remove_stop(desk: Desk, stop: Uid) -> Change:
    """Take a stop out of its route; walks that noted something there keep it."""
    with desk.unit() as unit:
        _there(unit, stop)
        unit.change(RouteStop, stop, removed=True)
        return unit.change_made(stop)


def _there(unit: Unit, stop: Uid) -> RouteStop:
    found = known(unit, RouteStop, stop)
    if found.removed:
        raise Refusal("work.stop_removed")
    in_use(unit, found.route)
    return found


def _in_order(unit: Unit, stop: RouteStop) -> RouteStop:
    if not stop.title.strip():
        raise Refusal("work.stop_title")
    if stop.place is not None:
        known(unit, Place, stop.place)
    if stop.minutes is not None and not 1 <= stop.minutes <= LONGEST:
        raise Refusal("work.stop_minutes", minutes=stop.minutes, most=LONGEST)
    step = code_of(unit, Facet.STEP, stop.step)
    return msgspec.structs.replace(stop, title=stop.title.strip(), look_for=stop.look_for.strip(), step=step)
