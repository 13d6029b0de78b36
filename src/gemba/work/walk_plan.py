"""The next walks by layer: when, within which window, whose turn it is, and what is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

import msgspec

from gemba.domain.leader_walks import Expected, Spell, Standing, Walked, WalkState, expected_walks, standings
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.walks import Route
from gemba.store.reading import Reader
from gemba.store.spells import spells
from gemba.store.walk_lists import walks_on
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.rotations import today_at
from gemba.work.routes import routes
from gemba.work.schedules import zone_for

DAYS = 28
"""Days ahead that a plan looks, unless it is said."""
LONGEST = 366


class PlannedWalk(msgspec.Struct, frozen=True, kw_only=True):
    """One expected walk with its names."""

    route: Uid
    title: str
    layer: str
    place: str
    leader: Uid
    who: str
    """The leader's name; empty where anybody may walk."""
    standing: Standing

    @property
    def state(self) -> WalkState:
        """How it stands."""
        return self.standing.state

    @property
    def expected(self) -> Expected:
        """Which walk it is."""
        return self.standing.expected


class RouteStandings(msgspec.Struct, frozen=True):
    """All that is expected on a route up to a day, and the walks that stand for none of it."""

    route: Route
    standings: tuple[Standing, ...]
    besides: tuple[Walked, ...]
    today: date


def route_standings(
    reader: Reader, route: Route, now: datetime, last: date | None = None, first: date = date.min
) -> RouteStandings:
    """How the expected walks of a route stand today.

    Args:
        reader: of the store.
        route: of the store.
        now: the moment.
        last: the horizon; today when left out.
        first: of the days; what was expected a year before it is looked at, too, because it may be walked late.
    """
    place = known(reader, Place, route.place)
    today = today_at(place, now)
    said = spells(reader, Route, route.uid, place.zone)
    follows = list(_schedules(reader, said, place.zone))
    begins = date.fromordinal(max(1, first.toordinal() - LONGEST))
    expected = expected_walks(said, follows, last or today, partial(zone_for, reader), begins)
    walks = walks_on(reader, [route.uid], place.zone)[route.uid]
    found = standings(expected, walks, today)
    used = {one.walked.assessment for one in found if one.walked is not None}
    return RouteStandings(route, tuple(found), tuple(one for one in walks if one.assessment not in used), today)


def walk_plan(desk: Desk, *, days: int = DAYS, layer: str = "", leader: Uid = "", route: Uid = "") -> list[PlannedWalk]:
    """What is late and what comes next, by day.

    Late is what was missed and can still be walked before the leader's next one begins.

    Args:
        desk: where the records are.
        days: so far ahead.
        layer: only routes of this layer.
        leader: only walks of this leader, or of anybody.
        route: only this route.
    """
    with desk.reader() as reader:
        asked = [one for one in routes(reader) if layer in ("", one.layer) and route in ("", one.uid)]
        asked = [one for one in asked if leader in ("", *one.walkers) or not one.walkers]
        found = [
            planned
            for one in asked
            for planned in _planned(reader, one, desk.clock(), days)
            if leader in ("", planned.leader) or not planned.leader
        ]
    return sorted(found, key=lambda one: (one.expected.on, one.layer, one.title, one.who))


def named(reader: Reader, route: Route, found: Sequence[Standing]) -> list[PlannedWalk]:
    """Expected walks with the names of place and leaders."""
    place = known(reader, Place, route.place).name
    names = {one.uid: one.name for one in reader.many(Person, sorted({each.expected.leader for each in found} - {""}))}
    about = {"route": route.uid, "title": route.title, "layer": route.layer, "place": place}
    return [
        PlannedWalk(leader=one.expected.leader, who=names.get(one.expected.leader, ""), standing=one, **about)
        for one in found
    ]


def is_open(one: Standing, today: date) -> bool:
    """Whether an expected walk still asks to be walked: to come, due, or late and not overtaken by the next one."""
    if one.state in {WalkState.AHEAD, WalkState.DUE}:
        return True
    return one.state is WalkState.MISSED and (one.until is None or one.until >= today)


def _planned(reader: Reader, route: Route, now: datetime, days: int) -> Iterator[PlannedWalk]:
    ahead = timedelta(days=min(max(days, 0), LONGEST))
    today = today_at(known(reader, Place, route.place), now)
    found = route_standings(reader, route, now, today + ahead, today)
    shown = [one for one in found.standings if is_open(one, today) and one.expected.on <= today + ahead]
    yield from named(reader, route, shown)


def _schedules(reader: Reader, said: Sequence[Spell], zone: str) -> Iterator[Spell]:
    uids = {one.record.schedule for one in said if isinstance(one.record, Route) and one.record.schedule}
    for uid in sorted(uids):
        yield from spells(reader, Schedule, uid, zone)
