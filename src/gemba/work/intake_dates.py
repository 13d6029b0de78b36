"""Days and moments as people write them, read in one order of day and month; nothing is guessed for a single cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

_ISO = re.compile(r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?!\d)")
_SEPARATED = re.compile(r"\d{4}([-/.])\d\d?\1\d\d?(?!\d)")
_NUMBERS = re.compile(r"(\d\d?)([-/. ])\s?(\d\d?)\2\s?(\d{4}|\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?:\w+,\s*)?(\d\d?)(?:\.|st|nd|rd|th)?[\s-]*(?:de\s+)?([^\W\d_]{3,10})\.?,?[\s-]*(?:de\s+)?(\d{4})"
)
_NAMED_FIRST = re.compile(r"(?:\w+,\s*)?([^\W\d_]{3,10})\.?[\s-]+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(
    r"[T,\s]*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$"
)

_MONTHS = (
    ("jan", "ene", "gen", "ιαν", "янв"),
    ("feb", "fév", "fev", "φεβ", "фев"),
    ("mar", "mär", "maa", "mrt", "μαρ", "мар"),
    ("apr", "avr", "abr", "απρ", "апр"),
    ("may", "mai", "mag", "mei", "μαι", "мая"),
    ("jun", "juin", "giu", "ιουν", "июн"),
    ("jul", "juil", "lug", "ιουλ", "июл"),
    ("aug", "aou", "aoû", "ago", "αυγ", "авг"),
    ("sep", "set", "σεπ", "сен"),
    ("oct", "okt", "ott", "out", "οκτ", "окт"),
    ("nov", "νοε", "ноя"),
    ("dec", "dez", "déc", "dic", "δεκ", "дек"),
)


class DateOrder(StrEnum):
    """In which order numbers stand for day, month and year, where the year does not stand first."""

    DMY = "dmy"
    MDY = "mdy"


class Evidence(msgspec.Struct, frozen=True):
    """What a column of dates says of the order."""

    dates: int
    day_first: int
    """Dates that can only be day before month."""
    month_first: int
    """Dates that can only be month before day."""
    either: int
    """Dates that can be both, and differ."""
    times: int
    """Dates with a time of day."""
    zones: int
    """Dates that say their zone."""


def evidence(cells: Iterable[str]) -> Evidence:
    """What these cells say of the order of day and month."""
    dates = first = second = either = times = zones = 0
    for cell in cells:
        text = cell.strip()
        read = parse(text, DateOrder.DMY) or parse(text, DateOrder.MDY)
        if read is None:
            continue
        dates += 1
        times += read.has_time
        zones += read.has_zone
        if (numbers := _NUMBERS.match(text)) is not None and not _ISO.match(text):
            one, other = int(numbers[1]), int(numbers[3])
            first += one > 12 >= other
            second += other > 12 >= one
            either += one <= 12 and other <= 12 and one != other
    return Evidence(dates, first, second, either, times, zones)


class Parsed(msgspec.Struct, frozen=True):
    """A date as it is written."""

    day: date
    at: datetime
    """With the zone, if one is written."""
    has_time: bool
    has_zone: bool


def parse(text: str, order: DateOrder) -> Parsed | None:
    """A day or moment; `None` for anything else, and for days that no calendar has."""
    try:
        found = _day(text, order)
        if found is None:
            return None
        day, rest = found
        if not rest:
            return Parsed(day, datetime(day.year, day.month, day.day), has_time=False, has_zone=False)  # noqa: DTZ001 - the zone is told by whoever asks
        return _with_time(day, rest)
    except (ValueError, OverflowError):
        return None


def looks_like_one(text: str) -> bool:
    """True for what is written as a date is, also where no calendar has that day (31/02/2026)."""
    return bool(_SEPARATED.match(text) or _NUMBERS.match(text))


def _day(text: str, order: DateOrder) -> tuple[date, str] | None:
    if match := _ISO.match(text):
        return date(int(match[1]), int(match[3]), int(match[4])), text[match.end() :]
    if match := _NUMBERS.match(text):
        one, other = int(match[1]), int(match[3])
        day, month = (one, other) if order is DateOrder.DMY else (other, one)
        return date(_year(match[4]), month, day), text[match.end() :]
    if match := _NAMED.match(text):
        return date(int(match[3]), _month(match[2]), int(match[1])), text[match.end() :]
    if match := _NAMED_FIRST.match(text):
        return date(int(match[3]), _month(match[1]), int(match[2])), text[match.end() :]
    return None


def _year(text: str) -> int:
    """A year; of two digits those of this century up to 68, as POSIX has it."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 69 else 1900)


def _month(name: str) -> int:
    small = name.casefold()
    for number, beginnings in enumerate(_MONTHS, 1):
        if small.startswith(beginnings):
            return number
    raise ValueError(name)


def _with_time(day: date, rest: str) -> Parsed | None:
    match = _TIME.match(rest)
    if match is None:
        return None
    hour, half = int(match[1]), (match[5] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    micro = int((match[4] or "0")[:6].ljust(6, "0"))
    zone = _offset(match[6])
    at = datetime(day.year, day.month, day.day, hour, int(match[2]), int(match[3] or 0), micro, tzinfo=zone)
    return Parsed(day, at, has_time=True, has_zone=zone is not None)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if not text.startswith(("+", "-")):
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def spelled(moment: datetime) -> str:
    """A moment (aware) as records spell it: UTC, with a `Z`."""
    at = moment.astimezone(UTC).isoformat()
    return at[:-6] + "Z"


class Moments:
    """Turns cells into moments and days as records spell them; the same cell is read once.

    Args:
        order: of day and month.
        zone: of cells that say none.
    """

    def __init__(self, order: DateOrder, zone: ZoneInfo) -> None:
        self._order, self._zone = order, zone
        self._is_utc = zone.key in {"UTC", "Etc/UTC"}
        self._known: dict[str, str | None] = {}
        self._days: dict[str, str] = {}

    def moment(self, cell: str) -> str | None:
        """The moment; `None` when it is none."""
        found = self._known.get(cell, "")
        if found == "":
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[cell] = self._read(cell)
        return found

    def day(self, cell: str) -> str | None:
        """The day; `None` when it is none."""
        read = parse(cell.strip(), self._order)
        return None if read is None else read.day.isoformat()

    def _read(self, cell: str) -> str | None:
        """A moment: quickly where it is written as most programs do."""
        day, _, time = cell.replace("T", " ", 1).partition(" ")
        if not time:
            return self._slowly(cell)
        known = self._days.get(day)
        if known is None:
            read = parse(day, self._order)
            if read is None or len(self._days) > _REMEMBERED:
                return self._slowly(cell)
            known = self._days[day] = read.day.isoformat()
        try:
            at = datetime.fromisoformat(f"{known}T{time}")
        except ValueError:
            return self._slowly(cell)
        if at.tzinfo is None:
            if self._is_utc:
                return at.isoformat() + "Z"
            at = at.replace(tzinfo=self._zone)
        try:
            return spelled(at)
        except OverflowError:
            return None

    def _slowly(self, cell: str) -> str | None:
        read = parse(cell.strip(), self._order)
        if read is None:
            return None
        at = read.at if read.has_zone else read.at.replace(tzinfo=self._zone)
        try:
            return spelled(at)
        except (OverflowError, ValueError):
            return None


_REMEMBERED = 20_000
