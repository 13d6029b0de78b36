"""The dates of a schedule: what its rule names, moved off closed days, spread so that nobody can expect it.

Everything follows from the record alone, so every laptop finds the same dates. Times are those of the clock on the wall
in the schedule's zone: 09:30 stays 09:30 when summer time begins, and a time that the clock leaps over is held as much
later as the clock leaps.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from gemba.domain import recurrence
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.recurrence_rules import WEEKDAYS, parse
from gemba.errors import Refusal

HORIZON_YEARS = 10
"""A rule without an end is looked at no further than this from the day on which one asks."""
LONGEST_GRACE = LONGEST_SPREAD = 92
"""Days: no further than the next quarter."""
LONGEST_MINUTES = 14 * 24 * 60

_AT = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_YEARS = (1970, 2200)
_SHOWN = 5
"""Times as many dates as are asked for, skipped ones among them, are shown at most."""
_WEEK = 7
_SEARCH = 366
"""Days within which a working day is looked for."""


class Why(StrEnum):
    """Why a date is not held on the day that the rule names."""

    WEEKEND = "no_working_day"
    CLOSED = "closed"
    SAME_DAY = "same_day"
    """The one before it is held on that day already."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One date of a schedule."""

    ruled: date
    """The day that the rule names: what tells this date from the others."""
    spread: int = 0
    """Random days that it is moved by."""
    on: date | None
    """The day on which it is held; `None` when it is skipped."""
    why: Why | None = None
    """Why it is moved beside the random days, or skipped."""
    due: date | None = None
    """Last day on which it still counts as held."""
    begins: datetime | None = None
    """In UTC; `None` for the whole day."""
    ends: datetime | None = None
    leapt: bool = False
    """True when the clock leaps over the time that day, so that it begins later."""


def demand_sense(schedule: Schedule) -> None:
    """Refuse a schedule that makes no sense.

    Raises:
        Refusal: rule, days, times, zone or numbers are wrong.
    """
    parse(schedule.rule)
    if not all(_YEARS[0] <= day.year <= _YEARS[1] for day in (schedule.starts, schedule.ends or schedule.starts)):
        raise Refusal("domain.schedule_years", first=_YEARS[0], last=_YEARS[1])
    if schedule.ends is not None and schedule.ends < schedule.starts:
        raise Refusal("domain.schedule_backwards", starts=_iso(schedule.starts), ends=_iso(schedule.ends))
    if schedule.at and _AT.fullmatch(schedule.at) is None:
        raise Refusal("domain.schedule_time", said=schedule.at)
    if schedule.minutes is not None and not 1 <= schedule.minutes <= LONGEST_MINUTES:
        raise Refusal("domain.schedule_minutes", minutes=schedule.minutes, longest=LONGEST_MINUTES)
    if not 0 <= schedule.grace_days <= LONGEST_GRACE:
        raise Refusal("domain.schedule_grace", days=schedule.grace_days, longest=LONGEST_GRACE)
    if not 0 <= schedule.spread_days <= LONGEST_SPREAD:
        raise Refusal("domain.schedule_spread", days=schedule.spread_days, longest=LONGEST_SPREAD)
    if not schedule.week or not set(schedule.week) <= set(WEEKDAYS):
        raise Refusal("domain.schedule_week", said=", ".join(schedule.week), days=", ".join(WEEKDAYS))
    _closed(schedule)
    zone_of(schedule)
    last = horizon(schedule.starts) if schedule.ends is None else schedule.ends
    if all(one.on is None for one in _dated(schedule, last)):
        raise Refusal("domain.schedule_without_date", rule=schedule.rule, starts=_iso(schedule.starts))


def occurrences(schedule: Schedule, last: date, zone: str = "UTC") -> Iterator[Occurrence]:
    """All dates of a schedule whose rule's day lies no later than a day, in order; skipped ones among them.

    The days on which they are held rise strictly: two never fall on one day.

    Args:
        schedule: that makes sense.
        last: the horizon.
        zone: of the place, for schedules that name none.
    """
    return (_timed(schedule, one, zone) for one in _dated(schedule, last))


def between(schedule: Schedule, first: date, last: date, zone: str = "UTC") -> list[Occurrence]:
    """The dates that are held from one day to another, both included, and those skipped whose day lies there."""
    # A later day may be held earlier, but no week is free of working days unless one of its days is closed.
    ahead = min(_SEARCH, _WEEK * (len(schedule.closed_on) + 1))
    found = (one for one in _dated(schedule, _days_on(last, ahead)) if first <= (one.on or one.ruled) <= last)
    return [_timed(schedule, one, zone) for one in found]


def upcoming(schedule: Schedule, first: date, count: int, zone: str = "UTC") -> list[Occurrence]:
    """The next dates from a day on, skipped ones among them; fewer where the rule ends or none lie within the horizon.

    Args:
        schedule: that makes sense.
        first: from this day on.
        count: of dates that are held.
        zone: of the place, for schedules that name none.
    """
    found: list[Occurrence] = []
    for one in occurrences(schedule, horizon(first), zone):
        if (one.on or one.ruled) >= first:
            found.append(one)
        if sum(each.on is not None for each in found) == count or len(found) == _SHOWN * count:
            break
    return found


def on_day(schedule: Schedule, day: date, zone: str = "UTC") -> Occurrence:
    """A day on which something of a schedule is held, whatever its rule says: with its last day and its moments.

    Args:
        schedule: that makes sense.
        day: on which it is held.
        zone: of the place, for schedules that name none.
    """
    return _timed(schedule, Occurrence(ruled=day, on=day), zone)


def horizon(first: date) -> date:
    """The last day that is looked at when one asks on a day."""
    return _years_on(first, HORIZON_YEARS)


def zone_of(schedule: Schedule, otherwise: str = "UTC") -> ZoneInfo:
    """The zone whose clocks a schedule follows.

    Raises:
        Refusal: `domain.schedule_zone`.
    """
    name = schedule.zone or otherwise
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refusal("domain.schedule_zone", zone=name) from error


def _dated(schedule: Schedule, last: date) -> Iterator[Occurrence]:
    """The dates without their moments."""
    until = last if schedule.ends is None else min(last, schedule.ends)
    closed, before = _closed(schedule), date.min
    # Beyond the horizon, too, so that the random days of the last one stop before the next.
    further = _days_on(until, LONGEST_SPREAD + 1)
    ruled = recurrence.days(parse(schedule.rule), schedule.starts, min(further, schedule.ends or further))
    for day, following in pairwise([*_up_to(ruled, until), None]):
        assert day is not None
        spread = _spread(schedule, day, following)
        on, why = _held_on(schedule, _days_on(day, spread), closed)
        if on is not None and on <= before:
            on, why = None, Why.SAME_DAY
        if day <= until:
            yield Occurrence(ruled=day, spread=spread, on=on, why=why)
        before = on or before


def _up_to(ruled: Iterator[date], until: date) -> Iterator[date]:
    """Days up to the first after a horizon."""
    for day in ruled:
        yield day
        if day > until:
            return


def _spread(schedule: Schedule, day: date, following: date | None) -> int:
    """Random days that follow from seed and day: never past the schedule's end, nor as far as the next date."""
    room = schedule.spread_days
    if schedule.ends is not None:
        room = min(room, (schedule.ends - day).days)
    if following is not None:
        room = min(room, (following - day).days - 1)
    if room <= 0:
        return 0
    drawn = hashlib.sha256(f"{schedule.seed}\0{day.isoformat()}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % (room + 1)


def _held_on(schedule: Schedule, day: date, closed: frozenset[date]) -> tuple[date | None, Why | None]:
    """The day on which a date is held by the rule of working days, and why it is not the day itself."""
    why = _obstacle(schedule, day, closed)
    if why is None or schedule.working_day is WorkingDay.KEEP:
        return day, None
    if schedule.working_day is WorkingDay.SKIP:
        return None, why
    ahead = (1, -1) if schedule.working_day is WorkingDay.NEXT else (-1, 1)
    for way in ahead:  # back where forward would leave the schedule, and the other way round
        found = _look(schedule, day, closed, way)
        if found is not None:
            return found, why
    return None, why


def _look(schedule: Schedule, day: date, closed: frozenset[date], way: int) -> date | None:
    last = schedule.ends or date.max
    for step in range(1, _SEARCH + 1):
        at = day.toordinal() + way * step
        if not schedule.starts.toordinal() <= at <= last.toordinal():
            return None
        found = date.fromordinal(at)
        if _obstacle(schedule, found, closed) is None:
            return found
    return None


def _obstacle(schedule: Schedule, day: date, closed: frozenset[date]) -> Why | None:
    if WEEKDAYS[day.weekday()] not in schedule.week:
        return Why.WEEKEND
    return Why.CLOSED if day in closed else None


def _closed(schedule: Schedule) -> frozenset[date]:
    try:
        return frozenset(date.fromisoformat(each) for each in schedule.closed_on)
    except ValueError as error:
        raise Refusal("domain.schedule_closed", said=", ".join(schedule.closed_on)) from error


def _timed(schedule: Schedule, one: Occurrence, zone: str) -> Occurrence:
    """The same date with its last day and, where the schedule has a time, the moments in UTC."""
    if one.on is None:
        return one
    due = _days_on(one.on, schedule.grace_days)
    if not schedule.at:
        return msgspec.structs.replace(one, due=due)
    there = zone_of(schedule, zone)
    wall = datetime.combine(one.on, time.fromisoformat(schedule.at))
    # Before a leap of the clock Python reads the time by the offset before it: as much later as the clock leaps.
    begins = wall.replace(tzinfo=there).astimezone(UTC)
    leapt = begins.astimezone(there).replace(tzinfo=None) != wall
    ends = begins + timedelta(minutes=schedule.minutes or 60)
    return msgspec.structs.replace(one, due=due, begins=begins, ends=ends, leapt=leapt)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, or the end of the calendar
        return date.max if day.year + years > date.max.year else day.replace(year=day.year + years, day=28)


def _days_on(day: date, count: int) -> date:
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))


def _iso(day: date) -> str:
    return day.isoformat()
