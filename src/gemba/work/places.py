"""Keep the organisation's places."""

from __future__ import annotations

from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain.change import Change
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.short_names import short_name


def add_place(desk: Desk, name: str, *, level: Level = Level.SITE, parent: Uid | None = None, zone: str = "") -> Change:
    """Add a place.

    Args:
        desk: who does it, where.
        name: what people call it.
        level: how high it stands.
        parent: uid of the place above it.
        zone: IANA time zone; that of the place above, or of this laptop, when empty.

    Raises:
        Refusal: the name is empty, too long or taken under the same parent, or parent or zone is unknown.
    """
    wanted = short_name(name)
    if not wanted:
        raise Refusal("work.place_without_name")
    with desk.unit() as unit:
        above = goes_on_at(unit, parent) if parent is not None else None
        under = above.uid if above is not None else None
        for place in unit.find(Place, parent=under):
            if place.name.casefold() == wanted.casefold():
                raise Refusal("work.place_taken", name=place.name)
        place = Place(uid=desk.ids(), name=wanted, level=level, parent=under, zone=_zone(desk, above, zone))
        unit.put(place)
        return unit.change_made(place.uid)


def _zone(desk: Desk, above: Place | None, zone: str) -> str:
    if zone:
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Refusal("work.unknown_zone", zone=zone) from error
    return above.zone if above is not None else desk.zone


def place_named(reader: Reader, name: str) -> Place | None:
    """The place of this name, whatever its case; `None` when there is none.

    Raises:
        Refusal: there are several of that name, or only one that is nearly it.
    """
    places = reader.find(Place)
    found = [place for place in places if place.name.casefold() == name.strip().casefold()]
    if len(found) > 1:
        raise Refusal("work.place_not_unique", name=name)
    if found:
        return found[0]
    near = get_close_matches(name, [place.name for place in places], n=1, cutoff=0.85)
    if near:
        raise Refusal("work.place_nearly", name=name, near=near[0])
    return None
