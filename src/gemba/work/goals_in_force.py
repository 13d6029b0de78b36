"""Which goals hold: the one place that tells by which promise a decision is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from weakref import WeakKeyDictionary

from gemba.domain.goal_validity import Lines, has_ended, plain_code
from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader

_SHORTEST = 4


class Goals:
    """All goals and places as they are now, read once and asked for many places and days.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self.lines = Lines(reader.find(Goal))
        self.places = {place.uid: place for place in reader.find(Place)}
        self._held: dict[tuple[tuple[Uid, ...], date], tuple[Goal, ...]] = {}
        self._naming = {one.place for one in self.lines.goals.values()} - {None}

    def above(self, place: Uid | None) -> Iterator[Uid]:
        """A place and all above it, the nearest first; one that stands above itself is not gone round twice."""
        seen: set[Uid] = set()
        while place is not None and place not in seen:
            yield place
            seen.add(place)
            here = self.places.get(place)
            place = here.parent if here is not None else None

    def at(self, place: Uid | None, day: date) -> tuple[Goal, ...]:
        """The goals that hold at a place on a day, by code; for the whole enterprise where none is named."""
        # Only places that some goal names make a difference, so that 400 sites share a few answers.
        key = (tuple(one for one in self.above(place) if one in self._naming), day)
        if key not in self._held:
            self._held[key] = self.lines.holding(*key)
        return self._held[key]


def today_of(reader: Reader) -> date:
    """The day it is on this laptop: a goal that holds from today on holds from this morning on, wherever that is."""
    return reader.clock().astimezone().date()


_READ: WeakKeyDictionary[Reader, Goals] = WeakKeyDictionary()


def goals_of(reader: Reader) -> Goals:
    """All goals; read once for a reader, which never sees anything newer, and anew for a unit, which may write."""
    if type(reader) is not Reader:
        return Goals(reader)
    if reader not in _READ:
        _READ[reader] = Goals(reader)
    return _READ[reader]


def in_force(reader: Reader, place: Uid | None, day: date) -> tuple[Goal, ...]:
    """The goals that hold at a place on a day, by code.

    Of each goal the adaptation of the nearest place above (or of the place itself) that is valid on that day; where
    there is none, the goal itself in the version that is valid on that day. A goal that was ended holds no longer, and
    its adaptations end with it.

    Args:
        reader: of the store.
        place: uid of a place; `None` for what holds in the whole enterprise.
        day: of the decision.
    """
    return goals_of(reader).at(place, day)


def lineage(reader: Reader) -> Mapping[Uid, str]:
    """The code of each version and adaptation by its uid: what stays the same while goals change."""
    lines = goals_of(reader).lines
    return {uid: lines.code(uid) for uid in lines.goals}


def goal_named(reader: Reader, words: str) -> Goal:
    """The goal that a person means.

    Args:
        reader: of the store.
        words: its code, then the version that holds today (else the latest); its uid or at least four letters of the
            beginning of it, then that very version or adaptation; or its title.

    Raises:
        Refusal: `work.unknown_goal` when there is none, `work.goal_not_unique` when there are several.
    """
    lines, today = goals_of(reader).lines, today_of(reader)
    wanted = words.strip()
    if wanted in lines.goals:
        return lines.goals[wanted]
    cores = [root for root in lines.lines if not lines.is_adaptation(root)]
    found = [root for root in cores if wanted and lines.code(root) == plain_code(wanted)]
    found = found or [root for root in cores if wanted.casefold() == lines.lines[root][-1].title.casefold()]
    found = [root for root in found if not has_ended(lines.lines[root][-1], today)] or found[-1:]
    if len(found) == 1:
        return current(lines, found[0], today)
    begun = [one for uid, one in lines.goals.items() if len(wanted) >= _SHORTEST and uid.startswith(wanted.lower())]
    if not found and len(begun) == 1:
        return begun[0]
    if found or begun:
        uids = ", ".join(found or [one.uid for one in begun])
        raise Refusal("work.goal_not_unique", name=wanted[:80], uids=uids)
    codes = ", ".join(sorted({lines.code(root) for root in cores})) or "–"
    raise Refusal("work.unknown_goal", name=wanted[:80], known=codes)


def current(lines: Lines, root: Uid, day: date) -> Goal:
    """Of a line the version that holds on a day; else the last that had begun by then, else the first to come."""
    begun = [one for one in lines.lines[root] if one.valid_from <= day]
    return begun[-1] if begun else lines.lines[root][0]
