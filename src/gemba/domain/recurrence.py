"""The days that a recurrence rule names, counted up to a horizon: no rule is ever followed further than asked.

A rule that names no day at all (each fifth Monday that is the first of a month) ends at the horizon like any other.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from gemba.domain.recurrence_rules import Every, Rule

_WEEK = 7


def days(rule: Rule, starts: date, last: date) -> Iterator[date]:
    """The days that a rule names from a start on, in order.

    Args:
        rule: what recurs.
        starts: first day; the rule's own month and day where it names none.
        last: the horizon; days after it are not looked at.
    """
    until = last if rule.until is None else min(last, rule.until)
    left = rule.count
    for period in _periods(rule, starts, until):
        for day in period:
            if day > until or left == 0:
                return
            if day >= starts:
                yield day
                left = None if left is None else left - 1


def _periods(rule: Rule, starts: date, until: date) -> Iterator[list[date]]:
    """The days of each period that counts, in order, up to the one in which `until` lies."""
    if rule.every is Every.DAY:
        yield from _by_days(rule, starts, until)
    elif rule.every is Every.WEEK:
        yield from _by_weeks(rule, starts, until)
    elif rule.every is Every.MONTH:
        yield from _by_months(rule, starts, until)
    else:
        yield from _by_years(rule, starts, until)


def _by_days(rule: Rule, starts: date, until: date) -> Iterator[list[date]]:
    for at in range(starts.toordinal(), until.toordinal() + 1, rule.interval):
        day = date.fromordinal(at)
        yield [day] if _is_in_month(rule, day) and _is_month_day(rule, day) and _is_weekday(rule, day) else []


def _by_weeks(rule: Rule, starts: date, until: date) -> Iterator[list[date]]:
    wanted = {weekday for _, weekday in rule.days} or {starts.weekday()}
    first = starts.toordinal() - (starts.weekday() - rule.week_begins) % _WEEK
    for begins in range(first, until.toordinal() + 1, _WEEK * rule.interval):
        # The week of the year 1's first day, or of the year 9999's last, may lie outside the calendar.
        week = [date.fromordinal(at) for at in range(begins, begins + _WEEK) if 1 <= at <= date.max.toordinal()]
        yield [day for day in week if day.weekday() in wanted and _is_in_month(rule, day)]


def _by_months(rule: Rule, starts: date, until: date) -> Iterator[list[date]]:
    first, last = 12 * starts.year + starts.month - 1, 12 * until.year + until.month - 1
    for at in range(first, last + 1, rule.interval):
        year, month = at // 12, at % 12 + 1
        if not rule.months or month in rule.months:
            yield _picked(rule, _in_month(rule, year, month, starts.day))


def _by_years(rule: Rule, starts: date, until: date) -> Iterator[list[date]]:
    for year in range(starts.year, min(until.year, MAXYEAR) + 1, rule.interval):
        if rule.days and not rule.months and not rule.month_days:
            found = _weekdays(rule, date(year, 1, 1), date(year, 12, 31))
        else:
            months = rule.months or (range(1, 13) if rule.month_days else (starts.month,))
            found = [day for month in months for day in _in_month(rule, year, month, starts.day)]
        yield _picked(rule, found)


def _in_month(rule: Rule, year: int, month: int, otherwise: int) -> list[date]:
    """The days of a month that a rule names; where it names none, the day of its start."""
    length = monthrange(year, month)[1]
    if not rule.days and not rule.month_days:
        return [date(year, month, otherwise)] if otherwise <= length else []
    named = {day if day > 0 else length + 1 + day for day in rule.month_days} or set(range(1, length + 1))
    found = [date(year, month, day) for day in sorted(named) if 1 <= day <= length]
    if not rule.days:
        return found
    # An ordinal counts within the month; in a yearly rule without months it counts within the year.
    whole_year = rule.every is Every.YEAR and not rule.months
    begins, ends = (
        (date(year, 1, 1), date(year, 12, 31)) if whole_year else (date(year, month, 1), date(year, month, length))
    )
    wanted = set(_weekdays(rule, begins, ends))
    return [day for day in found if day in wanted]


def _weekdays(rule: Rule, begins: date, ends: date) -> list[date]:
    """The days of a span that are one of the rule's weekdays: each of them, or the so-manieth."""
    found: set[date] = set()
    for which, weekday in rule.days:
        first = begins + timedelta((weekday - begins.weekday()) % _WEEK)
        every = [date.fromordinal(at) for at in range(first.toordinal(), ends.toordinal() + 1, _WEEK)]
        at = which - 1 if which > 0 else which
        found.update(every if which == 0 else every[at : at + 1 or None])
    return sorted(found)


def _picked(rule: Rule, found: list[date]) -> list[date]:
    """Of a period's days those at the rule's positions; all where it names none."""
    if not rule.positions:
        return found
    places = {at - 1 if at > 0 else len(found) + at for at in rule.positions}
    return [day for at, day in enumerate(found) if at in places]


def _is_in_month(rule: Rule, day: date) -> bool:
    return not rule.months or day.month in rule.months


def _is_month_day(rule: Rule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    return not rule.month_days or day.day in rule.month_days or day.day - length - 1 in rule.month_days


def _is_weekday(rule: Rule, day: date) -> bool:
    return not rule.days or any(day.weekday() == weekday for _, weekday in rule.days)
