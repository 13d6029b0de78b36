"""Who answers escalations, tier by tier and place by place, and within how many hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain.escalation_tiers import Rung, ladder
from gemba.domain.escalations import EscalationSort, EscalationTier
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.store.reading import Reader


class Ladders:
    """All tiers that there are, asked for many escalations.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tiers = reader.find(EscalationTier)
        self._places: dict[Uid, tuple[Place, ...]] = {}

    def of(self, sort: EscalationSort, severity: str, place: Uid | None, now: datetime) -> tuple[Rung, ...]:
        """The tiers that apply at a place now, the first first."""
        places = [] if place is None else [one.uid for one in self.above(place)]
        return ladder(self._tiers, sort, severity, places, self.today(place, now))

    def above(self, place: Uid) -> tuple[Place, ...]:
        """A place and all above it, the nearest first; one that stands above itself is not gone round twice."""
        if place not in self._places:
            found: dict[Uid, Place] = {}
            at: Uid | None = place
            while at is not None and at not in found:
                here = self._reader.get(Place, at)
                if here is None:
                    break
                found[at], at = here, here.parent
            self._places[place] = tuple(found.values())
        return self._places[place]

    def zone(self, place: Uid | None) -> ZoneInfo:
        """The time zone of a place."""
        above = () if place is None else self.above(place)
        return zone_of(above[0].zone if above else "UTC")

    def today(self, place: Uid | None, now: datetime) -> date:
        """The day at a place."""
        return now.astimezone(self.zone(place)).date()


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; UTC where this machine does not know it, as a place may come from another system."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
