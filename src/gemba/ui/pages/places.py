"""Places by their names, for chips and choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gemba import wording
from gemba.domain.places import Place
from gemba.domain.record import Uid


class PlaceNames:
    """The organisation's places as read last; there are hundreds, not thousands."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self._places: dict[Uid, Place] = {}

    def read(self) -> None:
        """Read them again."""
        self.take(read_places(self._desk))

    def take(self, places: Sequence[Place]) -> None:
        """Know these from now on."""
        self._places = {place.uid: place for place in places}

    def name(self, uid: Uid) -> str:
        """A place's name, and in which place it goes on; the uid's beginning when it is not known."""
        place = self._places.get(uid)
        if place is None:
            return uid[:8]
        into = self._places.get(place.merged_into or "")
        return place.name if into is None else wording.text("{name} (now {into})", name=place.name, into=into.name)

    def choices(self) -> list[tuple[Uid, str]]:
        """Every place at which work goes on, as (uid, name with what it belongs to), in the order of the tree."""
        standing = ((uid, self._path(place)) for uid, place in self._places.items() if place.merged_into is None)
        return sorted(standing, key=lambda pair: pair[1])

    def tree(self) -> list[tuple[int, Place]]:
        """Every place with its depth, each below what it belongs to."""
        found: list[tuple[int, Place]] = []
        self._climb(None, 0, found)
        return found

    def _climb(self, parent: Uid | None, depth: int, found: list[tuple[int, Place]]) -> None:
        below = [place for place in self._places.values() if place.parent == parent]
        for place in sorted(below, key=lambda place: place.name.casefold()):
            if depth < 32:
                found.append((depth, place))
                self._climb(place.uid, depth + 1, found)

    def _path(self, place: Place) -> str:
        above = self._places.get(place.parent or "")
        return f"{place.name} – {above.name}" if above is not None else place.name


def read_places(desk: Any) -> list[Place]:
    """All places; on any thread."""
    with desk.reader() as reader:
        return list(reader.find(Place))
