"""Routes and observations as lists, and the walks that were concluded on routes. The read side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from gemba.domain.actions import Action, ActionState
from gemba.domain.assessments import AssessmentState
from gemba.domain.leader_walks import Walked
from gemba.domain.record import Uid
from gemba.store.improvement_tables import observation, route, route_stop
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, YesNo, places_below
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Sort
from gemba.store.reading import Reader
from gemba.store.tables import action, assessment, person, place

SUBJECT = "route:"
"""How the subject of a walk on a route begins; the route's uid follows."""


class _ScannedYesNo(YesNo, frozen=True):
    """Where no index has the column first."""

    indexed: ClassVar[bool] = False


class RouteLine(Line, frozen=True, kw_only=True):
    """One route in a list."""

    title: str
    place: str
    place_uid: Uid
    layer: str
    purpose: str
    retired: bool


ROUTES = ListOf(
    RouteLine,
    route,
    source=route.join(place, route.c.place == place.c.uid),
    columns={
        **{name: route.c[name] for name in RouteLine.__struct_fields__ if name in route.c},
        "place": place.c.name,
        "place_uid": place.c.uid,
    },
    sorts={"title": Sort(route, route.c.title, "title"), "place": Named(route, route.c.place, "place", place)},
    filters={
        "place": PlaceFilter(route.c.place),
        "layer": Scanned(route.c.layer),
        "retired": _ScannedYesNo(route.c.retired),
    },
    scanned=("title", "place"),
)
"""What leaders walk again and again."""


class ObservationLine(Line, frozen=True, kw_only=True):
    """One observation in a list."""

    assessment: Uid
    walk: str
    """Number of the walk."""
    place: str
    place_uid: Uid
    stop: str | None
    sort: str
    is_positive: bool
    text: str
    question: str
    answer: str
    coaching: str
    step: str
    cause: str
    finding: Uid | None
    person: str
    noted_at: datetime


OBSERVATIONS = ListOf(
    ObservationLine,
    observation,
    source=observation.join(assessment, observation.c.assessment == assessment.c.uid)
    .join(place, observation.c.place == place.c.uid)
    .join(person, observation.c.person == person.c.uid)
    .outerjoin(route_stop, observation.c.stop == route_stop.c.uid),
    columns={
        **{name: observation.c[name] for name in ObservationLine.__struct_fields__ if name in observation.c},
        "walk": assessment.c.number,
        "place": place.c.name,
        "place_uid": place.c.uid,
        "stop": route_stop.c.title,
        "person": person.c.name,
    },
    sorts={
        "noted_at": Sort(observation, observation.c.noted_at, "noted_at"),
        "place": Named(observation, observation.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(observation.c.place),
        "sort": Scanned(observation.c.sort),
        "is_positive": _ScannedYesNo(observation.c.is_positive),
        "assessment": Filter(observation.c.assessment),
        "stop": Filter(observation.c.stop),
        "step": Filter(observation.c.step),
        "cause": Scanned(observation.c.cause),
        "removed": _ScannedYesNo(observation.c.removed),
    },
)
"""What was seen, told by staff and said by customers."""


def walks_on(reader: Reader, routes: Sequence[Uid], zone: str) -> dict[Uid, list[Walked]]:
    """The concluded walks on these routes, corrections left out: they are no further walk.

    Args:
        reader: of the store.
        routes: uids.
        zone: IANA name; the days are those of its clocks.
    """
    found: dict[Uid, list[Walked]] = {uid: [] for uid in routes}
    asked = select(assessment.c.uid, assessment.c.subject, assessment.c.person, assessment.c.started_at)
    asked = asked.where(
        assessment.c.subject.in_([f"{SUBJECT}{uid}" for uid in routes]),
        assessment.c.state == AssessmentState.CONCLUDED.value,
        assessment.c.corrects.is_(None),
    )
    for uid, subject, who, started in reader.connection.execute(asked):
        day = started.astimezone(ZoneInfo(zone)).date()
        found[subject.removeprefix(SUBJECT)].append(Walked(uid, who, day))
    return found


def open_actions(reader: Reader, within: Uid, most: int) -> list[Action]:
    """The open actions at a place and below it that nobody merged into another, the first due first."""
    here = action.c.place.in_(places_below(reader, (within,)))
    is_open = (action.c.state == ActionState.OPEN.value, action.c.merged_into.is_(None))
    asked = select(action.c.uid).where(here, *is_open).order_by(action.c.due, action.c.id).limit(most)
    return list(reader.many(Action, list(reader.connection.scalars(asked))))


def sorts_noted(reader: Reader, walk: Uid) -> dict[tuple[str, bool], int]:
    """How many observations of a walk there are, by sort and whether it is worth keeping."""
    asked = select(observation.c.sort, observation.c.is_positive, func.count())
    asked = asked.where(observation.c.assessment == walk, observation.c.removed.is_(False))
    asked = asked.group_by(observation.c.sort, observation.c.is_positive)
    return {(sort, bool(positive)): count for sort, positive, count in reader.connection.execute(asked)}


def stops_by_route(reader: Reader) -> dict[Uid, int]:
    """How many stops each route has."""
    asked = select(route_stop.c.route, func.count()).where(route_stop.c.removed.is_(False)).group_by(route_stop.c.route)
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def titles_used(reader: Reader, field: str) -> list[str]:
    """What was ever written as the layer of a route, in order of the letters."""
    column = route.c[field]
    return list(reader.connection.scalars(select(column).where(column != "").distinct().order_by(column)))
