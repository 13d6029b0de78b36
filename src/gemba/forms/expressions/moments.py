"""Dates and times in expressions, after JavaRosa: a date is also a number of days since 1970-01-01.

Everything is local time: the zone is that of the clock the form is filled with.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_DATE = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})$")
_STRICT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$")
_ODD_OFFSET = re.compile(r"[+-]\d{2}:?[6-9]\d$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in local time; `dated` when only the day counts."""

    when: datetime
    dated: bool = False

    def days(self) -> float:
        """Whole days since 1970-01-01 as the local calendar counts them: the number that a moment stands for."""
        return float(self.when.toordinal() - _EPOCH)

    def fraction(self) -> float:
        """The share of the local day that has passed."""
        at = self.when
        return (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / _DAY

    def clock_share(self, now: datetime) -> float:
        """The share of the day that has passed by JavaRosa's reckoning: with the offset from UTC that holds `now`."""
        ahead = now.utcoffset() or timedelta()
        days = (round(self.when.timestamp() * 1000) + ahead.total_seconds() * 1000) / (_DAY * 1000)
        return days - math.floor(days)

    def utc_days(self) -> float:
        """Days since the epoch of UTC, with the time of day: what decimal-date-time() gives."""
        return self.when.timestamp() / _DAY

    def day(self) -> Moment:
        """The same day without its time."""
        return Moment(datetime.combine(self.when.date(), time(), self.when.tzinfo), dated=True)

    def date_text(self) -> str:
        """The date alone, as ISO 8601 writes it: what a moment is among texts."""
        return self.when.date().isoformat()

    def local_days(self) -> float:
        """Days since the local midnight that began 1970, with the time of day."""
        return (self.when.timestamp() - datetime(1970, 1, 1, tzinfo=self.when.tzinfo).timestamp()) / _DAY

    def timed_text(self) -> str:
        """The date, with time and offset unless it is midnight, as ODK Web Forms writes them."""
        if not self.fraction():
            return self.date_text()
        thousandths = f"{self.when.microsecond // 1000:03d}"
        ahead = offset(self.when).replace("Z", "+00:00")
        return f"{self.date_text()}T{self.when:%H:%M:%S}.{thousandths.rstrip('0') or '000'}{ahead}"

    def text(self) -> str:
        """ISO 8601: the date, or the date and time with milliseconds and offset."""
        if self.dated:
            return self.date_text()
        return f"{self.date_text()}T{self.when:%H:%M:%S}.{self.when.microsecond // 1000:03d}{offset(self.when)}"


def offset(when: datetime) -> str:
    """The offset from UTC as ISO 8601 writes it; `Z` for none."""
    minutes = round((when.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "Z"
    return f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def from_days(days: float, zone: tzinfo | None, *, dated: bool, cut: bool = True) -> Moment | None:
    """The moment `days` after the epoch; a dated one counts local days. None beyond the calendar.

    Milliseconds are cut off (as JavaRosa does) or rounded.
    """
    try:
        if dated:
            day = date.fromordinal(int(days) + _EPOCH)
            return Moment(datetime.combine(day, time(), zone), dated=True)
        milliseconds = days * _DAY * 1000
        since = timedelta(milliseconds=int(milliseconds) if cut else round(milliseconds))
        return Moment((datetime(1970, 1, 1, tzinfo=UTC) + since).astimezone(zone))
    except (OverflowError, ValueError):
        return None


def looks_like_date(text: str) -> bool:
    """Whether `text` is plainly an ISO date or date and time."""
    return len(text) >= 10 and _STRICT.match(text) is not None


def read_moment(text: str, zone: tzinfo | None) -> Moment | None:
    """The moment that ISO 8601 `text` names (time optional, in its own offset or local); None when it names none."""
    day, parted, clock = text.strip().partition("T")
    found = _DATE.match(day)
    if found is None:
        return None
    try:
        start = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=zone)
    except ValueError:
        return None
    if not parted:
        return Moment(start, dated=True)
    return _with_time(start, clock, zone)


def read_time(text: str, now: datetime) -> Moment | None:
    """Today at the time that `text` ("10:30:00.000+02:00") names."""
    if _ODD_OFFSET.search(text):
        return None
    return _with_time(now.replace(hour=0, minute=0, second=0, microsecond=0), text.strip(), now.tzinfo)


def _with_time(day: datetime, clock: str, zone: tzinfo | None) -> Moment | None:
    found = _TIME.match(clock)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59 or (found[5] or "Z")[1:3] > "23":
        return None
    at = day.replace(tzinfo=None) + timedelta(hours=hour, minutes=minute, seconds=second)
    at = at.replace(microsecond=int((found[4] or "0")[:6].ljust(6, "0")))
    if found[5] is None:
        local = at.replace(tzinfo=zone)
        return Moment(local.astimezone(UTC).astimezone(zone) if zone is not None else local)  # past a summer time gap
    return Moment((at - _parse_offset(found[5])).replace(tzinfo=UTC).astimezone(zone))


def _parse_offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta()
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timedelta(minutes=-minutes if text[0] == "-" else minutes)


def format_moment(moment: Moment, pattern: str) -> str | None:
    """`moment` written by an ODK date pattern (%Y %y %m %n %b %d %e %H %h %M %S %3 %a %W); None for an unknown sign."""
    at = moment.when
    signs = {
        "%": "%",
        "Y": f"{at.year:04d}",
        "y": f"{at.year % 100:02d}",
        "m": f"{at.month:02d}",
        "n": str(at.month),
        "b": _MONTHS[at.month - 1],
        "d": f"{at.day:02d}",
        "e": str(at.day),
        "H": f"{at.hour:02d}",
        "h": str(at.hour),
        "M": f"{at.minute:02d}",
        "S": f"{at.second:02d}",
        "3": f"{at.microsecond // 1000:03d}",
        "a": _WEEKDAYS[at.weekday()],
        "W": str(at.isocalendar().week),
    }
    parts = re.split(r"%(.?)", pattern)
    if any(sign not in signs for sign in parts[1::2]):
        return None
    return "".join(signs[part] if index % 2 else part for index, part in enumerate(parts))
