"""Recurrence rules as calendars write them (RFC 5545), without a start: what Gemba offers of them, and what is refused.

Offered are days, weeks, months and years with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.
Not offered are rules of hours and less (the time of day is a field of its own), and numbers of weeks and of days in a
year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from gemba.errors import Refusal

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 1000
"""Dates that a rule may name by COUNT, and the largest INTERVAL."""

_LONGEST = 400
_OFFERED = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?")
_NUMBER = re.compile(r"[+-]?\d{1,9}")


class Every(StrEnum):
    """What a rule counts in."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that makes sense."""

    every: Every
    interval: int = 1
    count: int | None = None
    until: date | None = None
    days: tuple[tuple[int, int], ...] = ()
    """Which of its kind in month or year (0: each, -1: the last), and the weekday, Monday 0."""
    month_days: tuple[int, ...] = ()
    """1 to 31, or -1 for the last."""
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    """Which of the days of a month or year count: 1 the first, -1 the last."""
    week_begins: int = 0
    """Weekday on which weeks begin, Monday 0."""


def parse(words: str) -> Rule:
    """Read a rule.

    Args:
        words: `FREQ=MONTHLY;BYDAY=1MO`, with or without `RRULE:` before it.

    Raises:
        Refusal: `domain.rule`, with what is wrong with it in words, or `domain.rule_too_often`.
    """
    said = words.strip().upper().removeprefix("RRULE:")
    parts = _parts(said, words)
    every = _every(parts, words)
    rule = Rule(
        every=every,
        interval=_whole(parts, "INTERVAL", words, 1),
        count=_whole(parts, "COUNT", words, None),
        until=_until(parts, words),
        days=tuple(_day(each, words) for each in _listed(parts, "BYDAY")),
        month_days=_numbers(parts, "BYMONTHDAY", words, lambda n: 1 <= abs(n) <= 31),
        months=_numbers(parts, "BYMONTH", words, lambda n: 1 <= n <= 12),
        positions=_numbers(parts, "BYSETPOS", words, lambda n: 1 <= abs(n) <= 366),
        week_begins=_week_begins(parts, words),
    )
    _demand_sense(rule, words)
    return rule


def written(words: str) -> str:
    """A rule in its one form: upper case, no blanks, no `RRULE:`.

    Raises:
        Refusal: as `parse`.
    """
    parse(words)
    return words.strip().upper().removeprefix("RRULE:").strip(";").replace(" ", "")


def _parts(said: str, words: str) -> dict[str, str]:
    if not said or len(said) > _LONGEST:
        raise _wrong(words, "none" if not said else "long", longest=str(_LONGEST))
    found: dict[str, str] = {}
    for part in filter(None, said.replace(" ", "").split(";")):
        name, sign, value = part.partition("=")
        if not sign or not value:
            raise _wrong(words, "part", part=part)
        if name in found:
            raise _wrong(words, "twice", part=name)
        if name not in _OFFERED:
            raise _wrong(words, "unknown", part=name, offered=", ".join(_OFFERED))
        found[name] = value
    return found


def _every(parts: Mapping[str, str], words: str) -> Every:
    said = parts.get("FREQ", "")
    if said in _TOO_OFTEN:
        raise Refusal("domain.rule_too_often", rule=words)
    try:
        return Every(said)
    except ValueError as error:
        raise _wrong(words, "freq", part=said, offered=", ".join(Every)) from error


def _whole(parts: Mapping[str, str], name: str, words: str, without: Any) -> Any:
    said = parts.get(name)
    if said is None:
        return without
    number = _number(said, words)
    if not 1 <= number <= MOST:
        raise _wrong(words, "range", part=f"{name}={said}", longest=str(MOST))
    return number


def _number(said: str, words: str) -> int:
    if _NUMBER.fullmatch(said) is None:
        raise _wrong(words, "number", part=said)
    return int(said)


def _listed(parts: Mapping[str, str], name: str) -> list[str]:
    return [each for each in parts.get(name, "").split(",") if each]


def _numbers(parts: Mapping[str, str], name: str, words: str, fits: Callable[[int], bool]) -> tuple[int, ...]:
    found = [_number(each, words) for each in _listed(parts, name)]
    if not all(fits(each) for each in found):
        raise _wrong(words, "value", part=f"{name}={parts[name]}")
    return tuple(sorted(set(found)))


def _day(said: str, words: str) -> tuple[int, int]:
    found = _DAY.fullmatch(said)
    if found is None or (found[1] is not None and not 1 <= abs(int(found[1])) <= 53):
        raise _wrong(words, "value", part=f"BYDAY={said}")
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _until(parts: Mapping[str, str], words: str) -> date | None:
    said = parts.get("UNTIL")
    if said is None:
        return None
    found = _UNTIL.fullmatch(said)
    if found is None:
        raise _wrong(words, "value", part=f"UNTIL={said}")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise _wrong(words, "value", part=f"UNTIL={said}") from error


def _week_begins(parts: Mapping[str, str], words: str) -> int:
    said = parts.get("WKST", "MO")
    if said not in WEEKDAYS:
        raise _wrong(words, "value", part=f"WKST={said}")
    return WEEKDAYS.index(said)


def _demand_sense(rule: Rule, words: str) -> None:
    """What does not go together, and what no calendar ever has."""
    if rule.count is not None and rule.until is not None:
        raise _wrong(words, "both")
    if any(which for which, _ in rule.days) and rule.every in {Every.DAY, Every.WEEK}:
        raise _wrong(words, "ordinal")
    if rule.month_days and rule.every is Every.WEEK:
        raise _wrong(words, "weekly")
    if rule.positions and (rule.every in {Every.DAY, Every.WEEK} or not (rule.days or rule.month_days or rule.months)):
        raise _wrong(words, "position")
    longest = max((_LONG[month] for month in rule.months), default=31)
    if rule.month_days and all(abs(day) > longest for day in rule.month_days):
        raise _wrong(words, "never")


_LONG = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def _wrong(words: str, what: str, **facts: str) -> Refusal:
    return Refusal(f"domain.rule_{what}", rule=words.strip()[:80], **facts)
