"""Routes and walks for tests."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import msgspec
from tests.work.conftest import template_of

from gemba.domain.people import Person
from gemba.work import conduct, routes
from gemba.work.conclude import conclude, outlook
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk
from gemba.work.route_stops import StopDraft, add_stop
from gemba.work.route_walks import start_walk
from gemba.work.routes import RouteDraft
from gemba.work.schedules import Draft


def on_day(desk: Desk, day: date) -> Desk:
    """The desk at eight on a day."""
    ahead = timedelta(days=(day - desk.clock().date()).days)
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() + ahead)


def as_person(desk: Desk, person: Person) -> Desk:
    """The desk when somebody else sits there."""
    return msgspec.structs.replace(desk, person=person)


def leader(desk: Desk, name: str) -> Person:
    """Somebody else who walks."""
    made = Person(uid=desk.ids(), name=name)
    with desk.unit() as unit:
        unit.put(made)
    return made


def route_made(desk: Desk, place: str, *stops: str, **fields: Any) -> str:
    """A route of team leads with these stops; gives its uid."""
    said = {"title": "Counter round", "layer": "Team lead", "template": template_of(desk, "walk").uid} | fields
    uid = routes.add_route(desk, RouteDraft(place=place, **said)).uid
    for title in stops:
        add_stop(desk, uid, StopDraft(title=title, look_for=f"What waits at {title}?", minutes=10))
    return uid


def scheduled(desk: Desk, route: str, rule: str = "FREQ=WEEKLY;BYDAY=TU", **fields: Any) -> str:
    """Let a route be walked by a rule from today on; gives the uid of the schedule."""
    said = {"title": "", "rule": rule, "starts": desk.clock().date()} | fields
    routes.schedule_route(desk, route, Draft(**said))
    with desk.reader() as reader:
        return routes.route_named(reader, route).schedule or ""


def walked(desk: Desk, route: str, *carried: str) -> str:
    """A walk on a route, begun, filled and concluded; gives its uid."""
    uid = start_walk(desk, route, carried).uid
    finish(desk, uid)
    return uid


def finish(desk: Desk, walk: str) -> None:
    """Fill a walk and conclude it."""
    fill = conduct.open_sheet(desk, walk).fill
    conduct.answer_all(desk, walk, fill_in(fill, random.Random(1), 1.0, 0.9, desk.clock()))
    for path in outlook(desk, walk).critical:
        conduct.note(desk, walk, path, "Seen once.")
    conclude(desk, walk)
