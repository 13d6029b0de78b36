"""A fair plan of rotations: who has not been anywhere longest goes where nobody has been longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.record import Uid
from gemba.domain.rotations import Rotation

_SATURDAY = 5


class Stand(msgspec.Struct, frozen=True):
    """A leader or a place, and how they stand."""

    uid: Uid
    last: date | None = None
    """When they were last at the front line, or somebody was last there; `None` for never."""
    already: int = 0
    """Rotations that the quarter's plan has of them already."""


class Pair(msgspec.Struct, frozen=True):
    """One rotation that is proposed."""

    leader: Uid
    place: Uid
    day: date


def propose(
    leaders: Sequence[Stand], places: Sequence[Stand], been: Mapping[tuple[Uid, Uid], date], days: Sequence[date]
) -> tuple[Pair, ...]:
    """One rotation for each leader without one in the plan; the same records give the same plan.

    Args:
        leaders: who may go.
        places: where they may go.
        been: when a leader was last at a place.
        days: on which rotations may begin, the first first; leaders are spread over them.

    Returns:
        Those who have waited longest first. A place that nobody looks after in the quarter comes before one that has
        a rotation in the plan; among equals the one that was left alone longest, then the one that this leader has
        not seen for longest.
    """
    waiting = sorted((one for one in leaders if not one.already), key=lambda one: (_since(one.last), one.uid))
    if not places or not days:
        return ()
    planned = {one.uid: one.already for one in places}
    found: list[Pair] = []
    for at, leader in enumerate(waiting):
        to = min(
            places,
            key=lambda one: (
                planned[one.uid],
                _since(one.last),
                _since(been.get((leader.uid, one.uid))),
                one.uid,
            ),
        )
        planned[to.uid] += 1
        found.append(Pair(leader.uid, to.uid, days[at * len(days) // len(waiting)]))
    return tuple(found)


def working_days(first: date, last: date) -> list[date]:
    """Mondays to Fridays from one day to another."""
    every = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return [day for day in every if day.weekday() < _SATURDAY]


def overlaps(one: Rotation, begins: date, until: date) -> bool:
    """Whether a rotation takes some of these days."""
    return one.planned_on <= until and begins <= one.until


def days_there(one: Rotation) -> int:
    """Days of a rotation: those that were spent where that is known, else those of the plan."""
    if one.arrived_at is not None and one.left_at is not None:
        return max(1, (one.left_at.date() - one.arrived_at.date()).days + 1)
    return (one.until - one.planned_on).days + 1


def _since(last: date | None) -> date:
    return date.min if last is None else last
