"""What is known of a route: its stops, walkers, schedule and next dates, in one look."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.occurrences import Occurrence
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.walks import Route, RouteStop
from gemba.store.reading import Reader
from gemba.work.routes import stops_of
from gemba.work.schedules import preview


class RouteFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A route with its names."""

    route: Route
    place: str
    template: str = ""
    walkers: tuple[str, ...] = ()
    """Names in their order."""
    stops: tuple[RouteStop, ...] = ()
    schedule: Schedule | None = None
    dates: tuple[Occurrence, ...] = ()
    """The next ones, skipped ones among them."""

    @property
    def minutes(self) -> int:
        """Planned at all stops."""
        return sum(one.minutes or 0 for one in self.stops)

    @property
    def rule(self) -> str:
        """Of its schedule; empty when it has none."""
        return self.schedule.rule if self.schedule is not None else ""

    @property
    def next_on(self) -> date | None:
        """The next day on which it is walked."""
        return next((one.on for one in self.dates if one.on is not None), None)


def route_facts(reader: Reader, route: Route, dates: int = 1) -> RouteFacts:
    """Everything that is shown of a route.

    Args:
        reader: of the store.
        route: of the store.
        dates: how many next ones.
    """
    place, names = reader.get(Place, route.place), _names(reader, route.walkers)
    template = reader.get(Template, route.template) if route.template else None
    schedule = reader.get(Schedule, route.schedule) if route.schedule else None
    follows = schedule if schedule is not None and not schedule.retired else None
    return RouteFacts(
        route=route,
        place=place.name if place is not None else "",
        template=template.title if template is not None else "",
        walkers=tuple(names.get(uid, "") for uid in route.walkers),
        stops=tuple(stops_of(reader, route.uid)),
        schedule=follows,
        dates=tuple(preview(reader, follows, count=dates)) if follows is not None else (),
    )


def _names(reader: Reader, uids: tuple[Uid, ...]) -> dict[Uid, str]:
    return {one.uid: one.name for one in reader.many(Person, list(uids))}
