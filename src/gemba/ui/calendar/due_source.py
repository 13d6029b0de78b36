"""The lines of the calendar for a list of the window: keys of all of them at once, words when they are looked at."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from gemba.domain.due import RANK, Due, DueSort
from gemba.errors import Refusal
from gemba.store.lines import Line
from gemba.store.lists import Query
from gemba.work.calendar import Calendar, Wanted, sorts_named
from gemba.work.calendar_words import title_of
from gemba.work.desk import Desk

_SHIFT = 44
"""Bits of a key below the rank of its sort."""
_SORTS = tuple(DueSort)
_AT_ONCE = 2000


class DueLine(Line, frozen=True, kw_only=True):
    """One thing of the calendar in a list."""

    sort: str
    noun: str
    title: str
    number: str
    place: str
    owner: str
    day: date
    last: date
    begins: datetime | None
    is_late: bool
    days_late: int
    due: Due


class DueSource:
    """Every method may be called on any thread.

    Args:
        desk: whose calendar it is.
        wanted: which part; the list's filters narrow it.
    """

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        self._desk, self.wanted = desk, wanted

    def first(self, query: Query) -> list[Any]:
        """The first lines, at once."""
        if query.search.strip():
            return self.lines(self.keys(query)[:100])
        with self._desk.reader() as reader:
            calendar = Calendar(reader, self._desk, self._meant(query))
            return [_line(calendar, one) for one in calendar.page()]

    def keys(self, query: Query) -> array[int]:
        """The keys of all lines, in order."""
        with self._desk.reader() as reader:
            calendar = Calendar(reader, self._desk, self._meant(query))
            places = calendar.places()
            if query.search.strip():
                return array("q", self._searched(calendar, places, query.search))
        return array("q", ((rank << _SHIFT) | key for _, rank, key in places))

    def lines(self, keys: Sequence[int]) -> list[Any]:
        """The lines with these keys, in that order."""
        with self._desk.reader() as reader:
            calendar = Calendar(reader, self._desk, self.wanted)
            return [_line(calendar, one) for one in calendar.lines([_apart(key) for key in keys])]

    def choices(self, column: str) -> list[tuple[str, int]]:
        """The values that a filter offers."""
        with self._desk.reader() as reader:
            calendar = Calendar(reader, self._desk, self.wanted)
            if column != "place":
                return [(sort.value, count) for sort, count in calendar.counts().items()]
            found = Counter(one.place_uid for one in calendar.page(_AT_ONCE) if one.place_uid is not None)
        return found.most_common()

    def key(self, uid: str) -> int:
        """The key of a record; nothing is looked up here by uid."""
        raise Refusal("store.unknown_record", noun="due", uid=uid)

    def _meant(self, query: Query) -> Wanted:
        where, wanted = query.where, self.wanted
        if sorts := where.get("sort"):
            wanted = msgspec.structs.replace(wanted, sorts=sorts_named(sorts))
        if places := where.get("place"):
            wanted = msgspec.structs.replace(wanted, place=places[0])
        return msgspec.structs.replace(wanted, own=wanted.own or bool(where.get("own")))

    def _searched(self, calendar: Calendar, places: Sequence[tuple[date, int, int]], words: str) -> list[int]:
        wanted, found = words.casefold().split(), []
        for start in range(0, len(places), _AT_ONCE):
            some = [(_SORTS[rank], key) for _, rank, key in places[start : start + _AT_ONCE]]
            for one in calendar.lines(some):
                said = f"{title_of(one)} {one.number} {one.place} {one.owner}".casefold()
                if all(word in said for word in wanted):
                    found.append(_key(one))
        return found


def _apart(key: int) -> tuple[DueSort, int]:
    return _SORTS[key >> _SHIFT], key & ((1 << _SHIFT) - 1)


def _key(one: Due) -> int:
    return (RANK[one.sort] << _SHIFT) | one.key


def _line(calendar: Calendar, one: Due) -> DueLine:
    is_late = calendar.is_late(one)
    return DueLine(
        id=_key(one),
        uid=one.uid,
        sort=one.sort.value,
        noun=one.noun,
        title=title_of(one),
        number=one.number,
        place=one.place,
        owner=one.owner,
        day=one.day,
        last=one.last,
        begins=one.begins,
        is_late=is_late,
        days_late=one.days_late(calendar.today) if is_late else 0,
        due=one,
    )
