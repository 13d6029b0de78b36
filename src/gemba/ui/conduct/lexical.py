"""What a person types, and the XForms lexical form that is kept: numbers, dates and times.

Typing is read generously (comma or point, digits of any script, `9:5`, `31.12.26`); what cannot be read is kept as it
was typed, and the form says what is wrong with it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

_NUMBER = re.compile(r"[+-]?(\d+([.]\d*)?|[.]\d+)")
_MINUS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": "'", "’": "'"})
_YMD = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_DMY = re.compile(r"(\d{1,2})\D(\d{1,2})(?:\D(\d{2}|\d{4}))?\D?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ](\d{0,2})|(\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s*(am|pm)?", re.IGNORECASE)


def digits(typed: str) -> str:
    """`typed` with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign for sign in typed)


def integer(typed: str) -> str:
    """A whole number as the form keeps it; groups of three may be set apart."""
    plain = digits(typed.strip()).translate(_MINUS)
    packed = re.sub(r"(?<=\d)[\s',.](?=\d{3}(\D|$))", "", plain)
    return str(int(packed)) if re.fullmatch(r"[+-]?\d+", packed) else typed.strip()


def decimal(typed: str) -> str:
    """A decimal number as the form keeps it. Of comma and point, the one that stands last parts the decimals."""
    plain = re.sub(r"(?<=\d)[\s'](?=\d)", "", digits(typed.strip()).translate(_MINUS))
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point:
        plain = plain.replace(".", "").replace(",", ".") if plain.count(",") == 1 else plain.replace(",", "")
    elif comma >= 0:
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return typed.strip()
    return plain.removeprefix("+")


def shown_number(value: str, point: str) -> str:
    """A kept number with the decimal sign of the person's language."""
    return value.replace(".", point) if _NUMBER.fullmatch(value) else value


def day(typed: str, today: date, *, month_first: bool = False) -> str:
    """A date as the form keeps it (`2026-11-21`); without a year it is this year's."""
    plain = digits(typed.strip())
    if found := _YMD.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3])) or typed.strip()
    if found := _DMY.fullmatch(plain):
        first, second = int(found[1]), int(found[2])
        year = int(found[3]) if found[3] else today.year
        year += 2000 if year < 100 else 0
        one, other = (second, first) if month_first else (first, second)
        return _day(year, other, one) or _day(year, one, other) or typed.strip()
    return typed.strip()


def clock(typed: str) -> str:
    """A time of day as the form keeps it (`09:05:00.000`), from `9`, `9:5`, `905` or `9.05 pm`."""
    found = _CLOCK.fullmatch(digits(typed.strip()))
    if not found or not typed.strip():
        return typed.strip()
    hour, minute, second = int(found[1]), int(found[2] or found[3] or 0), int(found[4] or 0)
    half = (found[5] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}:{second:02}.000" if hour < 24 and minute < 60 and second < 60 else typed.strip()


def read_day(value: str) -> date | None:
    """The date of a kept date or moment."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def read_clock(value: str) -> time | None:
    """The time of day of a kept time or moment, without its zone."""
    found = re.search(r"(?:^|T)(\d\d:\d\d(:\d\d)?)", value)
    try:
        return time.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def moment(day_part: str, clock_part: str, now: datetime) -> str:
    """Date and time together as the form keeps them, in the zone of `now`; whatever is missing is left out."""
    if not day_part or not clock_part:
        return day_part or clock_part
    when, at = read_day(day_part), read_clock(clock_part)
    if when is None or at is None or "T" in clock_part:
        return f"{day_part}T{clock_part}"
    full = datetime.combine(when, at, tzinfo=now.tzinfo)
    return full.isoformat(timespec="milliseconds")


def _day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""
