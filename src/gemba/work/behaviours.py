"""Is the new behaviour seen? Times seen against the chances there were, by place, with how far that may be off."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.kinds.registers.audits import BEHAVIOURS
from gemba.methods.proportions import wilson
from gemba.store.list_filters import places_below
from gemba.work.desk import Desk
from gemba.work.register_view import as_declared

DAYS = 91
"""Looks of so many days are put together."""
FEWEST = 5
"""Chances below which nothing is said."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One behaviour at one place."""

    behaviour: str
    place: Uid
    name: str
    seen: int
    chances: int
    low: float | None
    """Of Wilson's interval of the share; `None` below five chances."""
    high: float | None
    looks: int
    entries: tuple[Uid, ...]
    """The looks."""
    last: date

    @property
    def share(self) -> float | None:
        """Seen of chances, 0 to 1; `None` below five chances."""
        return None if self.low is None else self.seen / self.chances


def behaviours(desk: Desk, place: Uid | None = None) -> tuple[Shown, ...]:
    """What was seen in the last quarter of a year, by behaviour and place.

    Args:
        desk: who asks, where.
        place: only this place and those below.
    """
    with desk.reader() as reader:
        since = (reader.clock().date() - timedelta(days=DAYS)).isoformat()
        below = set(places_below(reader, (place,))) if place else None
        names = {each.uid: each.name for each in reader.find(Place)}
        entries = [
            entry
            for entry in as_declared(reader, BEHAVIOURS)
            if entry.state == "counted"
            and entry.fields.get("observed_on", "") > since
            and (below is None or entry.place in below)
        ]
    groups: dict[tuple[str, Uid], list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        groups[entry.title.strip().casefold(), entry.place or ""].append(entry)
    return tuple(_shown(some, names) for _, some in sorted(groups.items()))


def _shown(entries: list[RegisterEntry], names: dict[Uid, str]) -> Shown:
    seen, chances = (sum(round(float(entry.fields[code])) for entry in entries) for code in ("seen", "chances"))
    interval = wilson(seen, chances) if chances >= FEWEST else None
    place = entries[0].place or ""
    return Shown(
        behaviour=entries[0].title.strip(),
        place=place,
        name=names.get(place, ""),
        seen=seen,
        chances=chances,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        looks=len(entries),
        entries=tuple(entry.uid for entry in entries),
        last=date.fromisoformat(max(entry.fields["observed_on"] for entry in entries)),
    )
