"""Times as people say them: "45 s", "5 min", "2 h", "3 d"; in the store they are seconds."""

from __future__ import annotations

import re

from gemba.errors import Refusal
from gemba.wording import text

_SECONDS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)\s*")
_LONGEST = 1e9


def seconds_of(said: str) -> float | None:
    """Seconds of "90", "1.5 min", "1 h 30 min"; `None` for nothing.

    Raises:
        Refusal: `work.no_duration`.
    """
    words = said.strip().casefold()
    if not words:
        return None
    found, place = 0.0, 0
    while place < len(words):
        part = _PART.match(words, place)
        if part is None or part[2] not in _SECONDS:
            raise Refusal("work.no_duration", said=said.strip())
        found += float(part[1].replace(",", ".")) * _SECONDS[part[2]]
        place = part.end()
    if found > _LONGEST:
        raise Refusal("work.no_duration", said=said.strip())
    return found


def shown(seconds: float | None) -> str:
    """A time in the unit that is read best, to three figures at most; empty for none."""
    if seconds is None:
        return ""
    if seconds >= 86_400:
        return text("{n} d", n=_figure(seconds / 86_400))
    if seconds >= 3600:
        return text("{n} h", n=_figure(seconds / 3600))
    if seconds >= 60:
        return text("{n} min", n=_figure(seconds / 60))
    return text("{n} s", n=_figure(seconds))


def exact(seconds: float | None) -> str:
    """A time that reads back as itself: "1 h 30 min"; empty for none."""
    if seconds is None:
        return ""
    if seconds != int(seconds):
        return f"{seconds} s"
    if seconds < 60:
        return f"{int(seconds)} s"
    parts, rest = [], int(seconds)
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        if rest >= size:
            parts.append(f"{rest // size} {unit}")
            rest %= size
    return " ".join(parts)


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.1f}".removesuffix(".0")
