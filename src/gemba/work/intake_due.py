"""Until when imported complaints are to be answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from gemba.domain.complaints import ClockTarget, Severity
from gemba.store.reading import Reader
from gemba.work.clock_targets import Clocks

_SOME_DAY = datetime.fromisoformat("2026-01-01T00:00:00Z")
_REMEMBERED = 50_000


class Due:
    """Tells until when; where nobody has set a target, it follows from the severity alone.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        clocks = Clocks(reader)
        self._clocks = clocks if reader.find(ClockTarget) else None
        self._usual = {one.value: _after(clocks, one, None, _SOME_DAY) for one in Severity}
        self._known: dict[tuple[str, str | None, str], timedelta | None] = {}

    @property
    def needs_store(self) -> bool:
        """True when it depends on places and days, and the store has to be asked."""
        return self._clocks is not None

    def at(self, severity: str, place: str | None, received: str) -> str | None:
        """The moment, as records spell it; `None` without a target."""
        at = datetime.fromisoformat(received)
        after = self._usual[severity] if self._clocks is None else self._asked(severity, place, at)
        return None if after is None else (at + after).isoformat()[:-6] + "Z"

    def _asked(self, severity: str, place: str | None, at: datetime) -> timedelta | None:
        day = (severity, place, f"{at:%Y-%m-%d %H}")  # a day of the place's own zone begins at some hour
        if day not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            assert self._clocks is not None
            self._known[day] = _after(self._clocks, Severity(severity), place, at)
        return self._known[day]


def _after(clocks: Clocks, severity: Severity, place: str | None, at: datetime) -> timedelta | None:
    due = clocks.due_at(severity, place, at)
    return None if due is None else due - at
