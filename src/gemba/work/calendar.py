"""The calendar of all that comes again or is due: by day, and what is overdue, the longest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.due import NEVER_LATE, RANK, Due, DueSort
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.registry import ALL
from gemba.store import due_lists
from gemba.store.due_lists import Asked
from gemba.store.due_source import Source
from gemba.store.due_sources import sources
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.calendar_dates import Dates, computed
from gemba.work.desk import Desk
from gemba.work.escalation_tiers import zone_of

LONGEST = timedelta(days=731)
"""So far a calendar looks in one go."""
PAGE = 100


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the calendar is wanted."""

    first: date | None = None
    """Today when left out; of what is overdue, the first last day."""
    last: date | None = None
    """A month on when left out; of what is overdue, the last last day."""
    place: Uid | None = None
    """With all below it."""
    sorts: tuple[DueSort, ...] = ()
    """All when empty."""
    own: bool = False
    """Only what this person recorded, leads, audits or sits in."""
    overdue: bool = False


class DayFacts(msgspec.Struct, frozen=True):
    """One day of a month."""

    count: int
    late: int
    """Of them those that are overdue."""
    first: tuple[Due, ...]


Place = tuple[date, int, int]
"""Where a thing stands: its day, the rank of its sort, its key."""


class Calendar:
    """One view of the calendar, read once and asked for pages.

    Args:
        reader: of the store.
        desk: whose day and person it is.
        wanted: which part.

    Raises:
        Refusal: its days are backwards or too far apart.
    """

    def __init__(self, reader: Reader, desk: Desk, wanted: Wanted | None = None) -> None:
        self._reader, self._wanted = reader, wanted or Wanted()
        self.now: datetime = desk.clock()
        self.today = self.now.astimezone(zone_of(desk.zone)).date()
        first, last = self._days()
        places = tuple(places_below(reader, (self._wanted.place,))) if self._wanted.place is not None else None
        self._asked = Asked(
            first=first,
            last=last,
            places=places,
            person=desk.person.uid if self._wanted.own else None,
            late_on=self.today if self._wanted.overdue else None,
        )
        self._dates = Dates(reader, desk, self.today, self.now)
        late_ones = {sort for sort in DueSort if not (self._wanted.overdue and sort in NEVER_LATE)}
        every = sources(_over(), self.today)
        self._sources = {one.sort: one for one in every if one.sort in late_ones and self._has(one.sort)}
        self._computed: tuple[Due, ...] | None = None

    def page(self, most: int = PAGE, after: Due | None = None) -> list[Due]:
        """The first things, or those that follow one."""
        place = None if after is None else self._place(after)
        found = [one for one in self._others() if place is None or self._place(one) > place]
        for source in self._sources.values():
            found += self._page_of(source, most, place)
        return sorted(found, key=self._place)[:most]

    def places(self) -> list[Place]:
        """Where everything stands, in order."""
        found = [self._place(one) for one in self._others()]
        for sort, source in self._sources.items():
            rank = RANK[sort]
            found += [(day, rank, key) for day, key in due_lists.keys_by_day(self._reader, source, self._asked)]
        return sorted(found)

    def lines(self, wanted: Sequence[tuple[DueSort, int]]) -> list[Due]:
        """The things with these sorts and keys, in this order; those that are gone are left out."""
        found = {(one.sort, one.key): one for one in self._others()}
        for sort, source in self._sources.items():
            keys = [key for one, key in wanted if one is sort]
            found |= {(sort, one.key): one for one in due_lists.lines(self._reader, source, keys)}
        return [found[each] for each in wanted if each in found]

    def days(self, most: int = 4) -> dict[date, DayFacts]:
        """Each day with something on it: how much, how much of it is overdue, and the first few."""
        counts: dict[date, int] = {}
        first: dict[date, list[Due]] = {}
        for one in self._others():
            counts[one.day] = counts.get(one.day, 0) + 1
            first.setdefault(one.day, []).append(one)
        for source in self._sources.values():
            some, shown = due_lists.first_of_days(self._reader, source, self._asked, most)
            for day, count in some.items():
                counts[day] = counts.get(day, 0) + count
            for one in shown:
                first.setdefault(one.day, []).append(one)
        return {
            day: DayFacts(count, self._late(day, count, first[day]), tuple(sorted(first[day], key=self._place)[:most]))
            for day, count in sorted(counts.items())
        }

    def counts(self) -> dict[DueSort, int]:
        """How many there are of each sort; sorts without any are left out."""
        found: dict[DueSort, int] = {}
        for one in self._others():
            found[one.sort] = found.get(one.sort, 0) + 1
        for sort, source in self._sources.items():
            found[sort] = found.get(sort, 0) + due_lists.count(self._reader, source, self._asked)
        return {sort: found[sort] for sort in DueSort if found.get(sort)}

    def is_late(self, one: Due) -> bool:
        """Whether its last day has passed, or the moment of a clock."""
        if one.sort in NEVER_LATE:
            return False
        ran_out = one.sort is DueSort.ESCALATION and one.begins is not None and one.begins < self.now
        return ran_out or one.last < self.today

    def _late(self, day: date, count: int, shown: Iterable[Due]) -> int:
        """Of a day before today all that has no later last day; of others the clocks that ran out."""
        if day >= self.today:
            return sum(self.is_late(one) for one in shown)
        return count - sum(not self.is_late(one) for one in shown)

    def _page_of(self, source: Source, most: int, after: Place | None) -> list[Due]:
        if after is None:
            return due_lists.page(self._reader, source, self._asked, most)
        day, rank, key = after
        own = RANK[source.sort]
        from_day = day + timedelta(days=1) if own < rank else day
        asked = msgspec.structs.replace(self._asked, first=max(from_day, self._asked.first or from_day))
        return due_lists.page(self._reader, source, asked, most, key if own == rank else None)

    def _others(self) -> tuple[Due, ...]:
        if self._computed is None:
            found: Iterator[Due] = computed(self._dates, self._asked, self._wanted.sorts)
            self._computed = tuple(one for one in found if self._is_meant(one))
        return self._computed

    def _is_meant(self, one: Due) -> bool:
        if self._asked.late_on is not None:
            return self.is_late(one) and _is_between(one.last, self._asked)
        return _is_between(one.day, self._asked)

    def _has(self, sort: DueSort) -> bool:
        return not self._wanted.sorts or sort in self._wanted.sorts

    def _place(self, one: Due) -> Place:
        return (one.last if self._wanted.overdue else one.day, RANK[one.sort], one.key)

    def _days(self) -> tuple[date | None, date | None]:
        first, last = self._wanted.first, self._wanted.last
        if not self._wanted.overdue:
            first = first or self.today
            last = last or first + timedelta(days=31)
            if last - first > LONGEST:
                raise Refusal("work.calendar_days", first=first, last=last, longest=LONGEST.days)
        if first is not None and last is not None and last < first:
            raise Refusal("work.calendar_backwards", first=first, last=last)
        return first, last


def sorts_named(said: Collection[str]) -> tuple[DueSort, ...]:
    """The sorts that words name.

    Raises:
        Refusal: there is none of a name.
    """
    known = {sort.value: sort for sort in DueSort}
    for each in said:
        if each not in known:
            raise Refusal("work.calendar_sort", said=each, known=", ".join(known))
    return tuple(known[each] for each in said)


def _is_between(day: date, asked: Asked) -> bool:
    return (asked.first is None or day >= asked.first) and (asked.last is None or day <= asked.last)


def _over() -> list[tuple[str, str]]:
    """Registers and those of their states in which nothing is due."""
    return [(code, state.code) for code, register in ALL.items() for state in register.states if state.is_over]
