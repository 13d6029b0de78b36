"""A route of the demonstration: three stops, a weekly schedule, and what was seen and heard on its last walk."""

from __future__ import annotations

from datetime import timedelta

from gemba.domain.record import Uid
from gemba.domain.recurrence_rules import WEEKDAYS
from gemba.domain.templates import Template
from gemba.domain.walks import ObservationSort, RouteStop
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.observations import Noted, observe_in
from gemba.work.route_stops import StopDraft, add_stop_in
from gemba.work.routes import RouteDraft, add_route_in, schedule_route_in
from gemba.work.schedules import Draft


def lay_route(desk: Desk, site: Uid, walked_days_ago: int) -> Uid:
    """Make the route of a site, walked each week since the week before its last walk; gives its uid."""
    day = desk.clock().date() - timedelta(days=walked_days_ago)
    with desk.unit() as unit:
        template = next(one for one in unit.find(Template) if one.kind == "walk")
        draft = RouteDraft(
            title=text("Counter round"),
            place=site,
            purpose=text("See what customers wait for, before they tell us."),
            layer=text("Team lead"),
            walkers=(desk.person.uid,),
            template=template.uid,
        )
        route = add_route_in(unit, desk, draft)
        _stops(unit, desk, route.uid)
        rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day.weekday()]}"
        schedule = Draft(title="", rule=rule, starts=day - timedelta(days=7), week=WEEKDAYS, grace_days=2, minutes=25)
        schedule_route_in(unit, desk, route.uid, schedule)
    return route.uid


def note_walk(desk: Desk, walk: Uid, route: Uid) -> None:
    """Note what was seen, told and said at its stops."""
    seen, staff, customer = ObservationSort
    with desk.unit() as unit:
        door, counter, back = (one.uid for one in unit.find(RouteStop, route=route))
        for stop, sort, positive, words in (
            (door, seen, False, text("Three customers in twenty minutes asked at the wrong desk.")),
            (door, customer, False, text("I never know which queue is mine.")),
            (counter, staff, False, text("We type the address a second time when the form is closed too early.")),
            (counter, customer, True, text("They told me at once how long it would take.")),
            (back, seen, True, text("Returned goods are sorted by day; nothing is older than two days.")),
        ):
            observe_in(unit, desk, walk, Noted(text=words, sort=sort, is_positive=positive, stop=stop))


def _stops(unit: Unit, desk: Desk, route: Uid) -> None:
    for title, look_for, minutes in (
        (text("Entrance"), text("Do customers find their way without asking? Who waits, and for what?"), 5),
        (text("Counter"), text("What is typed twice? What do customers ask most?"), 12),
        (text("Back office"), text("What waits longest, and who knows of it?"), 8),
    ):
        add_stop_in(unit, desk, route, StopDraft(title=title, look_for=look_for, minutes=minutes))
