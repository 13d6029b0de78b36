"""Which complaints a question is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gemba.domain.record import Uid


class Which(msgspec.Struct, frozen=True):
    """Complaints by field, place and days of receipt; all of them when nothing is said."""

    filters: dict[str, str] = {}
    """As `gemba.store.complaint_conditions.conditions` takes them."""
    place: Uid | None = None
    """That place and all below it."""
    begins: date | None = None
    ends: date | None = None
    """Included."""

    def range(self) -> dict[str, Any]:
        """Place and days, as arguments of the read side."""
        return {"place": self.place, "begins": self.begins, "ends": self.ends}

    def has_day(self, day: date) -> bool:
        """Whether a day lies within."""
        return (self.begins is None or day >= self.begins) and (self.ends is None or day <= self.ends)


ALL = Which()
