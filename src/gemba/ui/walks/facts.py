"""What the views of routes, plan and standard work show, read on a job's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.domain.walks import Route
from gemba.store import vocabularies
from gemba.ui.conduct.walk.records import KINDS
from gemba.ui.walks.route_form import Offers
from gemba.work.carried_in import Carried, carried_in
from gemba.work.known_people import people_known
from gemba.work.route_facts import RouteFacts, route_facts
from gemba.work.routes import layers, routes
from gemba.work.walk_plan import PlannedWalk, walk_plan

_DATES, _AHEAD = 4, 92


class RouteShown(msgspec.Struct, frozen=True):
    """Everything that the detail of a route shows."""

    facts: RouteFacts
    waiting: tuple[Carried, ...]
    """What a walk on it can carry in."""
    planned: tuple[PlannedWalk, ...]
    """What is late and what comes next on it."""
    offers: Offers


def read_route(desk: Any, uid: str) -> RouteShown | None:
    """A route with what waits for it; nothing where it is not here."""
    with desk.reader() as reader:
        route = reader.get(Route, uid)
        if route is None:
            return None
        facts = route_facts(reader, route, _DATES)
    waiting = tuple(carried_in(desk, route.place)) if not route.retired else ()
    planned = tuple(walk_plan(desk, days=_AHEAD, route=uid)[:_DATES])
    return RouteShown(facts, waiting, planned, read_offers(desk))


def read_offers(desk: Any) -> Offers:
    """What the forms of routes offer; checklists of walks first."""
    with desk.reader() as reader:
        places = sorted(((one.uid, one.name) for one in reader.find(Place)), key=lambda one: one[1].casefold())
        forms = [one for one in reader.find(Template) if not one.retired]
        forms.sort(key=lambda one: (one.kind not in KINDS, one.title.casefold()))
        words = vocabularies.current(reader, Facet.STEP)
        steps = sorted(words.terms.items(), key=lambda one: one[1].casefold()) if words is not None else []
        return Offers(
            places=tuple(places),
            templates=tuple((one.uid, one.title) for one in forms),
            people=tuple((one.uid, one.name) for one in people_known(reader)),
            layers=tuple(layers(routes(reader, retired=True))),
            steps=tuple(steps),
        )
