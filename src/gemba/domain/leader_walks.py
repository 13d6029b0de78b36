"""Leaders' standard work: who is expected to walk a route when, and how each expected walk stands on a day. Pure.

What is expected on a day follows from what route and schedule said by then, so that changing a schedule or the walkers
never rewrites the weeks that lie behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.occurrences import Occurrence, between
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.walks import Route


class WalkState(StrEnum):
    """How an expected walk stands."""

    AHEAD = "ahead"
    """Its day is still to come."""
    DUE = "due"
    """Its window is open and nobody has concluded it."""
    IN_WINDOW = "in_window"
    STOOD_IN = "stood_in"
    """Another of those who take turns walked it within its window."""
    LATE = "late"
    """Walked after its window, before the next one began."""
    MISSED = "missed"
    """Its window is over; while the next one has not begun it can still be walked late."""


class Walked(msgspec.Struct, frozen=True):
    """A concluded walk on a route."""

    assessment: Uid
    person: Uid
    on: date
    """The day on which it was begun, where the place is."""


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """One walk that a leader is expected to do."""

    route: Uid
    leader: Uid
    """Empty where the route names no walkers: then anybody's walk counts."""
    others: tuple[Uid, ...] = ()
    """Who may stand in: the others who take turns."""
    ruled: date
    """The day that the rule names, before random days."""
    on: date
    due: date
    """Last day of the window."""
    begins: datetime | None = None
    """In UTC; `None` for the whole day."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An expected walk, and what became of it."""

    expected: Expected
    state: WalkState
    walked: Walked | None = None
    until: date | None = None
    """Last day on which a late walk counts for it; `None` where no later one is known."""


class Spell(msgspec.Struct, frozen=True):
    """A record as it stood from one day to another."""

    record: Route | Schedule
    first: date
    """From this day on."""
    end: date
    """Up to, without this day."""


def expected_walks(
    routes: Sequence[Spell],
    schedules: Sequence[Spell],
    last: date,
    zone: Callable[[Schedule], str],
    first: date = date.min,
) -> list[Expected]:
    """All walks that are expected on one route from one day to another, by day and turn.

    Args:
        routes: what the route said, one spell after the other.
        schedules: what each of its schedules said, likewise.
        last: the horizon, which ends rules that never do.
        zone: whose clocks a schedule follows.
        first: of the days; turns are counted from the beginning all the same.
    """
    held = sorted(_held(routes, schedules, last, zone), key=lambda one: (one[0], one[2].ruled))
    found: list[Expected] = []
    for turn, (on, route, one) in enumerate(held):
        for leader in _whose(route, turn) if on >= first else ():
            others = tuple(each for each in route.walkers if each != leader) if route.in_turns else ()
            found.append(
                Expected(
                    route=route.uid,
                    leader=leader,
                    others=others,
                    ruled=one.ruled,
                    on=on,
                    due=one.due or on,
                    begins=one.begins,
                )
            )
    return found


def standings(expected: Iterable[Expected], walks: Iterable[Walked], today: date) -> list[Standing]:
    """How the expected walks of one route stand, in their order; each walk counts for one of them at most.

    A walk counts first for its own leader within the window, then for another who takes turns, then late.
    """
    every = sorted(expected, key=lambda one: (one.on, one.leader))
    free = sorted(walks, key=lambda one: (one.on, one.assessment))
    nexts = _next_days(every)
    taken: dict[int, tuple[WalkState, Walked]] = {}
    rules: tuple[tuple[WalkState, Callable[[int, Walked], bool]], ...] = (
        (WalkState.IN_WINDOW, lambda at, one: _is_own(every[at], one) and every[at].on <= one.on <= every[at].due),
        (WalkState.STOOD_IN, lambda at, one: _stands_in(every[at], one) and every[at].on <= one.on <= every[at].due),
        (WalkState.LATE, lambda at, one: _is_own(every[at], one) and _is_late(every[at], one, nexts[at])),
    )
    for state, fits in rules:
        for at in range(len(every) if free else 0):
            walk = next((one for one in free if at not in taken and fits(at, one)), None)
            if walk is not None:
                taken[at] = (state, walk)
                free.remove(walk)
    return [_standing(one, taken.get(at), nexts[at], today) for at, one in enumerate(every)]


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _held(
    routes: Sequence[Spell], schedules: Sequence[Spell], last: date, zone: Callable[[Schedule], str]
) -> Iterator[tuple[date, Route, Occurrence]]:
    for spell in schedules:
        schedule = spell.record
        assert isinstance(schedule, Schedule)
        if schedule.retired:
            continue
        until = min(last, spell.end - timedelta(days=1))
        for one in between(schedule, spell.first, until, zone(schedule)):
            route = _route_on(routes, one.on) if one.on is not None else None
            if one.on is None or route is None or route.retired or route.schedule != schedule.uid:
                continue
            yield one.on, route, one


def _route_on(routes: Sequence[Spell], day: date) -> Route | None:
    for spell in routes:
        if spell.first <= day < spell.end:
            assert isinstance(spell.record, Route)
            return spell.record
    return None


def _whose(route: Route, turn: int) -> tuple[Uid, ...]:
    if not route.walkers:
        return ("",)
    return (route.walkers[turn % len(route.walkers)],) if route.in_turns else tuple(dict.fromkeys(route.walkers))


def _is_own(one: Expected, walk: Walked) -> bool:
    return one.leader in ("", walk.person)


def _stands_in(one: Expected, walk: Walked) -> bool:
    return walk.person in one.others


def _is_late(one: Expected, walk: Walked, following: date | None) -> bool:
    return walk.on > one.due and (following is None or walk.on < following)


def _next_days(every: Sequence[Expected]) -> list[date | None]:
    """For each expected walk the day on which the leader's next one begins."""
    coming: dict[Uid, date] = {}
    found: list[date | None] = []
    for one in reversed(every):
        found.append(coming.get(one.leader))
        coming[one.leader] = one.on
    return found[::-1]


def _standing(one: Expected, taken: tuple[WalkState, Walked] | None, following: date | None, today: date) -> Standing:
    until = following - timedelta(days=1) if following is not None else None
    if taken is not None:
        return Standing(expected=one, state=taken[0], walked=taken[1], until=until)
    state = WalkState.AHEAD if one.on > today else WalkState.DUE if one.due >= today else WalkState.MISSED
    return Standing(expected=one, state=state, until=until)
