"""A place that goes on in another: new work follows, history keeps the old name.

The place that goes on stands below its successor from then on, so every list, count and report of the successor holds
what was recorded at both; what is asked of the old place alone is its history.
"""

from __future__ import annotations

from typing import Any

from gemba.domain.change import Change
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.standing_places import standing_place
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import known


def merge_place(desk: Desk, place: Uid, into: Uid) -> Change:
    """Let a place go on in another of its level.

    Raises:
        Refusal: both are one, the other lies below it, stands on another level, or goes on elsewhere itself.
    """
    with desk.unit() as unit:
        demand_may_merge(unit, place, into)
        unit.change(Place, place, merged_into=into, parent=into)
        return unit.change_made(place)


def part_place(desk: Desk, place: Uid, parent: Uid | None = None) -> Change:
    """Take a merger back: the place stands by itself again, below `parent`, else beside its successor.

    Raises:
        Refusal: it goes on nowhere else, or the parent lies below it.
    """
    with desk.unit() as unit:
        old = known(unit, Place, place)
        if old.merged_into is None:
            raise Refusal("work.place_not_merged", name=old.name)
        above = known(unit, Place, parent).uid if parent is not None else known(unit, Place, old.merged_into).parent
        if above is not None:
            demand_below(unit, place, above)
        unit.change(Place, place, merged_into=None, parent=above)
        return unit.change_made(place)


def demand_may_merge(reader: Reader, place: Uid, into: Uid) -> None:
    """Demand that a place may go on in another one.

    Raises:
        Refusal: both are one, the other lies below it, stands on another level, or goes on elsewhere itself.
    """
    old, new = known(reader, Place, place), known(reader, Place, into)
    if place == into or goes_on_at(reader, into).uid == place:
        raise Refusal("work.place_merged_itself", name=old.name)
    if new.merged_into is not None:
        raise Refusal("work.place_merged", name=new.name, into=goes_on_at(reader, into).name)
    if old.level is not new.level:
        raise Refusal("work.place_merge_level", name=old.name, level=old.level, into=new.name, other=new.level)
    demand_below(reader, place, into)


def demand_below(reader: Reader, place: Uid, above: Uid) -> None:
    """Demand that a place may stand below another one: that the other does not lie below it.

    Raises:
        Refusal: `work.place_merge_below`.
    """
    if above in places_below(reader, (place,)):
        old, new = known(reader, Place, place), known(reader, Place, above)
        raise Refusal("work.place_merge_below", name=old.name, into=new.name)


def goes_on_at(reader: Reader, place: Uid) -> Place:
    """The place at which new work is done: itself, or the last of those that it went on in.

    Raises:
        Refusal: the place is unknown.
    """
    first = known(reader, Place, place)
    if first.merged_into is None:
        return first

    def row(uid: Uid) -> dict[str, Any] | None:
        found = reader.get(Place, uid)
        return None if found is None else {"merged_into": found.merged_into}

    return known(reader, Place, standing_place(row, place))


def place_of_new_work(reader: Reader, place: Uid | None) -> Uid | None:
    """Where what is asked for at a place is done; everywhere stays everywhere.

    Every record finds its way there by itself when it is kept. Who asks something about the place before asks this.

    Raises:
        Refusal: the place is unknown.
    """
    return None if place is None else goes_on_at(reader, place).uid


def name_now(reader: Reader, place: Uid) -> str:
    """What a place is called, and in which it goes on."""
    here, now = known(reader, Place, place), goes_on_at(reader, place)
    return here.name if here.uid == now.uid else text("{name} (now {into})", name=here.name, into=now.name)
