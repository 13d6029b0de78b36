"""Calendars that other programs read (iCalendar, RFC 5545): events in, the bytes of a file out.

The same events give the same bytes: every stamp is the moment of its record, none is that of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

_WIDTH = 75
"""Octets of a line, without its end (3.1)."""
_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a calendar."""

    uid: str
    """The same whenever it is written, so that a program that has it changes it instead of adding another."""
    stamp: datetime
    """When the record that it tells of was last changed; in UTC."""
    sequence: int = 0
    """How often it was changed: programs take the newer of two by it."""
    title: str
    begins: date | datetime
    """A day for the whole day, or a moment in UTC."""
    ends: date | datetime | None = None
    """Last day, included; or the moment at which it ends."""
    text: str = ""
    where: str = ""
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A calendar as the bytes of its file.

    Args:
        name: by which programs show it.
        events: in any order.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gemba//Audit programme//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for event in sorted(events, key=lambda one: (_moment(one.begins), one.uid)):
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(words: str) -> str:
    """A text as a value (3.3.11): backslashes, semicolons, commas and line ends are told apart, controls left out."""
    plain = _UNSAID.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line with its end, gone on in further lines after 75 octets; no letter is cut in two (3.1)."""
    found, here = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(here) + len(octets) > _WIDTH:
            found.append(here)
            here = b" "
        here += octets
    return b"\r\n".join([*found, here]) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _span(event)
    yield f"SUMMARY:{escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    if event.where:
        yield f"LOCATION:{escaped(event.where)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT" if not isinstance(event.begins, datetime) else "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _span(event: Event) -> Iterator[str]:
    """Begin and end; a day's end is the day after its last (3.6.1)."""
    if isinstance(event.begins, datetime):
        yield f"DTSTART:{_utc(event.begins)}"
        if isinstance(event.ends, datetime):
            yield f"DTEND:{_utc(event.ends)}"
        return
    yield f"DTSTART;VALUE=DATE:{_day(event.begins)}"
    last = event.ends if event.ends is not None and not isinstance(event.ends, datetime) else event.begins
    yield f"DTEND;VALUE=DATE:{_day(last + timedelta(1))}"


def _utc(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{_day(at)}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _moment(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
