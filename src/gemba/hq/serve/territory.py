"""What somebody sees: everything, or one region with all below it."""

from __future__ import annotations

from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.hq.regions import below
from gemba.store.reading import Reader
from gemba.store.stewards import Steward


def inside(reader: Reader, steward: Steward) -> set[Uid] | None:
    """The places that somebody sees; `None`: all, also what is about no place."""
    return None if steward.region is None else below(reader, steward.region)


def chosen(reader: Reader, steward: Steward, wanted: str) -> Uid | None:
    """The place that somebody asked for, or the only one that they see.

    Raises:
        Refusal: `hq.not_for_you` when it lies outside of that.
    """
    seen = inside(reader, steward)
    if seen is not None and wanted and wanted not in seen:
        raise Refusal("hq.not_for_you")
    return wanted or steward.region or None


def choices(reader: Reader, steward: Steward) -> list[tuple[Uid, str]]:
    """The regions and sites that somebody can choose from, regions first, by name."""
    seen = inside(reader, steward)
    shown = [place for place in reader.find(Place) if seen is None or place.uid in seen]
    order = {Level.ENTERPRISE: 0, Level.REGION: 1, Level.SITE: 2, Level.AREA: 3}
    shown.sort(key=lambda place: (order[place.level], place.name.casefold()))
    return [(place.uid, place.name) for place in shown if place.level is not Level.AREA]
