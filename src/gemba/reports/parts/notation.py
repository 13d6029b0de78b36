"""How dates and numbers are written in a report."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

_POINT = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi", "ar", "ur", "fa"})
"""Languages that write 82.4; the others write 82,4."""


class Notation(msgspec.Struct, frozen=True):
    """Numbers and dates of one report.

    Dates are ISO 8601: the same in every language, and never read as another day.
    """

    language: str
    rtl: bool
    zone: str

    def day(self, when: date | None) -> str:
        """`2026-05-12`; a dash when there is none."""
        return self.alone(when.isoformat()) if when else "–"

    def moment(self, when: datetime | None) -> str:
        """`2026-05-12 14:30` in the place's zone; a dash when there is none."""
        return self.alone(f"{when.astimezone(self._zone()):%Y-%m-%d %H:%M}") if when else "–"

    def zone_name(self, when: datetime) -> str:
        """`Europe/Madrid (UTC+02:00)`, as it stood at `when`."""
        zone = self._zone()
        offset = f"{when.astimezone(zone):%z}"
        return self.alone(f"{zone} (UTC{offset[:3]}:{offset[3:5]})")

    def number(self, value: float) -> str:
        """Up to one place after the point."""
        shown = f"{value:.1f}".removesuffix(".0")
        return shown if self.language.partition("-")[0] in _POINT else shown.replace(".", ",")

    def percent(self, value: float) -> str:
        """`82.4 %`, never broken over two lines."""
        return self.alone(f"{self.number(value)}\u00a0%")

    def alone(self, shown: str) -> str:
        """`shown` kept in its own order inside a sentence of the other direction (first-strong isolate)."""
        return f"\u2068{shown}\u2069" if self.rtl and shown else shown

    def _zone(self) -> tzinfo:
        """The place's zone; UTC when this machine does not know it."""
        try:
            return ZoneInfo(self.zone)
        except (OSError, ValueError, LookupError):
            return UTC
